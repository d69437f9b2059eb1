import { describe, expect, it } from '@jest/globals';
import { readOutlook } from '../../src/insight/outlook.js';
import { programReport } from '../../src/insight/program-report.js';
import { suggestTiers } from '../../src/insight/suggest-tiers.js';
import { watermelonReview } from '../../src/insight/watermelons.js';
import { lookAtState } from '../../src/sync/account-today.js';
import { aRenewalWorld, customers } from '../support/insight/renewal-world.js';
import { anAccount } from '../support/world/world.js';

const RENEWAL = { ARR__c: 1_000, Renewal_Date__c: '2026-03-20' };

describe('who is a customer of today', () => {
  it('is the same for every command, whatever is flagged of a day that is still to come', async () => {
    const world = aRenewalWorld('floor: 5\n');
    customers(world, 4, RENEWAL);
    customers(world, 2, { ...RENEWAL, Churned__c: true, Churned_On__c: '2026-06-01' });
    customers(world, 1, { ...RENEWAL, Churned_On__c: '2026-06-01' });
    customers(world, 1, { ...RENEWAL, Churned__c: true });
    customers(world, 1, { ...RENEWAL, Churned__c: true, Churned_On__c: '2026-02-01' });
    await world.sync();
    const { run } = await lookAtState(world.tools, new Set());
    const { metrics } = await programReport(world.tools, new Set());
    const [accounts] = metrics.filter(
      ({ metric, tier, period }) => metric === 'accounts' && tier === 'All' && period === '2026-03',
    );
    const { customers: tiered } = await suggestTiers(run);
    const { looked } = await watermelonReview(world.tools, new Set(), 5);
    const { quarters } = await readOutlook(run, 5);
    expect([accounts?.value, tiered, looked.accounts, quarters[0]?.accounts]).toEqual([7, 7, 7, 7]);
  });
});

describe('whom a moved line would move', () => {
  async function namedIn(locked: boolean): Promise<readonly string[]> {
    const world = aRenewalWorld('floor: 5\n');
    for (const [nth, arr] of [2_000, 2_100, 2_200, 40_000, 41_000, 42_000, 300_000, 310_000].entries())
      anAccount(world, { Name: `C${nth}`, ARR__c: arr, Locked__c: locked && arr === 42_000 });
    await world.sync();
    const { run } = await lookAtState(world.tools, new Set());
    return (await suggestTiers(run)).markets.flatMap(({ names }) => names);
  }

  it('names nobody whom a lock holds', async () => {
    expect(await namedIn(false)).toContain('C5');
    const named = await namedIn(true);
    expect(named).toContain('C6');
    expect(named).not.toContain('C5');
  });
});
