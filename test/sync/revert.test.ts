import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Crm } from '../../src/ports/crm.js';
import type { Settings } from '../../src/ports/settings.js';
import { type Reverted, revertRun } from '../../src/sync/revert.js';
import { settingsWith } from '../support/world/settings.js';
import { anAccount, aWorld, type World } from '../support/world/world.js';

let settings: Settings;
beforeAll(() => {
  settings = settingsWith({}, 'brakes: { share: 100 %, missing: 100 % }');
});

function revert(world: World, run: string, ownId: string, crm: Crm = world.tools.crm): Promise<Reverted> {
  const lease = { holder: ownId, holderIsGone: () => false, realNow: world.tools.clock.now };
  return revertRun({ ...world.tools, crm }, { run, ownId, apply: true, hold: false, ...lease });
}

const tiers = ({ crm }: World) => crm.tables.rows('Account').map(({ values }) => values.Truenorth_Tier__c);

describe('a revert that breaks off', () => {
  it('is among the runs, and what it wrote until then can be reverted', async () => {
    const world = aWorld({ settings });
    for (let at = 0; at < 3; at += 1) anAccount(world);
    const { run } = await world.sync();
    const given = tiers(world);
    const { crm } = world.tools;
    const breaking: Crm = {
      ...crm,
      write: async function* (object, changes) {
        yield* crm.write(object, changes.slice(0, 1));
        throw new Error('The line is cut.');
      },
    };
    await expect(revert(world, run, 'revert-1', breaking)).rejects.toThrow('The line is cut.');
    expect(tiers(world).filter((tier, at) => tier !== given[at])).toHaveLength(1);
    expect(await world.state.runs.get('revert-1')).toMatchObject({
      status: 'failed',
      finishedAt: world.tools.clock.now(),
      report: { error: 'Error: The line is cut.' },
    });
    expect(await revert(world, 'revert-1', 'revert-2')).toMatchObject({ records: 1 });
    expect(tiers(world)).toEqual(given);
  });

  it('counts as a run before it has written anything', async () => {
    const world = aWorld({ settings });
    anAccount(world);
    const { run } = await world.sync();
    const { crm, state } = world.tools;
    const statuses: unknown[] = [];
    const looking: Crm = {
      ...crm,
      write: async function* (object, changes) {
        statuses.push((await state.runs.get('revert-1'))?.status);
        yield* crm.write(object, changes);
      },
    };
    await revert(world, run, 'revert-1', looking);
    expect(statuses).toEqual(['running']);
    expect((await state.runs.get('revert-1'))?.status).toBe('done');
  });
});
