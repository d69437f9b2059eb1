import { beforeAll, describe, expect, it } from '@jest/globals';
import { driftFound, driftOf, watchDrift } from '../../src/insight/drift.js';
import type { Settings } from '../../src/ports/settings.js';
import { driftJobOf } from '../../src/service/jobs/drift.js';
import { missingDays } from '../../src/sync/missing-days.js';
import { settingsWith } from '../support/world/settings.js';
import { anAccount, aWorld, openCases, type World } from '../support/world/world.js';

let settings: Settings;
beforeAll(() => {
  settings = settingsWith({}, 'brakes: { share: 100 %, missing: 100 % }');
});

/** The job as the service does it. */
async function watchOnce(world: World): Promise<void> {
  const job = { name: 'drift', id: 'drift:1', payload: null, attempt: 1, trace: 't' } as const;
  await driftJobOf({ tools: async () => world.tools, log: world.tools.log })(job, asked.signal);
}

const asked = { connected: new Set<never>(), signal: new AbortController().signal };

/** Accounts in trouble and accounts without, with the renewal that each closes a while later. */
function aBook(world: World, many: number): readonly { readonly id: string; readonly troubled: boolean }[] {
  return Array.from({ length: many }, (_, nth) => {
    const id = anAccount(world, { Name: `Account ${nth}` });
    const troubled = nth % 4 === 0;
    if (troubled) openCases(world, id, 8);
    return { id, troubled };
  });
}

/** A renewal that is closed today, as the state keeps it. */
async function close(world: World, account: string, won: boolean): Promise<void> {
  const values = { type: 'renewal', closed: true, won, closeOn: world.today() };
  const row = { id: `006-${account}`, accountId: account, stamp: 0, values, held: null };
  await world.state.rows.save('opportunity', [row]);
}

describe('the watch on drift', () => {
  it('holds the score that was shown 90 days before against what came of the renewal', async () => {
    const world = aWorld({ settings });
    const book = aBook(world, 40);
    await world.sync();
    world.pass(95);
    await world.sync();
    for (const { id, troubled } of book) await close(world, id, !troubled);
    const { separation, change } = await driftOf(world.tools, asked);
    expect(separation.at(-1)).toMatchObject({ outcomes: 40, lost: 10, auc: { value: 1 } });
    expect(change).toBeNull();
  });

  it('does not count a renewal of which the score was seen too late', async () => {
    const world = aWorld({ settings });
    const book = aBook(world, 40);
    await world.sync();
    world.pass(89);
    await world.sync();
    for (const { id } of book) await close(world, id, true);
    const { separation } = await driftOf(world.tools, asked);
    expect(separation.at(-1)).toMatchObject({ outcomes: 0, auc: null });
  });

  it('keeps a day of each run that assessed all and was carried out, and none of a plan', async () => {
    const world = aWorld({ settings });
    aBook(world, 4);
    await world.sync(false);
    expect(await missingDays(world.state.notes)).toEqual([]);
    world.pass(1);
    await world.sync();
    world.pass(1);
    await world.sync();
    const days = await missingDays(world.state.notes);
    expect(days.map(({ day, accounts }) => [day - world.today(), accounts])).toEqual([
      [-1, 4],
      [0, 4],
    ]);
  });

  it('finds a signal that grew rare, keeps the sentence for alerts, and lets it go when it is over', async () => {
    const world = aWorld({ settings });
    aBook(world, 4);
    await world.sync();
    const [now] = await missingDays(world.state.notes);
    if (now === undefined) throw new Error('no day was kept');
    const [signal = ''] = Object.keys(now.shares);
    const read = settings.health.models.flatMap(({ dimensions }) => dimensions.flatMap((one) => one.signals));
    const label = read.find(({ id }) => id === signal)?.label;
    expect(label).toMatch(/[a-z] [a-z]/);
    const earlier = [14, 13, 12].map((back) => ({
      ...now,
      day: now.day - back,
      shares: { ...now.shares, [signal]: 0 },
    }));
    const rare = { ...now, shares: { ...now.shares, [signal]: 0.5 } };
    await world.state.notes.set('missing-days', [...earlier, rare]);
    await watchOnce(world);
    const [sentence] = await driftFound(world.state.notes);
    expect(sentence).toContain(
      `The signal “${label}” is unknown for 50 % of the accounts, 0 % in the weeks before`,
    );
    await world.state.notes.set('missing-days', [
      ...earlier,
      { ...rare, shares: { ...now.shares, [signal]: 0 } },
    ]);
    await watchOnce(world);
    expect(await driftFound(world.state.notes)).toEqual([]);
  });

  it('has nothing to look at before the first run', async () => {
    const world = aWorld({ settings });
    await watchOnce(world);
    expect(await driftFound(world.state.notes)).toEqual([]);
  });

  it('keeps points whose renewals are in the history no more', async () => {
    const world = aWorld({ settings });
    aBook(world, 4);
    await world.sync();
    const first = await watchDrift(world.tools, asked);
    const quarter = first.separation.at(-2);
    if (quarter === undefined) throw new Error('there is no quarter before this one');
    const kept = { ...quarter, outcomes: 50, lost: 10, auc: { value: 0.8, low: 0.7, high: 0.9 } };
    await world.state.notes.set('separation', [kept]);
    const { separation } = await watchDrift(world.tools, asked);
    expect(separation.find(({ quarter: name }) => name === kept.quarter)).toEqual(kept);
  });
});
