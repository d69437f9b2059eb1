import type { RecordKind } from '../../../domain/facts/record.js';
import { batches } from './batches.js';
import type { Connection, FullReadTable } from './schema.js';
import { rowTable } from './schema.js';

/** Beginning again under the same mark resumes; another mark starts afresh. */
export async function beginFull(db: Connection, kind: RecordKind, mark: string): Promise<void> {
  const latest = await latestFullRead(db, kind);
  if (latest?.open === 1 && latest.mark === mark) return;
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
  const table = rowTable(kind);
  await db
    .insertInto('changed_accounts')
    .columns(['account'])
    .expression((eb) =>
      eb
        .selectFrom(table)
        .select('account_id')
        .distinct()
        .where('seen', '<>', latest.number)
        .where('account_id', '<>', ''),
    )
    .onConflict((conflict) => conflict.column('account').doUpdateSet({ assessed_in: null }))
    .execute();
  const gone = await db.deleteFrom(table).where('seen', '<>', latest.number).executeTakeFirst();
  await db.updateTable('full_reads').set({ open: 0 }).where('kind', '=', kind).execute();
  return Number(gone.numDeletedRows);
}

export interface SeenIds {
  readonly kind: RecordKind;
  readonly mark: string;
  readonly ids: readonly string[];
}

export async function noteSeen(db: Connection, { kind, mark, ids }: SeenIds): Promise<void> {
  const latest = await latestFullRead(db, kind);
  if (latest?.open !== 1 || latest.mark !== mark) return;
  for (const batch of batches(ids, 1)) {
    await db
      .updateTable(rowTable(kind))
      .set({ seen: latest.number })
      .where('id', 'in', batch)
      .where('seen', '<>', latest.number)
      .execute();
  }
}

async function latestFullRead(db: Connection, kind: RecordKind): Promise<FullReadTable | undefined> {
  return db.selectFrom('full_reads').selectAll().where('kind', '=', kind).executeTakeFirst();
}
