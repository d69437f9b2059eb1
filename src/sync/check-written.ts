import { type Rewrite, rewritesOf } from '../domain/settle/contest.js';
import { isSampled } from '../domain/settle/sample.js';
import { IntegrationError } from '../ports/errors.js';
import type { PlanItem } from '../ports/state-store.js';
import type { Run } from './context.js';
import type { FieldsDetail } from './field-item.js';
import { isPause, pauseSentence } from './pause.js';

/** What was found when records were read once more after they were written. */
export interface WrittenCheck {
  /** Records that were looked at. */
  readonly records: number;
  /** Fields that hold something else than was written; at most 100. */
  readonly changed: readonly Rewrite[];
  /** How many fields do. */
  readonly fields: number;
  /** Why not all could be read that should have been, or null. */
  readonly trouble: string | null;
}

export const NOT_CHECKED: WrittenCheck = { records: 0, changed: [], fields: 0, trouble: null };

/** Enough to see a flow or a rule that rewrites a field of ours, however large the run is. */
const SAMPLE = 500;
const PAGE = 2_500;
const LISTED = 100;

/** Records that are read again after so many were written. */
function recordsToCheck({ settings }: Pick<Run, 'settings'>, written: number): number {
  const { readBack } = settings.service;
  if (readBack === 'none') return 0;
  return readBack === 'all' ? written : Math.min(SAMPLE, written);
}

/** Requests that it takes. */
export function checkCalls(run: Pick<Run, 'settings'>, written: number): number {
  return Math.ceil(recordsToCheck(run, written) / PAGE);
}

/**
 * Reads what this run wrote, or a sample of it, and compares. All is written by then: a spent budget or a CRM
 * that can't be reached leaves the rest out and fails nothing.
 */
export async function checkWritten(run: Run): Promise<WrittenCheck> {
  const account = run.settings.crm.objects.find(({ kind }) => kind === 'account');
  const written = await countWritten(run);
  const take = recordsToCheck(run, written);
  if (account === undefined || take === 0) return NOT_CHECKED;
  run.progress.stage('Reading back', take);
  let found: WrittenCheck = NOT_CHECKED;
  for await (const items of itemsToCheck(run, written, take)) {
    await run.checkpoint();
    const changed = await compare(run, account.object, items);
    if (changed instanceof IntegrationError) {
      run.log.warn('Reading back was left out', { run: run.id, code: changed.code });
      found = { ...found, trouble: pauseSentence(changed) };
      break;
    }
    found = joined(found, items.length, changed);
    run.progress.advance(items.length);
  }
  run.progress.done(`${found.records} records read back`);
  return found;
}

/** Those to be looked at, evenly spread over the plan; each run begins elsewhere. */
async function* itemsToCheck(run: Run, of: number, take: number): AsyncIterable<readonly PlanItem[]> {
  const sample = { of, take, from: Number.parseInt(run.digest.content(run.id).slice(0, 8), 16) };
  let place = 0;
  let chosen: PlanItem[] = [];
  for await (const page of run.state.plan.items(run.id, { kind: 'field', status: 'done' }, PAGE)) {
    for (const item of page) if (isSampled(place++, sample)) chosen.push(item);
    if (chosen.length < PAGE) continue;
    yield chosen.slice(0, PAGE);
    chosen = chosen.slice(PAGE);
  }
  if (chosen.length > 0) yield chosen;
}

async function countWritten({ id, state }: Run): Promise<number> {
  const counts = await state.plan.counts(id);
  return counts.find(({ kind, status }) => kind === 'field' && status === 'done')?.count ?? 0;
}

function joined(before: WrittenCheck, records: number, changed: readonly Rewrite[]): WrittenCheck {
  return {
    ...before,
    records: before.records + records,
    changed: [...before.changed, ...changed].slice(0, LISTED),
    fields: before.fields + changed.length,
  };
}

/** The fields that hold something else, or why the CRM did not say. */
async function compare(
  run: Run,
  object: string,
  items: readonly PlanItem[],
): Promise<readonly Rewrite[] | IntegrationError> {
  const wrote = new Map(
    items.map((item) => {
      const { record, differences } = item.detail as FieldsDetail;
      return [record, differences.map(({ field }) => field)] as const;
    }),
  );
  // What was confirmed last: a field may have been written once more after the plan's own value.
  const confirmed = await run.state.rows.heldOf([...wrote.keys()]);
  const fields = [...new Set([...wrote.values()].flat())];
  const held = await orTrouble(run.crm.fetch(object, [...wrote.keys()], fields));
  if (held instanceof IntegrationError) return held;
  return held.flatMap(({ id, values }) =>
    rewritesOf(id, { known: confirmed.get(id) ?? {}, holds: values, fields: wrote.get(id) ?? [] }),
  );
}

async function orTrouble<T>(answer: Promise<T>): Promise<T | IntegrationError> {
  try {
    return await answer;
  } catch (error) {
    if (!isPause(error) && !(error instanceof IntegrationError && error.retryable)) throw error;
    return error;
  }
}
