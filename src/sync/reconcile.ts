import type { ObjectMapping } from '../ports/mapping.js';
import type { Run } from './context.js';
import { unreadable } from './rows.js';

const RECONCILED = 'reconciled';

/**
 * Compares the ids that we keep with those that exist: finds rows that vanished without a trace
 * (hard deletes, lost sharing, rows that left the mapping's `where`). Every so many days, or when asked.
 */
export async function reconcile(run: Run, asked: boolean): Promise<number> {
  const last = await run.state.notes.get(RECONCILED);
  const due = typeof last !== 'number' || run.today - last >= run.settings.service.pull.reconcileEveryDays;
  if (typeof last !== 'number' && !asked) {
    // The first full read has just seen everything.
    await run.state.notes.set(RECONCILED, run.today);
    return 0;
  }
  if (!due && !asked) return 0;
  let gone = 0;
  const objects = run.settings.crm.objects.filter(({ kind }) => !unreadable(run, kind));
  for (const mapping of objects) gone += await reconcileObject(run, mapping);
  await run.state.notes.set(RECONCILED, run.today);
  return gone;
}

async function reconcileObject(run: Run, mapping: ObjectMapping): Promise<number> {
  const mark = `ids:${run.id}`;
  run.progress.stage(`Comparing ids of ${mapping.object}`, await run.state.rows.count(mapping.kind));
  await run.state.rows.beginFull(mapping.kind, mark);
  for await (const ids of run.crm.ids(mapping.object, mapping.where)) {
    run.signal.throwIfAborted();
    await run.state.rows.noteSeen(mapping.kind, mark, ids);
    run.progress.advance(ids.length);
  }
  const gone = await run.state.rows.endFull(mapping.kind, mark);
  run.progress.done(`${mapping.object}: ${gone} rows no longer exist`);
  return gone;
}
