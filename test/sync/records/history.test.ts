import { beforeAll, describe, expect, it } from '@jest/globals';
import { formatDay } from '../../../src/domain/day.js';
import type { Settings } from '../../../src/ports/settings.js';
import { changed, keepControls, readControls } from '../../../src/sync/controls.js';
import { recordsOf } from '../../support/world/records.js';
import { settingsWith } from '../../support/world/settings.js';
import { aContact, anAccount, aWorld, openCases, type World } from '../../support/world/world.js';

const BRAKES = 'brakes: { share: 100 %, missing: 100 % }';
const PLAYBOOK = `
label: Many cases
priority: 50
trigger: { when: cases.openedLast90 > 0, reenter: { afterDays: 30 } }
audience: { roles: [user], maxPersons: 2 }
steps:
  - { id: one, day: 1, channel: hubspot-list, target: one }
  - { id: two, day: 3, channel: hubspot-list, target: two }
holdout: 0 %
`;

let settings: Settings;
beforeAll(() => {
  settings = settingsWith({ many: PLAYBOOK }, BRAKES);
});

async function aCustomer(given: Settings = settings): Promise<{ world: World; account: string }> {
  const world = aWorld({ settings: given, records: true });
  const account = anAccount(world);
  aContact(world, account, { Email: 'ann@customer.example' });
  await world.sync();
  world.pass(1);
  return { world, account };
}

async function hold({ state: { notes } }: World, on: boolean): Promise<void> {
  const many = { all: false, fields: false, playbook: 'many', channel: null };
  await keepControls(notes, changed(await readControls(notes), many, on));
}

const collections = ({ crm }: World): number => crm.crm.usage().calls.collections ?? 0;

describe('snapshots', () => {
  it('are made at first, when tier or band changes, and once a month', async () => {
    const { world, account } = await aCustomer();
    const first = formatDay(world.today() - 1);
    expect(recordsOf(world, 'snapshot')).toMatchObject([
      { key: `${account}/${first}`, account, on: first, why: 'first', tier: 'digital', tierBefore: null },
    ]);
    world.crm.tables.update('Account', account, { ARR__c: 500_000 });
    world.pass(90);
    await world.sync();
    const moved = recordsOf(world, 'snapshot');
    expect(moved).toHaveLength(2);
    expect(moved[1]).toMatchObject({ tier: 'high-touch', tierBefore: 'digital', revenue: 500_000 });
    expect(moved[1]?.why).toMatch(/tier/);
    await world.sync();
    expect(recordsOf(world, 'snapshot')).toHaveLength(2);
    world.pass(31);
    await world.sync();
    expect(recordsOf(world, 'snapshot')[2]).toMatchObject({ why: 'monthly', tierBefore: 'high-touch' });
  });

  it('of one day are one record, with what stood before the day', async () => {
    const { world, account } = await aCustomer();
    const first = recordsOf(world, 'snapshot')[0];
    world.pass(90);
    world.crm.tables.update('Account', account, { ARR__c: 500_000 });
    await world.sync();
    world.crm.tables.update('Account', account, { ARR__c: 900_000, Churned__c: true });
    await world.sync();
    expect(recordsOf(world, 'snapshot')).toHaveLength(2);
    expect(recordsOf(world, 'snapshot')[1]).toMatchObject({ tierBefore: first?.tier, tier: 'high-touch' });
  });

  it('that were made without an answer are not made again on the next day', async () => {
    const { world, account } = await aCustomer();
    world.pass(90);
    world.crm.tables.update('Account', account, { ARR__c: 500_000 });
    await world.sync();
    const made = recordsOf(world, 'snapshot').length;
    // As a kill between the answer and its note leaves it.
    const on = formatDay(world.today());
    const before = `${formatDay(world.today() - 91)}|watch|digital||`;
    await world.state.published.set('snapshot', [{ key: account, content: before, day: world.today() }]);
    await world.state.published.set('snapshot-intended', [{ key: account, content: on, day: world.today() }]);
    world.pass(1);
    await world.state.assessments.markChanged([account]);
    await world.sync();
    expect(recordsOf(world, 'snapshot')).toHaveLength(made);
    world.pass(31);
    await world.sync();
    expect(recordsOf(world, 'snapshot')).toHaveLength(made + 1);
  });

  it('are not made by a plan, nor where their object is not installed', async () => {
    const world = aWorld({ settings, records: true });
    anAccount(world);
    const planned = await world.sync(false);
    expect(planned.changes.crmRecords).toBe(1);
    expect(recordsOf(world, 'snapshot')).toEqual([]);
    await world.sync();
    expect(recordsOf(world, 'snapshot')).toHaveLength(1);
    const bare = aWorld({ settings });
    anAccount(bare);
    expect((await bare.sync()).changes.crmRecords).toBe(0);
  });
});

