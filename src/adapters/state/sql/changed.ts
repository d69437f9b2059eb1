import { batches } from './batches.js';
import type { Connection } from './schema.js';

/** Marks accounts to be assessed again. Orphans belong to nobody and mark nobody. */
export async function markChanged(db: Connection, accounts: readonly string[]): Promise<void> {
  const marked = [...new Set(accounts)].filter((account) => account !== '').map((account) => ({ account }));
  for (const batch of batches(marked, 1)) {
    await db
      .insertInto('changed_accounts')
      .values(batch)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

export async function clearChanged(db: Connection, accounts: readonly string[]): Promise<void> {
  for (const batch of batches(accounts, 1)) {
    await db.deleteFrom('changed_accounts').where('account', 'in', batch).execute();
  }
}
