import type { ExpressionBuilder } from 'kysely';
import type { LedgerEntry, LedgerStore } from '../../../ports/state-store.js';
import { batches, inTurns, lastOfEach, pagesOf } from '../../database/batches.js';
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
import type { Connection, LedgerTable, StateTables } from './schema.js';

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
    ofAccounts: (accounts) => client.read('ledger.ofAccounts', (db) => ofColumn(db, 'account', accounts)),
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

/** In their order: within a page, too, the first final status of a key stands. */
async function writeEntries(db: Connection, entries: readonly LedgerEntry[]): Promise<void> {
  for (const distinct of inTurns(entries, ({ key }) => key)) {
    for (const batch of batches(distinct.map(ledgerRow), 24)) {
      await db
        .insertInto('ledger')
        .values(batch)
        .onConflict((conflict) =>
          conflict
            .column('key')
            .doUpdateSet(({ ref }) => written(ref))
            .where('ledger.status', 'not in', FINAL),
        )
        .execute();
    }
  }
}

type Excluded = ExpressionBuilder<StateTables & { excluded: LedgerTable }, 'ledger' | 'excluded'>['ref'];

/** Everything but the key as it was given. */
function written(ref: Excluded) {
  return {
    episode: ref('excluded.episode'),
    step: ref('excluded.step'),
    person: ref('excluded.person'),
    contact: ref('excluded.contact'),
    account: ref('excluded.account'),
    playbook: ref('excluded.playbook'),
    channel: ref('excluded.channel'),
    target: ref('excluded.target'),
    status: ref('excluded.status'),
    code: ref('excluded.code'),
    evidence: ref('excluded.evidence'),
    record_id: ref('excluded.record_id'),
    made: ref('excluded.made'),
    sender: ref('excluded.sender'),
    touch_days: ref('excluded.touch_days'),
    day: ref('excluded.day'),
    at: ref('excluded.at'),
    busy_until: ref('excluded.busy_until'),
    try_on: ref('excluded.try_on'),
    left_on: ref('excluded.left_on'),
    left_by: ref('excluded.left_by'),
    run: ref('excluded.run'),
    told: ref('excluded.told'),
  } satisfies Record<Exclude<keyof LedgerTable, 'key'>, unknown>;
}

/** Only the first leaving counts. */
async function leave(db: Connection, left: Parameters<LedgerStore['leave']>[0]): Promise<void> {
  const first = lastOfEach(left.toReversed(), ({ key }) => key);
  for (const alike of Map.groupBy(first, ({ on, by }) => `${on} ${by}`).values()) {
    for (const batch of batches(alike, 1)) {
      const [one] = batch;
      if (one === undefined) continue;
      await db
        .updateTable('ledger')
        .set({ left_on: one.on, left_by: one.by, told: 0 })
        .where(
          'key',
          'in',
          batch.map(({ key }) => key),
        )
        .where('left_on', 'is', null)
        .execute();
    }
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
