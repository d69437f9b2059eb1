import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Settings } from '../../src/ports/settings.js';
import { settingsWith } from '../support/world/settings.js';
import { closeTasks, decisions, doings, eachDay, endings, entryFor } from '../support/world/what-happened.js';
import { aContact, anAccount, aWorld, openCases, type World } from '../support/world/world.js';

const ANN = 'ann@customer.example';
const BOB = 'bob@customer.example';

const WELCOME = `
label: Welcome
priority: 50
trigger: { when: cases.openedLast90 > 0, reenter: { afterDays: 30 } }
audience: { roles: [user, other], maxPersons: 1 }
steps:
  - { id: one, day: 1, channel: hubspot-list, target: one, lateBy: 2 }
  - { id: two, day: 3, channel: hubspot-list, target: two, lateBy: 2 }
  - id: call
    day: 4
    lateBy: 2
    task: { subject: Call, description: Ask, kind: call, owner: csm, dueIn: 1, priority: high }
holdout: 0 %
`;

let settings: Settings;
beforeAll(() => {
  settings = settingsWith({ welcome: WELCOME }, 'brakes: { share: 100 %, missing: 100 % }');
});

interface Customer {
  readonly account: string;
  readonly contact: string;
}

function aCustomer(world: World, email: string): Customer {
  const account = anAccount(world);
  return { account, contact: aContact(world, account, { Email: email }) };
}

/** As Salesforce merges accounts: what belonged to the loser belongs to the winner. */
function mergeAccounts({ crm: { tables } }: World, loser: string, winner: string): void {
  for (const object of ['Contact', 'Case']) {
    const own = tables.rows(object).filter(({ deleted, values }) => !deleted && values.AccountId === loser);
    for (const { id } of own) tables.update(object, id, { AccountId: winner });
  }
  tables.remove('Account', loser, winner);
}

/** One account that has been read; nothing is asked of it yet. */
async function twoContacts() {
  const world = aWorld({ settings });
  const { account, contact: winner } = aCustomer(world, ANN);
  const loser = aContact(world, account, { Email: BOB, Role__c: 'other' });
  await world.sync();
  world.pass(1);
  return { world, account, winner, loser };
}

describe('a contact merged into another', () => {
  it('passes its opt-out on', async () => {
    const { world, account, winner, loser } = await twoContacts();
    world.crm.tables.update('Contact', loser, { HasOptedOutOfEmail: true });
    await world.sync();
    world.crm.tables.remove('Contact', loser, winner);
    openCases(world, account, 1);
    await world.sync();
    expect(world.deeds).toEqual([]);
    expect((await entryFor(world, account, 'one')).code).toBe('opted_out_crm');
  });

  it('passes its opt-out on when that happened since the last run', async () => {
    const { world, account, winner, loser } = await twoContacts();
    world.crm.tables.update('Contact', loser, { HasOptedOutOfEmail: true });
    world.crm.tables.remove('Contact', loser, winner);
    openCases(world, account, 1);
    await world.sync();
    expect(world.deeds).toEqual([]);
  });

  it('passes its opt-out on when it was made since the last run, too', async () => {
    const { world, account, winner, loser } = await twoContacts();
    world.crm.tables.remove('Contact', loser, null);
    const brief = aContact(world, account, { Email: 'brief@customer.example', HasOptedOutOfEmail: true });
    world.crm.tables.remove('Contact', brief, winner);
    openCases(world, account, 1);
    await world.sync();
    expect(world.deeds).toEqual([]);
  });

  it('passes its opt-out on between two steps', async () => {
    const { world, account, winner, loser } = await twoContacts();
    const first = world.today();
    openCases(world, account, 1);
    await world.sync();
    world.crm.tables.update('Contact', loser, { HasOptedOutOfEmail: true });
    world.crm.tables.remove('Contact', loser, winner);
    world.pass(2);
    await world.sync();
    expect(doings(world, first)).toEqual(['one +0']);
    expect((await entryFor(world, account, 'two')).code).toBe('opted_out_crm');
  });

  it('passes on what it was sent: the winner gets no step a second time', async () => {
    const { world, account, winner, loser } = await twoContacts();
    const first = world.today();
    openCases(world, account, 1);
    await world.sync();
    expect(world.deeds.map(({ contact }) => contact)).toEqual([winner]);
    // The one that was written to goes, the other stays.
    world.crm.tables.remove('Contact', winner, loser);
    await eachDay(world, 12);
    const messages = doings(world, first).filter((what) => !what.startsWith('Call'));
    expect(messages).toHaveLength(new Set(messages.map((what) => what.split(' ')[0])).size);
  });
});

describe('an account merged into another', () => {
  it('goes on there where it was, and starts nothing again', async () => {
    const world = aWorld({ settings });
    const [ann, bob] = [aCustomer(world, ANN), aCustomer(world, BOB)];
    await world.sync();
    world.pass(1);
    const first = world.today();
    openCases(world, ann.account, 1);
    await world.sync();
    world.pass(1);
    mergeAccounts(world, ann.account, bob.account);
    await eachDay(world, 4);
    closeTasks(world);
    await eachDay(world, 40);
    expect(doings(world, first)).toEqual(['one +0', 'two +2', 'Call +3']);
    expect(new Set(world.deeds.map(({ contact }) => contact))).toEqual(new Set([ann.contact, null]));
  });

  it('brings its rest along: the winner is not started again before it is over', async () => {
    const world = aWorld({ settings });
    const [ann, bob] = [aCustomer(world, ANN), aCustomer(world, BOB)];
    await world.sync();
    world.pass(1);
    const first = world.today();
    const cases = openCases(world, ann.account, 1);
    await eachDay(world, 4);
    closeTasks(world);
    await eachDay(world, 10);
    for (const id of cases) world.crm.tables.remove('Case', id, null);
    mergeAccounts(world, ann.account, bob.account);
    await eachDay(world, 2);
    openCases(world, bob.account, 1);
    await eachDay(world, 2);
    expect(doings(world, first).filter((what) => what.startsWith('one'))).toEqual(['one +0']);
    expect(await decisions(world, bob.account)).toContain('welcome/one refused cooldown');
  });

  it('into one where the same playbook runs: nothing that was done for either is done again', async () => {
    const world = aWorld({ settings });
    const [ann, bob] = [aCustomer(world, ANN), aCustomer(world, BOB)];
    await world.sync();
    world.pass(1);
    const first = world.today();
    openCases(world, ann.account, 1);
    await world.sync();
    world.pass(1);
    openCases(world, bob.account, 1);
    await world.sync();
    world.pass(1);
    mergeAccounts(world, ann.account, bob.account);
    await eachDay(world, 5);
    closeTasks(world);
    await eachDay(world, 40);
    // The episode that began last goes on.
    expect(doings(world, first)).toEqual(['one +0', 'one +1', 'two +3', 'Call +4']);
    expect(await endings(world, bob.account, first)).toEqual([
      { playbook: 'welcome', ended: expect.stringContaining('stopped') },
      { playbook: 'welcome', ended: expect.stringContaining('completed') },
    ]);
  });
});
