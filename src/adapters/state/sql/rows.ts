import type { RawBuilder } from 'kysely';
import type { RecordKind } from '../../../domain/facts/record.js';
import type { RowStore, StoredRow } from '../../../ports/state-store.js';
import { batches, gathered, inTurns, lastOfEach } from '../../database/batches.js';
import { markChanged } from './changed.js';
import type { StateClient } from './client.js';
import { nameKey, sameContent, toJson } from './convert.js';
import { beginFull, endFull, noteSeen, openFullRead, seeAgain } from './full-reads.js';
import { type Connection, type RowTable, rowTable } from './schema.js';

export function rowStore(client: StateClient): RowStore {
  return {
    save: (kind, rows) =>
      client.write('rows.save', async (db) => {
        const { differing, accounts } = await saveRead(db, kind, rows);
        await markChanged(db, accounts);
        return differing;
      }),
    keep: (kind, rows) => client.write('rows.keep', async (db) => (await saveRead(db, kind, rows)).differing),
    remove: (kind, ids) => client.write('rows.remove', (db) => removeRows(db, kind, ids)),
    beginFull: (kind, mark) => client.writeAlone('rows.beginFull', (db) => beginFull(db, kind, mark)),
    endFull: (kind, mark) => client.writeAlone('rows.endFull', (db) => endFull(db, kind, mark)),
    noteSeen: (kind, mark, ids) => client.write('rows.noteSeen', (db) => noteSeen(db, { kind, mark, ids })),
    count: (kind) => client.read('rows.count', (db) => countRows(db, kind)),
    accountsOf: (kind, ids) => client.read('rows.accountsOf', (db) => accountsOf(db, kind, ids)),
    heldOf: (accounts) => client.read('rows.heldOf', (db) => heldOf(db, accounts)),
    setHeld: (values) => client.write('rows.setHeld', (db) => setHeld(db, values)),
    newest: (kind, attribute, upTo) =>
      client.read('rows.newest', (db) =>
        newest(db, kind, { value: client.dialect.jsonNumber('doc', attribute), upTo }),
      ),
  };
}

interface Saved {
  readonly differing: number;
  /** Accounts whose rows differ, where a row came from included. */
  readonly accounts: readonly string[];
}

async function saveRead(db: Connection, kind: RecordKind, rows: readonly StoredRow[]): Promise<Saved> {
  return saveRows(db, kind, { rows, seen: await openFullRead(db, kind) });
}

export async function saveRows(
  db: Connection,
  kind: RecordKind,
  { rows, seen }: { readonly rows: readonly StoredRow[]; readonly seen: number },
): Promise<Saved> {
  const incoming = lastOfEach(rows, (row) => row.id).map((row) => tableRow(kind, row, seen));
  const saved: Saved[] = [];
  for (const batch of batches(incoming, 7)) saved.push(await saveBatch(db, kind, batch));
  return {
    differing: saved.reduce((sum, { differing }) => sum + differing, 0),
    accounts: saved.flatMap(({ accounts }) => accounts),
  };
}

function tableRow(kind: RecordKind, row: StoredRow, seen: number): RowTable {
  const account = kind === 'account';
  return {
    account_id: (account ? row.id : row.accountId) ?? '',
    id: row.id,
    stamp: row.stamp,
    seen,
    name_key: account ? nameKey(row.values.name) : null,
    held: row.held === null ? null : toJson(row.held),
    doc: toJson(row.values),
  };
}

/** Writes only what is not there already: a book read again costs its reading. */
async function saveBatch(db: Connection, kind: RecordKind, batch: readonly RowTable[]): Promise<Saved> {
  const stored = await storedRows(db, kind, batch);
  const writes: RowTable[] = [];
  const seenAgain: string[] = [];
  const changed: string[] = [];
  let differing = 0;
  for (const row of batch) {
    const before = stored.get(row.id);
    const differs = before === undefined || !sameRow(before, row);
    if (differs) {
      differing += 1;
      changed.push(row.account_id, before?.account_id ?? '');
    }
    if (differs || before.stamp !== row.stamp) writes.push(row);
    else if (row.seen > before.seen) seenAgain.push(row.id);
  }
  await upsert(db, kind, writes);
  await seeAgain(db, kind, seenAgain);
  return { differing, accounts: changed };
}

