import { type Rewrite, rewritesOf } from '../domain/settle/contest.js';
import type { PlanItem } from '../ports/state-store.js';
import type { FieldsDetail } from './assess.js';
import type { Run } from './context.js';
import { isPause } from './pause.js';

/** What was found when records were read once more after they were written. */
export interface WrittenCheck {
  /** Records that were looked at. */
  readonly records: number;
  /** Fields that hold something else than was written; at most 100. */
  readonly changed: readonly Rewrite[];
  /** How many fields do. */
  readonly fields: number;
}

export const NOT_CHECKED: WrittenCheck = { records: 0, changed: [], fields: 0 };

/** One request reads so many. */
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

/** Reads what this run wrote, or a sample of it, and compares. A spent budget leaves it out. */
export async function checkWritten(run: Run): Promise<WrittenCheck> {
  const account = run.settings.crm.objects.find(({ kind }) => kind === 'account');
  const written = await countWritten(run);
  let left = recordsToCheck(run, written);
  if (account === undefined || left === 0) return NOT_CHECKED;
  run.progress.stage('Reading back', left);
  let found: WrittenCheck = NOT_CHECKED;
  try {
    for await (const page of run.state.plan.items(run.id, { kind: 'field', status: 'done' }, PAGE)) {
      run.signal.throwIfAborted();
      const items = page.slice(0, left);
      found = joined(found, items.length, await compare(run, account.object, items));
      run.progress.advance(items.length);
      left -= items.length;
      if (left <= 0) break;
    }
  } catch (error) {
    if (!isPause(error)) throw error;
    run.log.warn('Reading back was left out: a budget is spent', { run: run.id, code: error.code });
  }
  run.progress.done(`${found.records} records read back`);
  return found;
}

async function countWritten({ id, state }: Run): Promise<number> {
  const counts = await state.plan.counts(id);
  return counts.find(({ kind, status }) => kind === 'field' && status === 'done')?.count ?? 0;
}

function joined(before: WrittenCheck, records: number, changed: readonly Rewrite[]): WrittenCheck {
  return {
    records: before.records + records,
    changed: [...before.changed, ...changed].slice(0, LISTED),
    fields: before.fields + changed.length,
  };
}

async function compare(run: Run, object: string, items: readonly PlanItem[]): Promise<readonly Rewrite[]> {
  const wrote = new Map(
    items.map((item) => {
      const { record, differences } = item.detail as FieldsDetail;
      return [record, differences.map(({ field }) => field)] as const;
    }),
  );
  // What was confirmed last: a field may have been written once more after the plan's own value.
  const confirmed = await run.state.rows.heldOf([...wrote.keys()]);
  const held = await run.crm.fetch(object, [...wrote.keys()], [...new Set([...wrote.values()].flat())]);
  return held.flatMap(({ id, values }) =>
    rewritesOf(id, { known: confirmed.get(id) ?? {}, holds: values, fields: wrote.get(id) ?? [] }),
  );
}
