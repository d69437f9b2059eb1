import { beforeAll, describe, expect, it } from '@jest/globals';
import { formatDay } from '../../src/domain/day.js';
import { driftOf, watchDrift } from '../../src/insight/drift.js';
import { gatherOutcomes } from '../../src/insight/outcomes.js';
import { findTrueNorth } from '../../src/insight/true-north.js';
import { lookAtState } from '../../src/sync/account-today.js';
import { aDeal, aRenewalWorld, customers } from '../support/insight/renewal-world.js';
import type { World } from '../support/world/world.js';

const asked = { connected: new Set<never>(), signal: new AbortController().signal };

/** 120 customers a year and more old; 40 leave, a day and a lost renewal each. Nobody who stayed has a renewal. */
async function aBookOfLosses(): Promise<World> {
  const world = aRenewalWorld('floor: 5\n');
  const dayZero = world.today() - 500;
  const all = customers(world, 120, {});
  for (const account of all) aDeal(world, account, { type: 'New', won: true, amount: 1_000, on: dayZero });
  await world.sync();
  for (let passed = 0; passed < 200; passed += 20) {
    world.pass(20);
    await world.sync();
  }
  for (const account of all.slice(0, 40)) {
    const on = world.today() - 100;
    world.crm.tables.update('Account', account, { Churned__c: true, Churned_On__c: formatDay(on) });
    aDeal(world, account, { type: 'Renewal', won: false, amount: 1_000, on });
  }
  customers(world, 6, { Churned__c: true });
  await world.sync();
  return world;
}

describe('a book in which no renewal was ever won', () => {
  let world: World;
  beforeAll(async () => {
    world = await aBookOfLosses();
  }, 60_000);

  it('is looked back on by the day of churn in every command, and says so', async () => {
    const { run } = await lookAtState(world.tools, new Set());
    const question = { days: 90, asOf: null, lostWhen: null, among: null };
    const gathered = await gatherOutcomes(run, question);
    const north = await findTrueNorth(run);
    const drift = await driftOf(world.tools, asked);
    expect([gathered.kind, north.outcome, drift.outcome]).toEqual(['churn', 'churn', 'churn']);
  });

  it('has customers who stayed, for true north', async () => {
    const { run } = await lookAtState(world.tools, new Set());
    const [all] = (await findTrueNorth(run)).found;
    expect([all?.customers, all?.stayed]).toEqual([120, 120]);
  });

  it('has points of drift that can be judged: who left in the 90 days before each quarter’s end', async () => {
    const { separation } = await driftOf(world.tools, asked);
    const last = separation.at(-1);
    expect(last?.lost).toBe(40);
    expect(last?.auc).not.toBeNull();
  });

  it('keeps its points apart from those of renewals', async () => {
    const first = await watchDrift(world.tools, asked);
    const [oldest] = first.separation;
    if (oldest === undefined) throw new Error('there is no quarter');
    const kept = { ...oldest, outcomes: 5_000, lost: 10, auc: { value: 0.8, low: 0.7, high: 0.9 } };
    await world.state.notes.set('separation', [kept]);
    expect((await driftOf(world.tools, asked)).separation[0]).toEqual(oldest);
    await world.state.notes.set('separation', [{ ...kept, of: 'churn' }]);
    expect((await driftOf(world.tools, asked)).separation[0]).toEqual(kept);
  });
});
