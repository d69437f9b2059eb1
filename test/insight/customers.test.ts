import { describe, expect, it } from '@jest/globals';
import { readOutlook } from '../../src/insight/outlook.js';
import { programReport } from '../../src/insight/program-report.js';
import { suggestTiers } from '../../src/insight/suggest-tiers.js';
import { watermelonReview } from '../../src/insight/watermelons.js';
import { lookAtState } from '../../src/sync/account-today.js';
import { aRenewalWorld, customers } from '../support/insight/renewal-world.js';

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
