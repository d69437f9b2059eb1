import type { LedgerEntry, LedgerStore } from '../../../ports/state-store.js';
import { batches, pagesOf } from '../../database/batches.js';
import type { StateClient } from './client.js';
import { ledgerEntryOf, ledgerRow } from './convert.js';
import {
  bySender,
  ofColumn,
  openAfter,
  refusalsOn,
  sent,
  sentSince,
  throughAfter,
  untoldAfter,
} from './ledger-look-ups.js';
import type { Connection } from './schema.js';

const FINAL = ['enrolled', 'already', 'refused'] as const;

export function ledgerStore(client: StateClient): LedgerStore {
  return {
    write: (entries) => client.write('ledger.write', (db) => writeEntries(db, entries)),
    leave: (left) => client.write('ledger.leave', (db) => leave(db, left)),
    get: (keys) => client.read('ledger.get', (db) => getEntries(db, keys)),
    open: (pageSize) =>
      pagesOf<LedgerEntry>(
        (last) => client.read('ledger.open', (db) => openAfter(db, last?.key ?? '', pageSize)),
        pageSize,
      ),
    ofAccount: (account) => client.read('ledger.ofAccount', (db) => ofColumn(db, 'account', [account])),
    ofPerson: (person) => client.read('ledger.ofPerson', (db) => ofColumn(db, 'person', [person])),
    ofEpisodes: (episodes) => client.read('ledger.ofEpisodes', (db) => ofColumn(db, 'episode', episodes)),
    sent: (playbook, subjects) => client.read('ledger.sent', (db) => sent(db, playbook, subjects)),
    sentSince: (since, subjects) => client.read('ledger.sentSince', (db) => sentSince(db, since, subjects)),
    bySender: (day) => client.read('ledger.bySender', (db) => bySender(db, day)),
    through: (channels, since, pageSize) =>
      pagesOf<LedgerEntry>(
        (last) =>
          client.read('ledger.through', (db) =>
            throughAfter(db, { channels, since, after: last?.key ?? '' }, pageSize),
          ),
        pageSize,
      ),
    untold: (statuses, pageSize) =>
      pagesOf<LedgerEntry>(
        (last) =>
          client.read('ledger.untold', (db) =>
            untoldAfter(db, { statuses, after: last?.key ?? '' }, pageSize),
          ),
        pageSize,
      ),
    markTold: (keys) => client.write('ledger.markTold', (db) => markTold(db, keys)),
    forgetTold: () =>
      client.write('ledger.forgetTold', async (db) => {
        await db.updateTable('ledger').set({ told: 0 }).where('told', '=', 1).execute();
      }),
    refusalsOn: (day) => client.read('ledger.refusalsOn', (db) => refusalsOn(db, day)),
  };
}

async function markTold(db: Connection, keys: readonly string[]): Promise<void> {
  for (const batch of batches(keys, 1))
    await db.updateTable('ledger').set({ told: 1 }).where('key', 'in', batch).execute();
}

/** One by one and in order: within a page, too, the first final status stands. */
async function writeEntries(db: Connection, entries: readonly LedgerEntry[]): Promise<void> {
  for (const entry of entries) {
    const { key, ...rest } = ledgerRow(entry);
    await db
      .insertInto('ledger')
      .values({ key, ...rest })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet(rest).where('ledger.status', 'not in', FINAL),
      )
      .execute();
  }
}

/** Only the first leaving counts. */
async function leave(db: Connection, left: Parameters<LedgerStore['leave']>[0]): Promise<void> {
  for (const { key, on, by } of left) {
    await db
      .updateTable('ledger')
      .set({ left_on: on, left_by: by, told: 0 })
      .where('key', '=', key)
      .where('left_on', 'is', null)
      .execute();
  }
}

async function getEntries(
  db: Connection,
  keys: readonly string[],
): Promise<ReadonlyMap<string, LedgerEntry>> {
  const found = new Map<string, LedgerEntry>();
  for (const batch of batches(keys, 1)) {
    const rows = await db.selectFrom('ledger').selectAll().where('key', 'in', batch).execute();
    for (const row of rows) found.set(row.key, ledgerEntryOf(row));
  }
  return found;
}
