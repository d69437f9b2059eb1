import type { AssessmentStore } from '../../../ports/state-store.js';
import { batches } from '../../database/batches.js';
import type { ChangedAccountTable, Connection } from './schema.js';

/** Marks accounts to be assessed again. Orphans belong to nobody and mark nobody. */
export async function markChanged(db: Connection, accounts: readonly string[]): Promise<void> {
  const marked = [...new Set(accounts)].filter((account) => account !== '');
  await mark(
    db,
    marked.map((account) => ({ account, assessed_in: null })),
  );
}

/** What asks for nothing is done with; what asks for something waits, marked, until that is applied. */
export async function markAssessed(
  db: Connection,
  { assessments, candidates, run }: Parameters<AssessmentStore['save']>[0],
): Promise<void> {
  const asking = new Set(candidates.map((candidate) => candidate.account));
  const accounts = [...new Set(assessments.map((assessment) => assessment.account))];
  const content = accounts.filter((account) => !asking.has(account));
  for (const batch of batches(content, 1)) {
    await db.deleteFrom('changed_accounts').where('account', 'in', batch).execute();
  }
  const waiting = accounts.filter((account) => asking.has(account));
  await mark(
    db,
    waiting.map((account) => ({ account, assessed_in: run })),
  );
}

export async function unmarkApplied(db: Connection, run: string): Promise<void> {
  await db.deleteFrom('changed_accounts').where('assessed_in', '=', run).execute();
}

async function mark(db: Connection, rows: readonly ChangedAccountTable[]): Promise<void> {
  for (const batch of batches(rows, 2)) {
    await db
      .insertInto('changed_accounts')
      .values(batch)
      .onConflict((conflict) =>
        conflict.column('account').doUpdateSet((eb) => ({ assessed_in: eb.ref('excluded.assessed_in') })),
      )
      .execute();
  }
}
