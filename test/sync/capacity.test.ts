import { beforeAll, describe, expect, it } from '@jest/globals';
import type { TierPolicy } from '../../src/domain/tier/tier.js';
import type { Settings } from '../../src/ports/settings.js';
import { MAPPING } from '../support/world/objects.js';
import { settingsWith } from '../support/world/settings.js';
import { anAccount, aWorld, type World } from '../support/world/world.js';

let plain: Settings;
beforeAll(() => {
  plain = settingsWith({}, 'brakes: { share: 100 %, missing: 100 % }', {
    'mappings/salesforce.yaml': `${MAPPING}tierLock: Locked__c\n`,
  });
});

function settings(high: number, hybrid: number): Settings {
  const places = (count: number) => ({ count, people: 1, by: 'accounts' as const });
  const policy: TierPolicy = {
    kind: 'capacity',
    fill: [
      { tier: 'high-touch', places: places(high) },
      { tier: 'hybrid', places: places(hybrid) },
      { tier: 'digital', places: null },
    ],
    perPerson: { warnBelow: 0, warnAbove: 1e9 },
  };
  const calm = { ...plain.tiers.calm, maxMoves: 1, minDwell: 0, margin: 0 };
  return { ...plain, tiers: { ...plain.tiers, policy, calm } };
}

/** Accounts of 10,000, 9,000 and so on. */
function aBook(world: World, accounts: number): readonly string[] {
  return Array.from({ length: accounts }, (_, at) => anAccount(world, { ARR__c: 10_000 - at * 1_000 }));
}

const tiers = ({ crm }: World) => crm.tables.rows('Account').map(({ values }) => values.Truenorth_Tier__c);

describe('tiers filled by capacity', () => {
  it('give the first places of the ranked book to the most personal tier', async () => {
    const world = aWorld({ settings: settings(2, 2) });
    aBook(world, 6);
    await world.sync();
    expect(tiers(world)).toEqual(['high-touch', 'high-touch', 'hybrid', 'hybrid', 'digital', 'digital']);
  });

  it('keep their lines for the quarter, and draw them anew in the next', async () => {
    const world = aWorld({ settings: settings(2, 2) });
    const [first = ''] = aBook(world, 6);
    await world.sync();
    world.crm.tables.remove('Account', first, null);
    world.pass(1);
    await world.sync();
    expect(tiers(world).slice(1)).toEqual(['high-touch', 'hybrid', 'hybrid', 'digital', 'digital']);
    world.pass(31);
    await world.sync();
    expect(tiers(world).slice(1)).toEqual(['high-touch', 'high-touch', 'hybrid', 'hybrid', 'digital']);
  });

  it('that nobody fits into stay empty in the runs after it, too', async () => {
    const world = aWorld({ settings: settings(0, 2) });
    aBook(world, 3);
    await world.sync();
    world.pass(1);
    aBook(world, 1);
    await world.sync();
    expect(tiers(world)).toEqual(['hybrid', 'hybrid', 'digital', 'hybrid']);
  });

  it('give no place to a customer who left', async () => {
    const world = aWorld({ settings: settings(2, 1) });
    const [first = ''] = aBook(world, 5);
    const locked = anAccount(world, { ARR__c: 50_000, Churned__c: true });
    world.crm.tables.update('Account', locked, { Truenorth_Tier__c: 'high-touch', Locked__c: true });
    world.crm.tables.update('Account', first, { Churned__c: true });
    await world.sync();
    expect(tiers(world).slice(1, 5)).toEqual(['high-touch', 'high-touch', 'hybrid', 'digital']);
  });

  it('let a locked account keep its place', async () => {
    const world = aWorld({ settings: settings(2, 1) });
    const accounts = aBook(world, 5);
    const last = accounts.at(-1) ?? '';
    world.crm.tables.update('Account', last, { Truenorth_Tier__c: 'high-touch', Locked__c: true });
    await world.sync();
    expect(tiers(world)).toEqual(['high-touch', 'hybrid', 'digital', 'digital', 'high-touch']);
  });
});
