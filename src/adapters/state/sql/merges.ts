import type { Merge } from '../../../ports/state-store.js';
import { batches, gathered } from './batches.js';
import { reached, stepsFrom, stepsOf } from './reach.js';
import type { Connection } from './schema.js';

/** A record that was merged into itself would be its own loser. */
export async function noteMerges(db: Connection, merges: readonly Merge[]): Promise<void> {
  const rows = merges
    .filter(({ loser, winner }) => loser !== winner)
    .map(({ kind, winner, loser }) => ({ kind, winner, loser }));
  for (const batch of batches(rows, 3)) {
    await db
      .insertInto('merges')
      .values(batch)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** What was merged into each of these directly. */
export async function mergedInto(
  db: Connection,
  kind: Merge['kind'],
  winners: readonly string[],
): Promise<readonly Pick<Merge, 'winner' | 'loser'>[]> {
  return gathered(winners, (batch) =>
    db
      .selectFrom('merges')
      .select(['winner', 'loser'])
      .where('kind', '=', kind)
      .where('winner', 'in', batch)
      .execute(),
  );
}

export async function losersOf(
  db: Connection,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const steps = await stepsFrom(accounts, async (winners) => {
    const merges = await mergedInto(db, 'account', winners);
    return stepsOf(merges.map(({ winner, loser }) => [winner, loser]));
  });
  const losers = accounts.map((account) => [account, [...reached(account, steps)].sort()] as const);
  return new Map(losers.filter(([, found]) => found.length > 0));
}
