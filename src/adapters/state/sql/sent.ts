import type { SentKind, SentRowStore } from '../../../ports/sent-rows.js';
import type { StoredRow } from '../../../ports/state-store.js';
import { gathered } from '../../database/batches.js';
import { markChanged } from './changed.js';
import type { StateClient } from './client.js';
import { lastWinners } from './merges.js';
import { saveRows } from './rows.js';
import { type Connection, rowTable, SENT } from './schema.js';

export function sentRowStore(client: StateClient): SentRowStore {
  return {
    save: (kind, rows) => client.write('sent.save', (db) => saveSent(db, kind, rows)),
    prune: (kind, before) => client.write('sent.prune', (db) => prune(db, kind, before)),
  };
}

async function saveSent(db: Connection, kind: SentKind, rows: readonly StoredRow[]) {
  const named = [...new Set(rows.flatMap(({ accountId }) => accountId ?? []))];
  const gone = await notKept(db, named);
  const stayed = await lastWinners(db, gone);
  const strangers = await notKept(
    db,
    gone.map((account) => stayed.get(account) ?? account),
  );
  const placed = rows.map((row) => ({ ...row, accountId: stayed.get(row.accountId ?? '') ?? row.accountId }));
  const { differing, accounts } = await saveRows(db, kind, { rows: placed, seen: SENT });
  await markChanged(db, accounts);
  return { differing, strangers };
}

async function notKept(db: Connection, accounts: readonly string[]): Promise<readonly string[]> {
  const found = await gathered(accounts, (some) =>
    db.selectFrom('rows_account').select('id').where('id', 'in', some).execute(),
  );
  const kept = new Set(found.map(({ id }) => id));
  return [...new Set(accounts)].filter((account) => !kept.has(account));
}

async function prune(
  db: Connection,
  kind: SentKind,
  before: Parameters<SentRowStore['prune']>[1],
): Promise<{ readonly old: number; readonly strangers: number }> {
  const sent = db.deleteFrom(rowTable(kind)).where('seen', '=', SENT);
  const old = await sent.where('stamp', '<', before.all).returning('account_id').execute();
  const strangers = await sent
    .where('stamp', '<', before.strangers)
    .where('account_id', 'not in', (eb) => eb.selectFrom('rows_account').select('rows_account.id'))
    .returning('account_id')
    .execute();
  await markChanged(
    db,
    old.map((row) => row.account_id),
  );
  return { old: old.length, strangers: strangers.length };
}
