import { beforeAll, describe, expect, it } from '@jest/globals';
import { memoryChannel } from '../../src/adapters/channel/memory/index.js';
import type { Settings } from '../../src/ports/settings.js';
import { MAPPING } from '../support/world/objects.js';
import { settingsWith } from '../support/world/settings.js';
import { doings, eachDay, entryFor, NOTHING, syncWith } from '../support/world/what-happened.js';
import { aContact, anAccount, aWorld, openCases, type World } from '../support/world/world.js';

const ANN = 'ann@customer.example';
const BRAKES = 'brakes: { share: 100 %, missing: 100 % }';
const EVERY_DAY = 'businessDays: [sunday, monday, tuesday, wednesday, thursday, friday, saturday]';

const playbook = (priority: number, step: string, cases = '1'): string => `
label: Playbook of priority ${priority}
priority: ${priority}
trigger: { when: cases.openedLast90 >= ${cases}, reenter: never, onFirstSight: fire }
audience: { roles: [user], maxPersons: 5 }
steps: [{ id: only, day: 1, lateBy: 20, ${step} }]
holdout: 0 %
`;
const BY_LIST = 'channel: hubspot-list, target: L';
const BY_SEQUENCE = 'channel: hubspot-sequence, target: S, touches: { count: 2, days: 3 }';
const BY_CAMPAIGN = 'channel: salesforce-campaign, target: C';

/** With a contact's own time zone mapped. */
const ZONED = {
  'mappings/salesforce.yaml': MAPPING.replace('role: Role__c,', 'role: Role__c, timeZone: Time_Zone__c,'),
};

function withRules(playbooks: Readonly<Record<string, string>>, rules: string): Settings {
  return settingsWith(playbooks, `${BRAKES}\n${rules}`, ZONED);
}

const LIST = { list: playbook(50, BY_LIST) };
let usual: Settings;
let everyDay: Settings;
beforeAll(() => {
  usual = withRules(LIST, '');
  everyDay = withRules(LIST, `calendar: { ${EVERY_DAY} }`);
});

interface Start {
  readonly settings: Settings;
  readonly now?: string;
}

function aStart({ settings, now = '2026-03-02T10:00:00Z' }: Start): World {
  return aWorld({ settings, sequences: ['S'], now: Date.parse(now) });
}

function aCustomer(world: World, email = ANN, values: Readonly<Record<string, string>> = {}): string {
  const account = anAccount(world);
  aContact(world, account, { Email: email, ...values });
  openCases(world, account, 1);
  return account;
}

describe('two touches of a person in seven days', () => {
  it('count all channels together: list, sequence with its mails, campaign', async () => {
    const world = aStart({
      settings: withRules(
        { a: playbook(90, BY_LIST), b: playbook(80, BY_SEQUENCE, '2'), c: playbook(70, BY_CAMPAIGN, '3') },
        `calendar: { ${EVERY_DAY} }`,
      ),
    });
    const campaign = memoryChannel({ id: 'salesforce-campaign' });
    const account = aCustomer(world);
    const first = world.today();
    const days = [];
    for (let day = 0; day < 16; day += 1) {
      await syncWith(world, { channels: [campaign] });
      if (campaign.count('C') > 0) days.push(day);
      if (day < 2) openCases(world, account, 1);
      world.pass(1);
    }
    // The list on day 0; the campaign fits on 2; the sequence, which writes on its 1st and 3rd day, then on 7 and 9.
    expect(doings(world, first)).toEqual(['L +0', 'S +7']);
    expect(days[0]).toBe(2);
  });

  it('count marketing’s own mails', async () => {
    const world = aStart({
      settings: withRules(
        { a: playbook(90, BY_LIST), b: playbook(80, 'channel: hubspot-list, target: M', '2') },
        `calendar: { ${EVERY_DAY} }`,
      ),
    });
    const account = aCustomer(world);
    const first = world.today();
    await world.sync();
    world.pass(3);
    world.hubspot.engage('1', 'mailed');
    openCases(world, account, 1);
    await eachDay(world, 9);
    // 0 ours, 3 marketing's: the next fits when the first has passed out of the seven days.
    expect(doings(world, first)).toEqual(['L +0', 'M +7']);
  });

  it('a mail of marketing that our own enrolment explains does not count twice', async () => {
    const world = aStart({
      settings: withRules(
        { a: playbook(90, BY_LIST), b: playbook(80, 'channel: hubspot-list, target: M', '2') },
        `calendar: { ${EVERY_DAY} }`,
      ),
    });
    const account = aCustomer(world);
    const first = world.today();
    await world.sync();
    world.hubspot.engage('1', 'mailed');
    world.pass(1);
    openCases(world, account, 1);
    await world.sync();
    expect(doings(world, first)).toEqual(['L +0', 'M +1']);
  });
});

