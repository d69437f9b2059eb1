import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Settings } from '../../src/ports/settings.js';
import { healthByCases } from '../support/world/health.js';
import { settingsWith } from '../support/world/settings.js';
import { hold } from '../support/world/what-happened.js';
import { aContact, anAccount, aWorld, openCases, type World } from '../support/world/world.js';

const ANN = 'ann@customer.example';
const BOB = 'bob@customer.example';

const WELCOME = `
label: Welcome
priority: 50
trigger: { when: cases.openedLast90 > 0, reenter: never, onFirstSight: fire }
audience: { roles: [user], maxPersons: 1 }
steps: [{ id: one, day: 1, channel: hubspot-list, target: one }]
holdout: 0 %
`;

const CARRIED = `
contact:
  truenorth_role: contact.role
  truenorth_band: band
  truenorth_tier: tier
  truenorth_cases_open: cases.open
`;

let settings: Settings;
beforeAll(() => {
  settings = settingsWith({ welcome: WELCOME }, 'brakes: { share: 100 %, missing: 100 % }', {
    'config/health.yaml': healthByCases(10),
    'mappings/hubspot.yaml': CARRIED,
  });
});

/** Ann was enrolled; Bob, of the same account, was not. */
async function anEnrolled(): Promise<{ world: World; account: string; ann: string }> {
  const world = aWorld({ settings });
  const account = anAccount(world);
  const ann = aContact(world, account, { Email: ANN });
  aContact(world, account, { Email: BOB, Role__c: 'other' });
  openCases(world, account, 1);
  await world.sync();
  expect(world.deeds).toHaveLength(1);
  return { world, account, ann };
}

const carried = ({ hubspot }: World, email = ANN) => hubspot.lookUp(email)?.properties;
const upserts = ({ hubspot }: World): number => hubspot.calls().upsert ?? 0;

describe('the facts of somebody enrolled', () => {
  it('go along when they are enrolled', async () => {
    const { world } = await anEnrolled();
    expect(carried(world)).toEqual({
      truenorth_role: 'user',
      truenorth_band: 'healthy',
      truenorth_tier: 'digital',
      truenorth_cases_open: '1',
    });
  });

  it.each([
    ['on the same day', 1 / 24],
    ['long after', 60],
  ])(
    'are brought up to date by the next run when the band changes %s, and by no run after it',
    async (_, days) => {
      const { world, account } = await anEnrolled();
      world.pass(days);
      await world.sync();
      const before = upserts(world);
      openCases(world, account, 7);
      await world.sync();
      expect(carried(world)).toMatchObject({ truenorth_band: 'risk', truenorth_cases_open: '8' });
      expect(upserts(world)).toBe(before + 1);
      await world.sync();
      world.pass(1);
      await world.sync();
      expect(upserts(world)).toBe(before + 1);
      expect(world.deeds).toHaveLength(1);
    },
  );

  it('are updated when the contact itself changes', async () => {
    const { world, ann } = await anEnrolled();
    world.crm.tables.update('Contact', ann, { Role__c: 'champion' });
    await world.sync();
    expect(carried(world)).toMatchObject({ truenorth_role: 'champion' });
  });

  it('make nobody known who was not', async () => {
    const { world, account } = await anEnrolled();
    openCases(world, account, 7);
    await world.sync();
    expect(world.hubspot.lookUp(BOB)).toBeNull();
  });

  it('are kept current while sending is paused: a property is no message', async () => {
    const { world, account } = await anEnrolled();
    await hold(world, { all: true }, true);
    openCases(world, account, 7);
    await world.sync();
    expect(carried(world)).toMatchObject({ truenorth_band: 'risk' });
  });

  it('are not written by a dry run', async () => {
    const { world, account } = await anEnrolled();
    openCases(world, account, 7);
    await world.sync(false);
    expect(carried(world)).toMatchObject({ truenorth_band: 'healthy' });
    await world.sync();
    expect(carried(world)).toMatchObject({ truenorth_band: 'risk' });
  });
});
