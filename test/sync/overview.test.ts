import { beforeAll, describe, expect, it } from '@jest/globals';
import { parseDay } from '../../src/domain/day.js';
import type { Settings } from '../../src/ports/settings.js';
import { type OverviewDay, overviewDays } from '../../src/sync/overview.js';
import { healthByCases } from '../support/world/health.js';
import { settingsWith } from '../support/world/settings.js';
import { anAccount, aWorld, openCases, type World } from '../support/world/world.js';

let settings: Settings;
beforeAll(() => {
  settings = settingsWith({}, '', { 'config/health.yaml': healthByCases(10) });
});

const daysOf = ({ state, today }: World): Promise<readonly OverviewDay[]> =>
  overviewDays(state.notes, { from: today() - 40, to: today() });

describe('the overview', () => {
  it('counts the book once a run, and tells a day on which accounts came to risk from the first look', async () => {
    const world = aWorld({ settings });
    const accounts = Array.from({ length: 4 }, () => anAccount(world));
    for (const account of accounts) openCases(world, account, 1);
    await world.sync();
    const [first] = await daysOf(world);
    expect(first).toMatchObject({ accounts: 4, newlyAtRisk: 0 });
    expect(Object.values(first?.bands ?? {}).reduce((sum, n) => sum + n, 0)).toBe(4);

    world.pass(30);
    openCases(world, accounts[0] ?? '', 30);
    await world.sync();
    await world.sync();
    const days = await daysOf(world);
    expect(days.map(({ day }) => parseDay(day))).toEqual([world.today() - 30, world.today()]);
    expect(days[1]).toMatchObject({ accounts: 4, newlyAtRisk: 1 });
    expect(days[1]?.bands.risk).toBe((first?.bands.risk ?? 0) + 1);
    expect(days[1]?.score).toBeLessThan(first?.score ?? 0);
  });

  it('counts what is planned as well, and an account that left no more', async () => {
    const world = aWorld({ settings });
    const [one] = [anAccount(world), anAccount(world)];
    await world.sync(false);
    expect((await daysOf(world))[0]?.accounts).toBe(2);
    world.crm.tables.remove('Account', one, null);
    world.pass(1);
    await world.sync(false);
    expect((await daysOf(world)).map(({ accounts }) => accounts)).toEqual([2, 1]);
  });
});
