import { describe, expect, it } from '@jest/globals';
import { formatDay } from '../../src/domain/day.js';
import { wilson } from '../../src/domain/insight/intervals.js';
import { readOutlook } from '../../src/insight/outlook.js';
import { lookAtState } from '../../src/sync/account-today.js';
import { aDeal, aRenewalWorld, customers } from '../support/insight/renewal-world.js';

/** Renewals of 40 customers in one band were closed, ten of them lost; five more are due next quarter. */
async function aBook() {
  const world = aRenewalWorld('floor: 5\n');
  const past = customers(world, 40, { ARR__c: 5_000, Days_Overdue__c: 0 });
  customers(world, 5, { ARR__c: 20_000, Days_Overdue__c: 0, Renewal_Date__c: '2026-05-01' });
  customers(world, 1, { ARR__c: 7_000, Renewal_Date__c: '2026-02-01', Days_Overdue__c: 0 });
  await world.sync();
  world.pass(3);
  for (const [nth, account] of past.entries())
    aDeal(world, account, { type: 'Renewal', won: nth >= 10, amount: 5_000 });
  world.pass(1);
  await world.sync();
  return world;
}

describe('the outlook over a book', () => {
  it('loses of what is due the share that was lost in its band, and names the largest', async () => {
    const world = await aBook();
    const { run } = await lookAtState(world.tools, new Set());
    const sheet = await readOutlook(run, 3);
    expect(sheet.lacks).toEqual([]);
    const [band] = sheet.bands;
    expect(band).toMatchObject({ closed: 40, lost: 10, churn: wilson(10, 40) });
    expect(sheet.bands).toHaveLength(1);
    const next = sheet.quarters.find(({ quarter }) => quarter === '2026-Q2');
    expect(next).toMatchObject({ accounts: 5, amount: 100_000, leftOut: [] });
    expect(next?.loss?.value).toBe(25_000);
    expect(next?.netRetention?.value).toBeCloseTo(0.75, 10);
    expect(sheet.growth).toEqual({ share: 0, n: 40 });
    expect(sheet.accounts).toHaveLength(3);
    const [first] = sheet.accounts;
    expect(first).toMatchObject({ amount: 20_000, tier: 'digital', band: band?.band });
    expect(first?.loss?.value).toBe(5_000);
    expect(formatDay(first?.renewalOn ?? 0)).toBe('2026-05-01');
    expect(first?.driver).not.toBe('');
    expect(run.today).toBe(world.today());
  });

  it('tells what has passed and is still open, and of how many an opportunity says the day', async () => {
    const world = aRenewalWorld('floor: 5\n');
    customers(world, 2, { ARR__c: 1_000, Renewal_Date__c: '2026-05-01' });
    customers(world, 2, { ARR__c: 7_000, Renewal_Date__c: '2026-02-27' });
    customers(world, 1, { ARR__c: 500, Renewal_Date__c: '2026-02-27', Churned__c: true });
    const [derived = ''] = customers(world, 1, { ARR__c: 3_000 });
    const CloseDate = '2026-05-20';
    world.crm.tables.insert('Opportunity', {
      AccountId: derived,
      Type: 'Renewal',
      IsClosed: false,
      CloseDate,
    });
    await world.sync();
    const { run } = await lookAtState(world.tools, new Set());
    const { passed, quarters, accounts } = await readOutlook(run, 5);
    expect(passed).toEqual({ accounts: 2, amount: 14_000 });
    expect(quarters.map(({ accounts: due, daysDerived }) => [due, daysDerived])).toEqual([
      [0, 0],
      [3, 1],
      [0, 0],
      [0, 0],
    ]);
    expect(accounts.find(({ dayDerived }) => dayDerived)?.account).toBe(derived);
  });

  it('says too little data before thirty renewals were closed, and names accounts all the same', async () => {
    const world = aRenewalWorld('floor: 5\n');
    customers(world, 2, { ARR__c: 20_000, Renewal_Date__c: '2026-05-01' });
    await world.sync();
    const { run } = await lookAtState(world.tools, new Set());
    const { bands, quarters, accounts } = await readOutlook(run, 5);
    expect(bands).toEqual([]);
    expect(quarters[1]).toMatchObject({ accounts: 2, amount: 40_000, loss: null, netRetention: null });
    expect(quarters[1]?.leftOut).toHaveLength(1);
    expect(accounts.map(({ loss }) => loss)).toEqual([null, null]);
  });
});
