import type { ObjectMapping } from '../ports/mapping.js';
import type { PieceToDo } from '../ports/piece-store.js';
import type { Run } from './context.js';
import { unreadable } from './rows.js';

const RECONCILED = 'reconciled';

/**
 * Compares the ids that we keep with those that exist: finds rows that vanished without a trace
 * (hard deletes, lost sharing, rows that left the mapping's `where`). Every so many days, or when asked.
 */
export async function reconcile(run: Run): Promise<number> {
  const gone = await run.pieces.all<number>('reconcile', () => kindsToCompare(run));
  if (gone.length > 0) await run.state.notes.set(RECONCILED, run.today);
  return gone.reduce((sum, rows) => sum + rows, 0);
}

async function kindsToCompare(run: Run): Promise<readonly PieceToDo[]> {
  const { reconcile: asked } = run.parts;
  const last = await run.state.notes.get(RECONCILED);
  if (typeof last !== 'number' && asked !== true) {
    // The first full read has just seen everything.
    await run.state.notes.set(RECONCILED, run.today);
    return [];
  }
  const days = run.settings.service.pull.reconcileEveryDays;
  const due = typeof last !== 'number' || run.today - last >= days;
  if (asked === false || (asked === 'when due' && !due)) return [];
  const kinds = run.settings.crm.objects.map(({ kind }) => kind);
  return kinds.filter((kind) => !unreadable(run, kind)).map((kind) => ({ piece: kind, task: kind }));
}

/** Compares one object. */
export async function reconcilePiece(run: Run, task: unknown): Promise<number> {
  const mapping = run.settings.crm.objects.find(({ kind }) => kind === task);
  return mapping === undefined ? 0 : reconcileObject(run, mapping);
}

async function reconcileObject(run: Run, mapping: ObjectMapping): Promise<number> {
  const mark = `ids:${run.id}`;
  run.progress.stage(`Comparing ids of ${mapping.object}`, await run.state.rows.count(mapping.kind));
  await run.state.rows.beginFull(mapping.kind, mark);
  for await (const ids of run.crm.ids(mapping.object, mapping.where)) {
    await run.checkpoint();
    await run.state.rows.noteSeen(mapping.kind, mark, ids);
    run.progress.advance(ids.length);
  }
  const gone = await run.state.rows.endFull(mapping.kind, mark);
  run.progress.done(`${mapping.object}: ${gone} rows no longer exist`);
  return gone;
}