describe('the cap of an account', () => {
  it('puts off whoever is one too many, until the window has passed', async () => {
    const world = aStart({
      settings: withRules(LIST, `caps: { account: { touches: 2, days: 3 } }\ncalendar: { ${EVERY_DAY} }`),
    });
    const account = aCustomer(world);
    for (const name of ['bob', 'cat']) aContact(world, account, { Email: `${name}@customer.example` });
    const first = world.today();
    await eachDay(world, 5);
    expect(doings(world, first)).toEqual(['L +0', 'L +0', 'L +3']);
  });
});

describe('messages in one name', () => {
  it('are no more than the sender’s number a day; the rest wait for the next business day', async () => {
    const world = aStart({
      settings: withRules({ b: playbook(80, BY_SEQUENCE) }, 'caps: { senderPerDay: 2 }'),
      now: '2026-03-06T10:00:00Z',
    });
    const accounts = ['ann', 'bob', 'cat'].map((name) => aCustomer(world, `${name}@customer.example`));
    const first = world.today();
    await world.sync();
    expect((await world.sync()).changes).toEqual(NOTHING);
    const waits = await Promise.all(accounts.map((account) => entryFor(world, account, 'only')));
    const deferred = waits.filter(({ status }) => status === 'deferred');
    expect(deferred).toMatchObject([{ code: 'sender_cap', tryOn: first + 3 }]);
    world.pass(1);
    await eachDay(world, 4);
    // Friday, and Monday.
    expect(doings(world, first)).toEqual(['S +0', 'S +0', 'S +3']);
  });
});

describe('the calendar', () => {
  const sentOn = async (start: Start, days: number, zone?: string): Promise<readonly string[]> => {
    const world = aStart(start);
    aCustomer(world, ANN, zone === undefined ? {} : { Time_Zone__c: zone });
    const first = world.today();
    await eachDay(world, days);
    return doings(world, first);
  };

  it('sends on no weekend', async () => {
    expect(await sentOn({ settings: usual, now: '2026-03-07T10:00:00Z' }, 4)).toEqual(['L +2']);
    expect(await sentOn({ settings: everyDay, now: '2026-03-07T10:00:00Z' }, 4)).toEqual(['L +0']);
  });

  it('sends on no holiday', async () => {
    const settings = withRules(LIST, 'calendar: { holidays: [2026-03-02, 2026-03-03] }');
    expect(await sentOn({ settings }, 4)).toEqual(['L +2']);
  });

  it('knows the day it is for the person', async () => {
    // Friday noon in UTC is Saturday in Kiribati.
    const now = '2026-03-06T12:00:00Z';
    expect(await sentOn({ settings: usual, now }, 4, 'Europe/Berlin')).toEqual(['L +0']);
    expect(await sentOn({ settings: usual, now }, 4, 'Pacific/Kiritimati')).toEqual(['L +3']);
  });

  it('sends in the hours of the person: a later run of the same day finds the window open', async () => {
    const settings = withRules(LIST, 'calendar: { hours: 8:00-18:00 }');
    const world = aStart({ settings });
    const account = aCustomer(world, ANN, { Time_Zone__c: 'America/Los_Angeles' });
    const here = aCustomer(world, 'bob@customer.example', { Time_Zone__c: 'Europe/Berlin' });
    await world.sync();
    expect(world.deeds).toHaveLength(1);
    expect((await entryFor(world, here, 'only')).status).toBe('enrolled');
    expect(await entryFor(world, account, 'only')).toMatchObject({
      code: 'outside_window',
      tryOn: world.today(),
    });
    // 09:00 in Los Angeles.
    world.pass(7 / 24);
    await world.sync();
    expect(world.deeds).toHaveLength(2);
  });
});