describe('episodes and decisions', () => {
  it('are told once, and again when they go on', async () => {
    const { world, account } = await aCustomer();
    openCases(world, account, 1);
    await world.sync();
    const [episode] = recordsOf(world, 'episode');
    expect(episode).toMatchObject({
      account,
      playbook: 'many',
      label: 'Many cases',
      status: 'running',
      heldOut: false,
    });
    const [decision] = recordsOf(world, 'decision');
    expect(decision).toMatchObject({ account, playbook: 'many', step: 'one', outcome: 'enrolled', count: 1 });
    expect(decision?.contact).toMatch(/^003/);
    expect(decision?.episode).toMatch(/^a0/);
    const before = collections(world);
    await world.sync();
    expect(collections(world)).toBe(before);
    for (let day = 0; day < 20; day += 1) {
      world.pass(1);
      await world.sync();
    }
    expect(recordsOf(world, 'episode')).toMatchObject([{ status: 'ended', endedBy: 'completed' }]);
    expect(recordsOf(world, 'decision').map(({ step }) => step)).toEqual(['one', 'two']);
  });

  it('say so when a later look at the day takes an episode back that did nothing yet', async () => {
    const waits = PLAYBOOK.replace('day: 1,', 'day: 2,');
    const { world, account } = await aCustomer(settingsWith({ many: waits }, BRAKES));
    openCases(world, account, 1);
    await world.sync();
    expect(recordsOf(world, 'episode')).toMatchObject([{ status: 'running' }]);
    for (const { id } of world.crm.tables.rows('Case')) world.crm.tables.remove('Case', id, null);
    await world.sync();
    expect(recordsOf(world, 'episode')).toMatchObject([{ status: 'withdrawn' }]);
  });

  it('count refusals by day, playbook and code, or tell each where that is asked for', async () => {
    const each = settingsWith({ many: PLAYBOOK }, BRAKES, {
      'config/service.yaml': 'records: { refusals: each }',
    });
    for (const [given, wanted] of [
      [settings, [{ account: null, code: 'opted_out_crm', outcome: 'refused', count: 2 }]],
      [
        each,
        [
          { code: 'opted_out_crm', count: 1 },
          { code: 'opted_out_crm', count: 1 },
        ],
      ],
    ] as const) {
      const world = aWorld({ settings: given, records: true });
      const account = anAccount(world);
      for (const name of ['ann', 'bob'])
        aContact(world, account, { Email: `${name}@customer.example`, HasOptedOutOfEmail: true });
      await world.sync();
      world.pass(1);
      openCases(world, account, 1);
      await world.sync();
      expect(recordsOf(world, 'decision')).toMatchObject(wanted);
      await world.sync();
      expect(recordsOf(world, 'decision')).toHaveLength(wanted.length);
    }
  });
});

describe('a day of refusals', () => {
  it('counts nobody any more who was enrolled after all', async () => {
    const { world, account } = await aCustomer();
    openCases(world, account, 1);
    await hold(world, true);
    await world.sync();
    expect(recordsOf(world, 'decision')).toMatchObject([{ code: 'paused', count: 1 }]);
    await hold(world, false);
    await world.sync();
    const counts = recordsOf(world, 'decision').filter(({ code }) => code === 'paused');
    expect(counts).toMatchObject([{ count: 0 }]);
    expect(recordsOf(world, 'decision').filter(({ outcome }) => outcome === 'enrolled')).toHaveLength(1);
  });
});

describe('the run', () => {
  it('leaves a record when it changed something, and one a day when it did not', async () => {
    const { world } = await aCustomer();
    expect(recordsOf(world, 'run')).toMatchObject([{ key: 'run-1', status: 'done', errors: 0 }]);
    await world.sync();
    await world.sync();
    expect(recordsOf(world, 'run').map(({ key }) => key)).toEqual(['run-1', 'run-2']);
  });
});
