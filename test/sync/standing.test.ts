import { beforeAll, describe, expect, it } from '@jest/globals';
import { IntegrationError } from '../../src/ports/errors.js';
import type { Settings } from '../../src/ports/settings.js';
import { MAPPING } from '../support/world/objects.js';
import { settingsWith } from '../support/world/settings.js';
import { decisions, doings, eachDay, endings, entryFor, isInList } from '../support/world/what-happened.js';
import { aContact, anAccount, aWorld, openCases, type World } from '../support/world/world.js';

const ANN = 'ann@customer.example';
const BRAKES = 'brakes: { share: 100 %, missing: 100 % }';

const playbook = (trigger: string, lateBy = 2): string => `
label: Playbook
priority: 50
trigger: { ${trigger} }
audience: { roles: [user], maxPersons: 1 }
steps:
  - { id: one, day: 1, channel: hubspot-list, target: one, lateBy: ${lateBy} }
  - { id: two, day: 3, channel: hubspot-list, target: two, lateBy: ${lateBy} }
holdout: 0 %
`;

const BY_CASES = playbook('when: cases.openedLast90 > 0, reenter: { afterDays: 30 }');

let settings: Settings;
beforeAll(() => {
  settings = settingsWith({ help: BY_CASES }, BRAKES);
});

/** An account with one contact that a run has seen the day before. */
async function aCustomer(given: Settings, values: Readonly<Record<string, string | number>> = {}) {
  const world = aWorld({ settings: given });
  const account = anAccount(world, values);
  const contact = aContact(world, account, { Email: ANN });
  await world.sync();
  world.pass(1);
  return { world, account, contact, first: world.today() };
}

function removeCases({ crm: { tables } }: World): void {
  for (const { id } of tables.rows('Case')) tables.remove('Case', id, null);
}

describe('an episode that wrote to somebody', () => {
  it('stands, though what began it is gone an hour later', async () => {
    const { world, account, first } = await aCustomer(settings);
    openCases(world, account, 1);
    await world.sync();
    removeCases(world);
    await eachDay(world, 4);
    expect(doings(world, first)).toEqual(['one +0', 'two +2']);
    expect(await endings(world, account, first)).toHaveLength(1);
  });

  it('is forgotten when it was only planned', async () => {
    const { world, account, first } = await aCustomer(settings);
    openCases(world, account, 1);
    await world.sync(false);
    removeCases(world);
    await eachDay(world, 4);
    expect(doings(world, first)).toEqual([]);
  });

  it('ends with the person it is about, who leaves the list', async () => {
    const about = playbook('per: person, when: \'contact.role == "user"\', reenter: never');
    const { world, account, contact, first } = await aCustomer(settingsWith({ about }, BRAKES));
    const bob = aContact(world, account, { Email: 'bob@customer.example' });
    await eachDay(world, 1);
    expect(doings(world, first)).toEqual(['one +0']);
    expect(await isInList(world, 'bob@customer.example', 'one')).toBe(true);
    world.crm.tables.remove('Contact', bob, null);
    await eachDay(world, 4);
    expect(await endings(world, account, first)).toEqual([{ playbook: 'about', ended: 'subject-gone +1' }]);
    expect(await isInList(world, 'bob@customer.example', 'one')).toBe(false);
    expect(doings(world, first)).toEqual(['one +0']);
    expect(contact).not.toBe(bob);
  });
});

describe('an attribute that is mapped later', () => {
  const LOCKED = playbook('when: payments.daysOverdue > 5, reenter: always, fireWithin: 400').concat(
    'ignore: [payment_overdue]\n',
  );
  const mapped = MAPPING.replace('churned: Churned__c', 'churned: Churned__c, daysOverdue: Days_Overdue__c');

  it('starts nothing of what it shows; the next change does', async () => {
    const without = settingsWith({ overdue: LOCKED }, BRAKES);
    const { world, account } = await aCustomer(without, { Days_Overdue__c: 40 });
    const after = world.with(
      settingsWith({ overdue: LOCKED }, BRAKES, { 'mappings/salesforce.yaml': mapped }),
    );
    await eachDay(after, 2);
    expect(world.deeds).toEqual([]);
    world.crm.tables.update('Account', account, { Days_Overdue__c: 0 });
    await eachDay(after, 1);
    world.crm.tables.update('Account', account, { Days_Overdue__c: 9 });
    const first = world.today();
    await eachDay(after, 1);
    expect(doings(world, first)).toEqual(['one +0']);
  });
});

describe('an edge that is seen too late', () => {
  it('is written down as refused', async () => {
    const late = playbook('when: cases.openedLast90 > 0, edge: cases.lastOpenedOn, fireWithin: 3');
    const { world, account } = await aCustomer(settingsWith({ late }, BRAKES));
    openCases(world, account, 1);
    world.pass(10);
    await eachDay(world, 3);
    expect(world.deeds).toEqual([]);
    expect(await decisions(world, account)).toEqual(['late/one refused expired']);
    expect((await entryFor(world, account, 'one')).evidence).toMatch(/more than 3 days before it was seen/);
  });
});

describe('a marketing tool that is down', () => {
  const down = (): never => {
    const message = 'HubSpot does not answer.';
    const actions = ['Run again later.'];
    const fields = { kind: 'Transient', code: 'HUBSPOT_DOWN', message, actions } as const;
    throw new IntegrationError({ ...fields, retryable: true, provider: 'hubspot', operation: 'consent' });
  };

  it('keeps nobody’s score waiting, and enrols nobody until it is back', async () => {
    const { world, account, first } = await aCustomer(settings);
    openCases(world, account, 1);
    const other = anAccount(world);
    world.beforeConsent(down);
    expect(await world.sync()).toMatchObject({
      status: 'paused',
      pausedBecause: expect.stringContaining('HubSpot'),
    });
    const written = world.crm.tables.rows('Account').find(({ id }) => id === other)?.values;
    expect(written?.Truenorth_Tier__c).toEqual(expect.any(String));
    expect(world.deeds).toEqual([]);
    world.beforeConsent(() => {});
    await world.sync();
    expect(doings(world, first)).toEqual(['one +0']);
  });
});

describe('an enrolment of which no answer ever came', () => {
  it('stays unclear, is said so, and is not sent again', async () => {
    const once = playbook('when: cases.openedLast90 > 0, reenter: never', 0);
    const { world, account, first } = await aCustomer(settingsWith({ once }, BRAKES));
    openCases(world, account, 1);
    world.strike('unsent');
    await eachDay(world, 40);
    expect(doings(world, first)).toEqual(['two +2']);
    expect(await entryFor(world, account, 'one')).toMatchObject({
      status: 'unclear',
      evidence: expect.stringContaining('no answer came'),
    });
  });
});
