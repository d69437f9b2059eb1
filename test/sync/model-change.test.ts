import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Settings } from '../../src/ports/settings.js';
import { healthByCases } from '../support/world/health.js';
import { settingsWith } from '../support/world/settings.js';
import { doings, eachDay } from '../support/world/what-happened.js';
import { aContact, anAccount, aWorld, openCases, type World } from '../support/world/world.js';

const BRAKES = 'brakes: { share: 100 %, missing: 100 % }';

const playbook = (name: string, when: string): string => `
label: Playbook
priority: 50
trigger: { when: '${when}', reenter: always, onFirstSight: fire }
audience: { roles: [user], maxPersons: 1 }
steps:
  - { id: one, day: 1, channel: hubspot-list, target: ${name}-one }
  - { id: two, day: 3, channel: hubspot-list, target: ${name}-two }
holdout: 0 %
`;

const RISK = { risk: playbook('risk', 'health.band == "risk"') };
const withHealth = (from: number): Settings =>
  settingsWith(RISK, BRAKES, { 'config/health.yaml': healthByCases(from) });

let lenient: Settings;
let strict: Settings;
beforeAll(() => {
  lenient = withHealth(10);
  strict = withHealth(4);
});

function aCustomer(world: World, name: string): string {
  const account = anAccount(world);
  aContact(world, account, { Email: `${name}@customer.example` });
  return account;
}

function closeCases({ crm: { tables } }: World): void {
  for (const { id } of tables.rows('Case')) tables.update('Case', id, { IsClosed: true });
}

const bandOf = ({ crm }: World): unknown => crm.tables.rows('Account')[0]?.values.Truenorth_Band__c;

describe('a new health model', () => {
  it('that puts accounts into risk starts nothing; the next real change does', async () => {
    const world = aWorld({ settings: lenient });
    const account = aCustomer(world, 'ann');
    openCases(world, account, 3);
    await eachDay(world, 2);
    expect(bandOf(world)).toBe('healthy');
    const after = world.with(strict);
    await eachDay(after, 5);
    expect(bandOf(world)).toBe('risk');
    expect(world.deeds).toEqual([]);
    closeCases(world);
    await eachDay(after, 2);
    openCases(world, account, 4);
    const first = world.today();
    await after.sync();
    expect(doings(world, first)).toEqual(['risk-one +0']);
  });

  it('lets an episode that runs go on, and does not start it again', async () => {
    const world = aWorld({ settings: lenient });
    const account = aCustomer(world, 'ann');
    await eachDay(world, 1);
    openCases(world, account, 8);
    const first = world.today();
    await eachDay(world, 1);
    await eachDay(world.with(strict), 10);
    expect(doings(world, first)).toEqual(['risk-one +0', 'risk-two +2']);
  });
});

describe('a changed playbook file', () => {
  const [before, after] = ['old', 'new'];
  let old: Settings;
  let changed: Settings;
  beforeAll(() => {
    old = settingsWith({ help: playbook(before, 'cases.openedLast90 > 1') }, BRAKES);
    changed = settingsWith({ help: playbook(after, 'cases.openedLast90 > 0') }, BRAKES);
  });

  it('is for those who begin after it: who began before goes on with what they began on', async () => {
    const world = aWorld({ settings: old });
    const [ann, bob] = [aCustomer(world, 'ann'), aCustomer(world, 'bob')];
    await eachDay(world, 1);
    openCases(world, ann, 2);
    const first = world.today();
    await eachDay(world, 1);
    const now = world.with(changed);
    await eachDay(now, 1);
    openCases(world, bob, 1);
    await eachDay(now, 10);
    // From Tuesday on: the last falls on a Saturday.
    expect(doings(world, first)).toEqual(['old-one +0', 'old-two +2', 'new-one +2', 'new-two +6']);
  });

  it('does not start for whoever holds its new condition already', async () => {
    const world = aWorld({ settings: old });
    openCases(world, aCustomer(world, 'ann'), 1);
    await eachDay(world, 2);
    await eachDay(world.with(changed), 5);
    expect(world.deeds).toEqual([]);
  });
});
