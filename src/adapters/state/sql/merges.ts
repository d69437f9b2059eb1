import { SENT_KINDS } from '../../../ports/sent-rows.js';
import type { Merge } from '../../../ports/state-store.js';
import { batches, gathered } from '../../database/batches.js';
import { markChanged } from './changed.js';
import { reached, stepsFrom, stepsOf } from './reach.js';
import { type Connection, rowTable, SENT } from './schema.js';

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
  const accounts = rows.filter(({ kind }) => kind === 'account').map(({ loser }) => loser);
  for (const [loser, winner] of await lastWinners(db, accounts)) await moveSent(db, loser, winner);
}

/** What was sent for an account that was merged away is the business of the one that stayed. */
async function moveSent(db: Connection, loser: string, winner: string): Promise<void> {
  for (const kind of SENT_KINDS) {
    const moved = await db
      .updateTable(rowTable(kind))
      .set({ account_id: winner })
      .where('account_id', '=', loser)
      .where('seen', '=', SENT)
      .executeTakeFirst();
    if (moved.numUpdatedRows > 0n) await markChanged(db, [winner]);
  }
}

/** The account that is left of each that was merged away, however long the chain; the others are absent. */
export async function lastWinners(
  db: Connection,
  losers: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const steps = await stepsFrom(losers, async (nodes) => {
    const merges = await gathered(nodes, (batch) =>
      db
        .selectFrom('merges')
        .select(['winner', 'loser'])
        .where('kind', '=', 'account')
        .where('loser', 'in', batch)
        .execute(),
    );
    return stepsOf(merges.map(({ winner, loser }) => [loser, winner]));
  });
  const last = losers.map((loser) => [loser, [...reached(loser, steps)].at(-1)] as const);
  return new Map(last.flatMap(([loser, winner]) => (winner === undefined ? [] : [[loser, winner]])));
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
