import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Settings } from '../../src/ports/settings.js';
import { retryContested } from '../../src/sync/quarrels.js';
import { settingsWith } from '../support/world/settings.js';
import { anAccount, aWorld, openCases, type World } from '../support/world/world.js';

let settings: Settings;
beforeAll(() => {
  settings = settingsWith({}, 'brakes: { share: 100 %, missing: 100 % }');
});

const BAND = 'Truenorth_Band__c';
const bandOf = ({ crm }: World) => crm.tables.rows('Account')[0]?.values[BAND];

/** An account that is written; somebody else changes its band in the evening. */
async function aWrittenAccount() {
  const world = aWorld({ settings });
  const account = anAccount(world);
  await world.sync();
  const ours = bandOf(world);
  const evening = (value = 'theirs') => {
    world.crm.tables.update('Account', account, { [BAND]: value });
    world.pass(1);
  };
  return { world, account, ours, evening };
}

describe('a field that somebody else changes', () => {
  it('once is put right once, and is no quarrel a week later', async () => {
    const { world, ours, evening } = await aWrittenAccount();
    evening();
    expect(await world.sync()).toMatchObject({ status: 'done', changes: { fields: 1 }, contested: [] });
    expect(bandOf(world)).toBe(ours);
    world.pass(8);
    await world.sync();
    evening();
    expect(await world.sync()).toMatchObject({ status: 'done', changes: { fields: 1 }, contested: [] });
  });

  it('every night is put right once and named from then on: no loop', async () => {
    const { world, account, ours, evening } = await aWrittenAccount();
    evening();
    await world.sync();
    evening();
    for (let night = 0; night < 3; night += 1) {
      const report = await world.sync();
      expect(report).toMatchObject({
        status: 'rejected',
        changes: { fields: 0, records: 0 },
        contested: [{ field: BAND, record: account, records: 1, wrote: ours, holds: 'theirs', times: 2 }],
      });
      evening();
    }
  });

  it('is counted once, however many plans look at it', async () => {
    const { world, evening } = await aWrittenAccount();
    evening();
    for (let look = 0; look < 3; look += 1)
      expect(await world.sync(false)).toMatchObject({ changes: { fields: 1 }, contested: [] });
  });

  it('is still looked at although several runs lie between: a nightly job is found out', async () => {
    const { world, evening } = await aWrittenAccount();
    for (let night = 0; night < 2; night += 1) {
      evening();
      for (let runs = 0; runs < 4; runs += 1) await world.sync();
    }
    expect((await world.sync()).contested).toHaveLength(1);
  });

  it('is written when we come to say something else, and its other fields always', async () => {
    const { world, account, evening } = await aWrittenAccount();
    evening();
    await world.sync();
    evening();
    await world.sync();
    openCases(world, account, 20);
    const report = await world.sync();
    expect(report.changes.fields).toBeGreaterThan(0);
    expect(bandOf(world)).not.toBe('theirs');
  });

  it('is written again after a retry', async () => {
    const { world, ours, evening } = await aWrittenAccount();
    evening();
    await world.sync();
    evening();
    expect((await world.sync()).contested).toHaveLength(1);
    expect(await retryContested(world.state, 'all')).toBe(1);
    expect(await world.sync()).toMatchObject({ status: 'done', contested: [] });
    expect(bandOf(world)).toBe(ours);
  });
});
