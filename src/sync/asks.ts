import type { Instant } from '../domain/day.js';
import { IntegrationError } from '../ports/errors.js';
import type { RunRecord, StateStore } from '../ports/state-store.js';

/** What somebody asks a run to do. */
interface Ask {
  readonly what: 'pause' | 'cancel';
  readonly by: string;
}

/** Who asks, and when. */
export interface Asking {
  /** `user:<name>` or `token:<id>`. */
  readonly by: string;
  readonly at: Instant;
}

function noteOf(run: string): string {
  return `asked-of-run:${run}`;
}

/** Asks a run to stop where it stands, until somebody lets it go on. False when it has ended. */
export function askPause(state: StateStore, run: string, { by }: Asking): Promise<boolean> {
  return ask(state, run, { what: 'pause', by });
}

/** Asks a run to stop for good: what was written stays, what was not is planned anew by the next. False when it has ended. */
export async function askCancel(state: StateStore, id: string, { by, at }: Asking): Promise<boolean> {
  const run = await state.runs.get(id);
  if (run === null || !isPaused(run)) return ask(state, id, { what: 'cancel', by });
  // Nobody is at work on it who could be asked.
  const error = sentenceOf({ what: 'cancel', by });
  await state.runs.save({ ...run, status: 'cancelled', finishedAt: at, report: { error } });
  return true;
}

/** Takes back what was asked. True when the run stands still and can be gone on with: whoever asks starts it again. */
export async function askResume(state: StateStore, id: string): Promise<boolean> {
  await state.notes.remove(noteOf(id));
  const run = await state.runs.get(id);
  return run !== null && isPaused(run);
}

/** Paused by somebody: it stands still, and can be gone on with. */
export function isPaused({ status, finishedAt }: RunRecord): boolean {
  return status === 'paused' && finishedAt === null;
}

async function ask(state: StateStore, id: string, wish: Ask): Promise<boolean> {
  const run = await state.runs.get(id);
  if (run === null || run.status !== 'running') return false;
  await state.notes.set(noteOf(id), wish);
  return true;
}

/** Throws what was asked of a run, if anything was. */
export async function heedAsks(state: StateStore, run: string): Promise<void> {
  const wish = (await state.notes.get(noteOf(run))) as Ask | null;
  if (wish !== null) throw asked(wish);
}

export async function forgetAsks(state: StateStore, run: string): Promise<void> {
  await state.notes.remove(noteOf(run));
}

function asked(wish: Ask): IntegrationError {
  const pause = wish.what === 'pause';
  return new IntegrationError({
    kind: 'Transient',
    code: pause ? 'RUN_PAUSED' : 'RUN_CANCELLED',
    message: sentenceOf(wish),
    actions: [pause ? 'Let it go on when you are ready.' : 'Start another run when you are ready.'],
    retryable: false,
    provider: 'run',
    operation: 'go on with a run',
  });
}

function sentenceOf({ what, by }: Ask): string {
  return what === 'pause'
    ? `${by} paused the run; it goes on from there when it is resumed.`
    : `${by} cancelled the run; what was written until then stays.`;
}
