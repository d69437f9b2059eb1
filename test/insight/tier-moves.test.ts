import { describe, expect, it } from '@jest/globals';
import { suggestTiers } from '../../src/insight/suggest-tiers.js';
import { lookAtState } from '../../src/sync/account-today.js';
import { aDeal, aRenewalWorld, customers } from '../support/insight/renewal-world.js';

const PROGRAM = `
tiers:
  hybrid:
    people: 2
    accountsPerPerson: { from: 20, to: 25 }
    costs: { personPerYear: 50000, equipmentPerYear: 0, licencesPerYear: 0, perSend: 0 }
  digital:
    people: 1
    accountsPerPerson: { from: 100, to: 1000 }
    costs: { personPerYear: 50000, equipmentPerYear: 0, licencesPerYear: 0, perSend: 0 }
`;

/** Forty digital customers grow past the line and are moved; forty like them stay. A hundred days later all renew or not. */
async function afterMoves() {
  const world = aRenewalWorld(PROGRAM);
  const moved = customers(world, 40, { ARR__c: 20_000 });
  const like = customers(world, 40, { ARR__c: 24_000 });
  customers(world, 5, { ARR__c: 1_000 });
  await world.sync();
  world.pass(10);
  for (const account of moved) world.crm.tables.update('Account', account, { ARR__c: 40_000 });
  await world.sync();
  world.pass(100);
  for (const [nth, account] of moved.entries())
    aDeal(world, account, { type: 'Renewal', won: nth >= 4, amount: 40_000 });
  for (const [nth, account] of like.entries()) {
    aDeal(world, account, { type: 'Renewal', won: nth >= 20, amount: 24_000 });
    // What was lost brings nothing any more, and says so before anybody looks back.
    if (nth < 20) world.crm.tables.update('Account', account, { ARR__c: 0 });
  }
  for (const account of moved) world.crm.tables.update('Account', account, { ARR__c: 55_000 });
  world.pass(1);
  await world.sync();
  return lookAtState(world.tools, new Set());
}

describe('tiers suggested from a book', () => {
  it('tell what earlier moves brought, against accounts like those that were moved', async () => {
    const { run } = await afterMoves();
    const { moves, customers: all, cuts } = await suggestTiers(run);
    expect(all).toBe(85);
    expect(cuts[0]?.tiers.map(({ accounts }) => accounts)).toEqual([0, 40, 45]);
    const [kind] = moves.kinds;
    expect(moves.kinds).toHaveLength(1);
    expect(kind).toMatchObject({ from: 'digital', to: 'hybrid', moves: 40, pairs: 40 });
    expect(kind?.retention).toMatchObject({ moved: { n: 40, reached: 36 }, like: { n: 40, reached: 20 } });
    expect(kind?.retention.difference?.value).toBeCloseTo(0.4, 10);
    // 50,000 for 25 accounts, against 50,000 for a thousand.
    expect(kind?.addedCost).toBeCloseTo(2_000 - 50, 6);
    // Revenue is that of the last entry of history up to the move: that of the day on which it was granted.
    expect(kind?.worth?.value).toBeCloseTo(0.4 * 40_000 - 1_950, 6);
    expect(moves.others.renewals).toEqual({ n: 40, reached: 20 });
  });
});
