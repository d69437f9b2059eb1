import { beforeAll, describe, expect, it } from '@jest/globals';
import { CRM_RECORDS } from '../../src/ports/crm-records.js';
import type { Settings } from '../../src/ports/settings.js';
import { aDeal, aRenewalWorld, customers } from '../support/insight/renewal-world.js';
import { MAPPING } from '../support/world/objects.js';
import { recordsOf } from '../support/world/records.js';
import { settingsWith } from '../support/world/settings.js';
import {
  aContact,
  anAccount,
  aWorld,
  openCases,
  type World,
  type WorldStart,
} from '../support/world/world.js';

let settings: Settings;
beforeAll(() => {
  settings = settingsWith({}, 'brakes: { share: 100 %, missing: 100 % }');
});

/** Monday 30 March 2026. */
const LAST_DAYS_OF_MARCH = Date.parse('2026-03-30T10:00:00Z');

async function aBook(refuse: WorldStart['refuse'] = () => null): Promise<World> {
  const world = aWorld({ settings, records: true, now: LAST_DAYS_OF_MARCH, refuse });
  for (const ARR__c of [5_000, 6_000, 40_000]) {
    const account = anAccount(world, { ARR__c });
    aContact(world, account, { Email: `${ARR__c}@customer.example` });
    openCases(world, account, 1);
  }
  await world.sync();
  return world;
}

function told(world: World, metric: string, period = '2026-03', tier = 'All') {
  const all = { period, tier, segment: 'All', band: 'All' };
  return recordsOf(world, 'metric').find((one) =>
    Object.entries({ metric, ...all }).every(([name, value]) => one[name] === value),
  );
}

describe('the numbers of the program', () => {
  it('are records by period and tier, known by a key of ours', async () => {
    const world = await aBook();
    expect(told(world, 'accounts')).toMatchObject({
      key: 'metric/accounts/2026-03/All/All/All',
      label: 'Accounts',
      unit: 'count',
      periodKind: 'month',
      periodStart: '2026-03-01',
      periodEnd: '2026-03-31',
      value: 3,
      sample: 3,
      met: 'no target',
      current: true,
    });
    expect(told(world, 'cases-opened', '2026-Q1', 'digital')).toMatchObject({ value: 2 });
    expect(told(world, 'revenue', '2026-Q1', 'hybrid')).toMatchObject({ value: 40_000 });
    expect(told(world, 'churn')).toBeUndefined();
  });

  it('are told once a day, and again after a change of what they are measured by', async () => {
    const writes: string[] = [];
    const world = await aBook((object) => {
      if (object === CRM_RECORDS.metric.object) writes.push(object);
      return null;
    });
    const writesOf = async (one: World): Promise<number> => {
      const before = writes.length;
      await one.sync();
      return writes.length - before;
    };
    expect(writes.length).toBeGreaterThan(20);
    anAccount(world, { ARR__c: 7_000 });
    expect(await writesOf(world)).toBe(0);
    expect(told(world, 'accounts')?.value).toBe(3);
    const stricter = { ...settings, program: { ...settings.program, floor: 2 } };
    expect(await writesOf(world.with(stricter))).toBeGreaterThan(0);
    expect(told(world, 'accounts')?.value).toBe(4);
    expect(await writesOf(world.with(stricter))).toBe(0);
    world.pass(1);
    anAccount(world, { ARR__c: 8_000 });
    expect(await writesOf(world.with(stricter))).toBeGreaterThan(0);
    expect(told(world, 'accounts')?.value).toBe(5);
    expect(await writesOf(world.with(stricter))).toBe(0);
  });

  it('leave what cannot be told of the past as it was, and say that its period is over', async () => {
    const world = await aBook();
    world.pass(2);
    for (const { id } of world.crm.tables.rows('Account'))
      world.crm.tables.update('Account', id, { ARR__c: 1_000 });
    await world.sync();
    expect(told(world, 'revenue')).toMatchObject({ value: 51_000, current: false });
    expect(told(world, 'revenue', '2026-04')).toMatchObject({ value: 3_000, current: true });
    expect(told(world, 'accounts')).toMatchObject({ value: 3, current: false });
    expect(told(world, 'accounts', '2026-Q1')).toMatchObject({ value: 3, current: false });
  });

  it('know how past renewals ended from the first run on, where there is no playbook, too', async () => {
    const world = aRenewalWorld('floor: 5\n', true);
    const past = customers(world, 32, { ARR__c: 5_000, Days_Overdue__c: 0 });
    customers(world, 1, { ARR__c: 20_000, Days_Overdue__c: 0, Renewal_Date__c: '2026-03-20' });
    await world.sync();
    world.pass(1);
    for (const [nth, account] of past.entries())
      aDeal(world, account, { type: 'Renewal', won: nth >= 8, amount: 5_000 });
    await world.sync();
    const losses = recordsOf(world, 'metric').filter(
      ({ metric, period, tier, band }) =>
        metric === 'renewals-expected-loss' && period === '2026-Q1' && tier === 'All' && band !== 'All',
    );
    expect(losses).toMatchObject([{ value: 5_000, numerator: 8, denominator: 32, met: 'no target' }]);
  });

  it('say of a group that is gone that it is not current any more', async () => {
    const mapping = MAPPING.replace('closed: IsClosed }', 'closed: IsClosed, priority: Priority }');
    const others = { 'mappings/salesforce.yaml': mapping };
    const world = aWorld({
      settings: settingsWith({}, 'brakes: { share: 100 %, missing: 100 % }', others),
      records: true,
      now: LAST_DAYS_OF_MARCH,
    });
    const [first, second] = openCases(world, anAccount(world), 2);
    const rank = (id: string | undefined, Priority: string) =>
      world.crm.tables.update('Case', id ?? '', { Priority });
    rank(first, 'High');
    rank(second, 'Low');
    const groups = () =>
      recordsOf(world, 'metric')
        .filter(({ metric, period }) => metric === 'cases-opened-by-priority' && period === '2026-03')
        .map(({ segment, value, current }) => [segment, value, current]);
    await world.sync();
    expect(groups()).toEqual([
      ['high', 1, true],
      ['low', 1, true],
    ]);
    world.pass(1);
    rank(second, 'High');
    await world.sync();
    expect(groups()).toEqual([
      ['high', 2, true],
      ['low', 1, false],
    ]);
  });

  it('are not told by a plan, nor where their object is not installed', async () => {
    const planned = aWorld({ settings, records: true });
    anAccount(planned);
    await planned.sync(false);
    expect(recordsOf(planned, 'metric')).toEqual([]);
    const bare = aWorld({ settings });
    anAccount(bare);
    await bare.sync();
    expect(await bare.state.notes.get('program-metrics')).toBeNull();
  });
});
