import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Settings } from '../../src/ports/settings.js';
import { settingsWith } from '../support/world/settings.js';
import {
  decisions,
  doings,
  eachDay,
  endings,
  entryFor,
  hold,
  isInList,
} from '../support/world/what-happened.js';
import { aContact, anAccount, aWorld, openCases, type World } from '../support/world/world.js';

const ANN = 'ann@customer.example';
const NEW = 'ann.new@customer.example';

const step = (id: string, day: number, more = ''): string =>
  `  - { id: ${id}, day: ${day}, channel: hubspot-list, target: ${id}, lateBy: 6${more} }\n`;

const playbook = (priority: number, when: string, steps: string): string => `
label: Playbook of priority ${priority}
priority: ${priority}
trigger: { when: "${when}", reenter: { afterDays: 60 }, onFirstSight: fire }
audience: { roles: [user, other], maxPersons: 2 }
steps:
${steps}holdout: 0 %
`;

let welcome: Settings;
let two: Settings;
beforeAll(() => {
  const brakes = 'brakes: { share: 100 %, missing: 100 % }';
  welcome = settingsWith(
    { welcome: playbook(50, 'cases.openedLast90 > 0', step('one', 1) + step('two', 3)) },
    brakes,
  );
  two = settingsWith(
    {
      low: playbook(
        10,
        'cases.openedLast90 > 0',
        step('low-one', 1, ', touches: { count: 2, days: 5 }') + step('low-two', 3),
      ),
      high: playbook(90, 'cases.openedLast90 > 2', step('high-one', 1)),
    },
    `${brakes}\ncaps: { person: { touches: 3, days: 7 } }`,
  );
});

/** An account with a case, and one person in it. */
function aCustomer(settings: Settings, cases = 1): { world: World; account: string; contact: string } {
  const world = aWorld({ settings });
  const account = anAccount(world);
  const contact = aContact(world, account, { Email: ANN });
  openCases(world, account, cases);
  return { world, account, contact };
}

describe('somebody who opted out on another contact', () => {
  it('is not written to, whatever account that contact is in', async () => {
    const { world, account } = aCustomer(welcome);
    aContact(world, anAccount(world), { Email: ` ${ANN.toUpperCase()}`, HasOptedOutOfEmail: true });
    await world.sync();
    expect(world.deeds).toEqual([]);
    expect(await decisions(world, account)).toEqual(['welcome/one refused opted_out_crm']);
  });

  it('is not written to any more when it happens between two steps', async () => {
    const { world, account } = aCustomer(welcome);
    const other = aContact(world, anAccount(world), { Email: ANN });
    const first = world.today();
    await world.sync();
    world.crm.tables.update('Contact', other, { HasOptedOutOfEmail: true });
    world.pass(2);
    await world.sync();
    expect(doings(world, first)).toEqual(['one +0']);
    expect((await entryFor(world, account, 'two')).code).toBe('opted_out_crm');
  });
});

describe('somebody whose address changes', () => {
  it('does not get the same step again, and gets the next one', async () => {
    const { world, contact, account } = aCustomer(welcome);
    const first = world.today();
    await world.sync();
    world.crm.tables.update('Contact', contact, { Email: NEW });
    await world.sync();
    await eachDay(world, 5);
    expect(doings(world, first)).toEqual(['one +0', 'two +2']);
    // Not even asked for: a channel that can't tell would have done it again.
    expect(await decisions(world, account)).toEqual(['welcome/one enrolled', 'welcome/two enrolled']);
  });

  it('keeps what their caps have counted', async () => {
    const { world, contact, account } = aCustomer(two, 1);
    // Two touches of the one enrolment, and the third of the other.
    await eachDay(world, 3);
    world.crm.tables.update('Contact', contact, { Email: NEW });
    openCases(world, account, 2);
    await world.sync();
    expect(await entryFor(world, account, 'high-one')).toMatchObject({
      status: 'deferred',
      code: 'recently_contacted',
    });
  });

  it('keeps the gap to a step that was late', async () => {
    const { world, contact } = aCustomer(welcome);
    const first = world.today();
    await hold(world, { all: true }, true);
    await world.sync();
    world.pass(2);
    await hold(world, { all: true }, false);
    await world.sync();
    world.crm.tables.update('Contact', contact, { Email: NEW });
    await eachDay(world, 4);
    expect(doings(world, first)).toEqual(['one +2', 'two +4']);
  });

  it('after a reply gets no further automated step, and no second answer is asked for', async () => {
    const { world, contact } = aCustomer(welcome);
    const first = world.today();
    await world.sync();
    world.hubspot.engage('1', 'replied');
    world.pass(1);
    await world.sync();
    world.crm.tables.update('Contact', contact, { Email: NEW });
    await eachDay(world, 5);
    expect(doings(world, first)).toEqual(['one +0', 'Answer the customer’s reply +1']);
  });

  it('counts as the one who opted out under the old address', async () => {
    const { world, contact } = aCustomer(welcome);
    const first = world.today();
    world.crm.tables.update('Contact', contact, { HasOptedOutOfEmail: true });
    await world.sync();
    world.crm.tables.update('Contact', contact, { Email: NEW, HasOptedOutOfEmail: false });
    world.pass(1);
    await world.sync();
    expect(doings(world, first)).toEqual([]);
  });
});

describe('an address that several contacts share', () => {
  it('is one person: one mail, and one count against the cap', async () => {
    const { world, account } = aCustomer(welcome);
    aContact(world, account, { Email: ANN });
    const elsewhere = anAccount(world);
    aContact(world, elsewhere, { Email: ANN });
    const first = world.today();
    await eachDay(world, 3);
    openCases(world, elsewhere, 1);
    await eachDay(world, 4);
    expect(doings(world, first)).toEqual(['one +0', 'two +2']);
    expect(await decisions(world, elsewhere)).toEqual(['welcome/one refused cooldown']);
  });

  it('is in one episode of a playbook at a time', async () => {
    const { world } = aCustomer(welcome);
    const elsewhere = anAccount(world);
    aContact(world, elsewhere, { Email: ANN });
    openCases(world, elsewhere, 1);
    const first = world.today();
    await eachDay(world, 5);
    expect(doings(world, first)).toEqual(['one +0', 'two +2']);
    expect(await decisions(world, elsewhere)).toEqual(['welcome/one refused duplicate_person']);
  });
});

describe('two playbooks that want the same person', () => {
  it('on the same day: the higher has them, and the lower turns them away for good', async () => {
    const { world, account } = aCustomer(two, 3);
    const first = world.today();
    await eachDay(world, 5);
    expect(doings(world, first)).toEqual(['high-one +0']);
    expect(await decisions(world, account)).toEqual(
      expect.arrayContaining(['low/low-one refused active_elsewhere', 'high/high-one enrolled']),
    );
  });

  it('one after the other: the higher takes them over, out of the list of the lower, whose later steps do not come', async () => {
    const { world, account } = aCustomer(two, 1);
    const first = world.today();
    await world.sync();
    expect(await isInList(world, ANN, 'low-one')).toBe(true);
    world.pass(1);
    openCases(world, account, 2);
    await world.sync();
    expect(await isInList(world, ANN, 'low-one')).toBe(false);
    expect(await isInList(world, ANN, 'high-one')).toBe(true);
    await eachDay(world, 25);
    expect(doings(world, first)).toEqual(['low-one +0', 'high-one +1']);
    expect((await entryFor(world, account, 'low-one')).leftBy).toBe('outranked');
    expect(await endings(world, account, first)).toContainEqual({
      playbook: 'low',
      ended: expect.stringContaining('completed'),
    });
  });
});
