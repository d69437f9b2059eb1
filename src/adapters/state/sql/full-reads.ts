import type { RecordKind } from '../../../domain/facts/record.js';
import { batches } from '../../database/batches.js';
import { markChanged } from './changed.js';
import { type Connection, type FullReadTable, rowTable, SENT } from './schema.js';

/** Beginning again under the same mark resumes; another mark starts afresh. */
export async function beginFull(db: Connection, kind: RecordKind, mark: string): Promise<void> {
  const latest = await latestFullRead(db, kind);
  if (latest?.open === 1 && latest.mark === mark) return;
  await forgetSeen(db, kind);
  const next = { mark, number: (latest?.number ?? 0) + 1, open: 1 };
  await db
    .insertInto('full_reads')
    .values({ kind, ...next })
    .onConflict((conflict) => conflict.column('kind').doUpdateSet(next))
    .execute();
}

/** Number of the full read under way, 0 when there is none. */
export async function openFullRead(db: Connection, kind: RecordKind): Promise<number> {
  const latest = await latestFullRead(db, kind);
  return latest?.open === 1 ? latest.number : 0;
}

/** Removes nothing under a mark that is not the open one: an unknown mark has seen no row at all. */
export async function endFull(db: Connection, kind: RecordKind, mark: string): Promise<number> {
  const latest = await latestFullRead(db, kind);
  if (latest?.open !== 1 || latest.mark !== mark) return 0;
  const gone = await removeUnseen(db, kind, latest.number);
  await markChanged(
    db,
    gone.map((row) => row.account_id),
  );
  await forgetSeen(db, kind);
  await db.updateTable('full_reads').set({ open: 0 }).where('kind', '=', kind).execute();
  return gone.length;
}

async function removeUnseen(
  db: Connection,
  kind: RecordKind,
  number: number,
): Promise<readonly { readonly account_id: string }[]> {
  const table = rowTable(kind);
  return db
    .deleteFrom(table)
    .where('seen', 'not in', [SENT, number])
    .where('id', 'not in', (eb) => eb.selectFrom('seen_rows').select('seen_rows.id').where('kind', '=', kind))
    .returning('account_id')
    .execute();
}

export interface SeenIds {
  readonly kind: RecordKind;
  readonly mark: string;
  readonly ids: readonly string[];
}

export async function noteSeen(db: Connection, { kind, mark, ids }: SeenIds): Promise<void> {
  const latest = await latestFullRead(db, kind);
  if (latest?.open !== 1 || latest.mark !== mark) return;
  await seeAgain(db, kind, ids);
}

/** Notes that the full read under way has met rows that need no writing. */
export async function seeAgain(db: Connection, kind: RecordKind, ids: readonly string[]): Promise<void> {
  for (const batch of batches(ids, 2)) {
    await db
      .insertInto('seen_rows')
      .values(batch.map((id) => ({ kind, id })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

async function forgetSeen(db: Connection, kind: RecordKind): Promise<void> {
  await db.deleteFrom('seen_rows').where('kind', '=', kind).execute();
}

async function latestFullRead(db: Connection, kind: RecordKind): Promise<FullReadTable | undefined> {
  return db.selectFrom('full_reads').selectAll().where('kind', '=', kind).executeTakeFirst();
}
