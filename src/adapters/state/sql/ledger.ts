import type { LedgerEntry, LedgerStore } from '../../../ports/state-store.js';
import { batches, pagesOf } from './batches.js';
import type { StateClient } from './client.js';
import type { Connection, LedgerTable } from './schema.js';

const FINAL = ['enrolled', 'already', 'refused'] as const;
const SENT = ['enrolled', 'already', 'intended', 'unclear'] as const;
const OPEN = ['intended', 'unclear'] as const;

export function ledgerStore(client: StateClient): LedgerStore {
  return {
    write: (entries) => client.write('ledger.write', (db) => writeEntries(db, entries)),
    get: (keys) => client.read('ledger.get', (db) => getEntries(db, keys)),
    open: (pageSize) =>
      pagesOf<LedgerEntry>(
        (last) => client.read('ledger.open', (db) => openAfter(db, last?.key ?? '', pageSize)),
        pageSize,
      ),
    ofAccount: (account) => client.read('ledger.ofAccount', (db) => ofAccount(db, account)),
    sent: (playbook, subjects) => client.read('ledger.sent', (db) => sent(db, playbook, subjects)),
  };
}

/** One by one and in order: within a page, too, the first final status stands. */
async function writeEntries(db: Connection, entries: readonly LedgerEntry[]): Promise<void> {
  for (const entry of entries) {
    const { key, ...rest } = tableRow(entry);
    await db
      .insertInto('ledger')
      .values({ key, ...rest })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet(rest).where('ledger.status', 'not in', FINAL),
      )
      .execute();
  }
}

function tableRow({ recordId, ...entry }: LedgerEntry): LedgerTable {
  return { ...entry, record_id: recordId };
}

function entryOf({ record_id, ...entry }: LedgerTable): LedgerEntry {
  return { ...entry, recordId: record_id };
}

async function getEntries(
  db: Connection,
  keys: readonly string[],
): Promise<ReadonlyMap<string, LedgerEntry>> {
  const found = new Map<string, LedgerEntry>();
  for (const batch of batches(keys, 1)) {
    const rows = await db.selectFrom('ledger').selectAll().where('key', 'in', batch).execute();
    for (const row of rows) found.set(row.key, entryOf(row));
  }
  return found;
}

async function openAfter(db: Connection, after: string, limit: number): Promise<readonly LedgerEntry[]> {
  const rows = await db
    .selectFrom('ledger')
    .selectAll()
    .where('status', 'in', OPEN)
    .where('key', '>', after)
    .orderBy('key')
    .limit(limit)
    .execute();
  return rows.map(entryOf);
}

async function ofAccount(db: Connection, account: string): Promise<readonly LedgerEntry[]> {
  const rows = await db
    .selectFrom('ledger')
    .selectAll()
    .where('account', '=', account)
    .orderBy('day')
    .orderBy('key')
    .execute();
  return rows.map(entryOf);
}

/** By person and by account apart: each is a look-up in an index of its own, which an `or` may not be. */
async function sent(
  db: Connection,
  playbook: string,
  { persons, accounts }: Parameters<LedgerStore['sent']>[1],
): Promise<readonly LedgerEntry[]> {
  const found = new Map<string, LedgerEntry>();
  for (const [column, subjects] of [
    ['person', persons],
    ['account', accounts],
  ] as const) {
    for (const batch of batches([...new Set(subjects)], 1)) {
      const rows = await db
        .selectFrom('ledger')
        .selectAll()
        .where('playbook', '=', playbook)
        .where(column, 'in', batch)
        .where('status', 'in', SENT)
        .execute();
      for (const row of rows) found.set(row.key, entryOf(row));
    }
  }
  return [...found.values()].sort((a, b) => a.day - b.day || (a.key < b.key ? -1 : 1));
}