async function storedRows(
  db: Connection,
  kind: RecordKind,
  batch: readonly { readonly id: string }[],
): Promise<ReadonlyMap<string, Omit<RowTable, 'name_key'>>> {
  const found = await db
    .selectFrom(rowTable(kind))
    .select(['id', 'account_id', 'stamp', 'seen', 'held', 'doc'])
    .where(
      'id',
      'in',
      batch.map((row) => row.id),
    )
    .execute();
  return new Map(found.map((row) => [row.id, row]));
}

type Content = Pick<RowTable, 'account_id' | 'doc' | 'held'>;

function sameRow(a: Content, b: Content): boolean {
  return a.account_id === b.account_id && sameContent(a.doc, b.doc) && sameContent(a.held, b.held);
}

async function upsert(db: Connection, kind: RecordKind, rows: readonly RowTable[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto(rowTable(kind))
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        account_id: eb.ref('excluded.account_id'),
        stamp: eb.ref('excluded.stamp'),
        seen: eb.ref('excluded.seen'),
        name_key: eb.ref('excluded.name_key'),
        held: eb.ref('excluded.held'),
        doc: eb.ref('excluded.doc'),
      })),
    )
    .execute();
}

async function removeRows(db: Connection, kind: RecordKind, ids: readonly string[]): Promise<number> {
  let removed = 0;
  for (const batch of batches(ids, 1)) {
    const gone = await db
      .deleteFrom(rowTable(kind))
      .where('id', 'in', batch)
      .returning('account_id')
      .execute();
    await markChanged(
      db,
      gone.map((row) => row.account_id),
    );
    removed += gone.length;
  }
  return removed;
}

async function countRows(db: Connection, kind: RecordKind): Promise<number> {
  const row = await db
    .selectFrom(rowTable(kind))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

async function accountsOf(
  db: Connection,
  kind: RecordKind,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await gathered(ids, (some) =>
    db.selectFrom(rowTable(kind)).select(['id', 'account_id']).where('id', 'in', some).execute(),
  );
  return new Map(
    found.flatMap(({ id, account_id }) => (account_id === '' ? [] : [[id, account_id] as const])),
  );
}

async function heldOf(db: Connection, accounts: readonly string[]): ReturnType<RowStore['heldOf']> {
  const found = await gathered(accounts, (some) =>
    db.selectFrom('rows_account').select(['id', 'held']).where('id', 'in', some).execute(),
  );
  return new Map(found.map(({ id, held }) => [id, held === null ? {} : JSON.parse(held)]));
}

async function setHeld(db: Connection, values: Parameters<RowStore['setHeld']>[0]): Promise<void> {
  for (const distinct of inTurns(values, ({ id }) => id)) {
    for (const batch of batches(distinct, 7)) {
      const stored = await wholeRows(db, batch);
      const held = batch.flatMap(({ id, held: confirmed }): readonly RowTable[] => {
        const before = stored.get(id);
        return before === undefined ? [] : [{ ...before, held: merged(before.held, confirmed) }];
      });
      await upsert(db, 'account', held);
    }
  }
}

async function wholeRows(
  db: Connection,
  batch: readonly { readonly id: string }[],
): Promise<ReadonlyMap<string, RowTable>> {
  const found = await db
    .selectFrom('rows_account')
    .selectAll()
    .where(
      'id',
      'in',
      batch.map((row) => row.id),
    )
    .execute();
  return new Map(found.map((row) => [row.id, row]));
}

function merged(before: string | null, confirmed: Readonly<Record<string, unknown>>): string {
  return toJson({ ...(before === null ? {} : JSON.parse(before)), ...confirmed });
}

/** One step in the index of the attribute, where a migration made one. */
async function newest(
  db: Connection,
  kind: RecordKind,
  { value, upTo }: { readonly value: RawBuilder<number | null>; readonly upTo: number },
): Promise<number | null> {
  const row = await db
    .selectFrom(rowTable(kind))
    .select(value.as('newest'))
    .where(value, '<=', upTo)
    .orderBy(value, 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.newest ?? null;
}
