import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Settings } from '../../src/ports/settings.js';
import { settingsWith } from '../support/world/settings.js';
import {
  doings,
  eachDay,
  endings,
  entryFor,
  hold,
  isInList,
  NOTHING,
  stop,
} from '../support/world/what-happened.js';
import { aContact, anAccount, aWorld, openCases, type World } from '../support/world/world.js';

const ANN = 'ann@customer.example';

const WELCOME = `
label: Welcome
priority: 50
trigger: { when: cases.openedLast90 > 0, reenter: never, onFirstSight: fire }
audience: { roles: [user], maxPersons: 1 }
steps:
  - { id: one, day: 1, channel: hubspot-list, target: one, lateBy: 3 }
  - { id: two, day: 3, channel: hubspot-list, target: two, lateBy: 3 }
  - id: call
    day: 4
    lateBy: 3
    task: { subject: Call, description: Ask, kind: call, owner: csm, dueIn: 1, priority: high }
holdout: 0 %
`;

const EVERY_DAY =
  'calendar: { businessDays: [sunday, monday, tuesday, wednesday, thursday, friday, saturday] }';
const BRAKES = 'brakes: { share: 100 %, missing: 100 % }';

let settings: Settings;
let off: Settings;
beforeAll(() => {
  settings = settingsWith({ welcome: WELCOME }, `${BRAKES}\n${EVERY_DAY}`);
  off = settingsWith({ welcome: WELCOME }, `${BRAKES}\n${EVERY_DAY}\nenabled: false`);
});

function aCustomer(): { world: World; account: string; first: number } {
  const world = aWorld({ settings });
  const account = anAccount(world);
  aContact(world, account, { Email: ANN });
  openCases(world, account, 1);
  return { world, account, first: world.today() };
}

describe.each([
  ['everything', { all: true }],
  ['the playbook', { playbook: 'welcome' }],
  ['the channel', { channel: 'hubspot-list' }],
])('a pause of %s', (_, what) => {
  it('puts a step off with its reason, and the very next run after it sends', async () => {
    const { world, account, first } = aCustomer();
    await hold(world, what, true);
    await world.sync();
    expect(await entryFor(world, account, 'one')).toMatchObject({ status: 'deferred', code: 'paused' });
    expect(world.deeds).toEqual([]);
    await hold(world, what, false);
    await world.sync();
    expect(doings(world, first)).toEqual(['one +0']);
    expect((await world.sync()).changes).toEqual(NOTHING);
  });
});

describe('a pause of something else', () => {
  it('holds back nothing', async () => {
    const { world, first } = aCustomer();
    await hold(world, { playbook: 'other' }, true);
    await hold(world, { channel: 'hubspot-sequence' }, true);
    await world.sync();
    expect(doings(world, first)).toEqual(['one +0']);
  });

  it('of the channel of tasks holds back tasks, and mails go on', async () => {
    const { world, account, first } = aCustomer();
    await hold(world, { channel: 'salesforce-task' }, true);
    await eachDay(world, 5);
    expect(doings(world, first)).toEqual(['one +0', 'two +2']);
    expect((await entryFor(world, account, 'call')).code).toBe('paused');
    await hold(world, { channel: 'salesforce-task' }, false);
    await world.sync();
    expect(doings(world, first)).toEqual(['one +0', 'two +2', 'Call +5']);
  });
});

describe('`enabled: false`', () => {
  it('stops all that is sent until it is taken back, and scores go on', async () => {
    const { world, account } = aCustomer();
    const report = await world.with(off).sync();
    expect(report.changes).toMatchObject({ enrolments: 0, tasks: 0 });
    expect(report.changes.fields).toBeGreaterThan(0);
    expect(await entryFor(world, account, 'one')).toMatchObject({ status: 'deferred', code: 'paused' });
    await world.sync();
    expect(world.deeds).toHaveLength(1);
  });
});

describe('the kill switch while an episode runs', () => {
  it('loses nothing: steps that may still be late go out when it is lifted', async () => {
    const { world, first } = aCustomer();
    await world.sync();
    world.pass(1);
    await hold(world, { all: true }, true);
    await eachDay(world, 3);
    expect(doings(world, first)).toEqual(['one +0']);
    await hold(world, { all: true }, false);
    await eachDay(world, 4);
    expect(doings(world, first)).toEqual(['one +0', 'two +4', 'Call +5']);
  });

  it('leaves nothing in silence: steps whose time runs out meanwhile are refused as expired', async () => {
    const { world, account, first } = aCustomer();
    await world.sync();
    world.pass(1);
    await hold(world, { all: true }, true);
    await eachDay(world, 20);
    await hold(world, { all: true }, false);
    await eachDay(world, 3);
    expect(doings(world, first)).toEqual(['one +0']);
    for (const step of ['two', 'call']) {
      const { status, code, evidence } = await entryFor(world, account, step);
      expect([status, code]).toEqual(['refused', 'expired']);
      expect(evidence).toContain('paused stood against it');
    }
  });

  it('takes people out all the same: an exit is no message', async () => {
    const { world, account } = aCustomer();
    await world.sync();
    await hold(world, { all: true }, true);
    world.crm.tables.update('Account', account, { Churned__c: true });
    world.pass(1);
    await world.sync();
    expect(await isInList(world, ANN, 'one')).toBe(false);
  });
});

describe('what somebody stops by hand', () => {
  it.each(['episode', 'account'])(
    'ends with the next run, by its %s: out of its lists, and no later step',
    async (by) => {
      const { world, account, first } = aCustomer();
      await world.sync();
      const [episode] = await world.state.episodes.ofAccount(account);
      await stop(world, account, by === 'account' ? account : (episode?.id ?? ''));
      expect(await isInList(world, ANN, 'one')).toBe(true);
      expect((await world.sync()).changes).toMatchObject({ leaves: 1 });
      expect(await isInList(world, ANN, 'one')).toBe(false);
      expect((await entryFor(world, account, 'one')).leftBy).toBe('stopped');
      expect(await endings(world, account, first)).toEqual([{ playbook: 'welcome', ended: 'stopped +0' }]);
      expect((await world.sync()).changes).toEqual(NOTHING);
      world.pass(1);
      await eachDay(world, 10);
      expect(doings(world, first)).toEqual(['one +0']);
    },
  );

  it('does not start again while the account stays stopped', async () => {
    const { world, account } = aCustomer();
    await stop(world, account, account);
    await eachDay(world, 10);
    expect(world.deeds).toEqual([]);
  });
});
