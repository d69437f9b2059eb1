import { IntegrationError } from '../ports/errors.js';
import type { RunRecord, StateStore } from '../ports/state-store.js';

/** What the state rests on. */
export interface LastLook {
  /** The newest run that assessed the book to its end. */
  readonly lastRun: RunRecord;
  /** A newer one that has not come so far, running or broken off: rows may be of it already. */
  readonly unfinished: RunRecord | null;
}

/** Stages of a run after the book was assessed. */
const ASSESSED: ReadonlySet<RunRecord['stage']> = new Set(['settle', 'apply', 'report']);
const FEW = 20;

/** Codes of the errors that say that nothing can be told of any account yet. */
export const NOTHING_KNOWN_YET: ReadonlySet<string> = new Set(['NO_RUN_YET', 'NO_FINISHED_RUN']);

/** The newest run that came through the whole book. NO_RUN_YET before any, NO_FINISHED_RUN where none came so far. */
export async function lastLook(state: Pick<StateStore, 'runs'>): Promise<LastLook> {
  for (let limit = FEW; ; limit *= 10) {
    const all = await state.runs.list(limit);
    const looks = all.filter(readsTheBook);
    const lastRun = looks.find(({ stage }) => ASSESSED.has(stage));
    if (lastRun !== undefined) {
      const [newest] = looks;
      return { lastRun, unfinished: newest === undefined || newest.id === lastRun.id ? null : newest };
    }
    if (all.length < limit) throw nothingKnown(looks[0]);
  }
}

/** A revert is kept as a run, and fixes nothing: it reads no book. */
function readsTheBook({ stage, fixed }: RunRecord): boolean {
  return fixed !== null || !ASSESSED.has(stage);
}

function nothingKnown(newest: RunRecord | undefined): IntegrationError {
  if (newest === undefined) return noRunYet();
  const going = newest.status === 'running' ? 'is running, or ended in the middle' : `is ${newest.status}`;
  return new IntegrationError({
    kind: 'Config',
    code: 'NO_FINISHED_RUN',
    message: `The first run did not come to its end yet (${newest.id} ${going}), so no account can be told of.`,
    actions: ['Wait where it still runs; else run `truenorth plan` again; it writes nothing.'],
    retryable: false,
    provider: 'state',
    operation: 'look at the state',
  });
}

/** The refusal to tell anything before the first run. */
export function noRunYet(): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'NO_RUN_YET',
    message: 'No run has been made here yet, so nothing is known of any account.',
    actions: ['Run `truenorth plan` first; it writes nothing.'],
    retryable: false,
    provider: 'state',
    operation: 'look at the state',
  });
}
