import { describe, expect, it } from '@jest/globals';
import { storageUse } from '../../../src/install/storage.js';
import { settingsWith } from '../../support/world/settings.js';
import { anAccount, aWorld } from '../../support/world/world.js';

const BRAKES = 'brakes: { share: 100 %, missing: 100 % }';
const ACCOUNTS = 600;

async function usedBy(records: string) {
  const settings = settingsWith({}, BRAKES, { 'config/service.yaml': `records: { ${records} }` });
  const world = aWorld({ settings, records: true });
  for (let at = 0; at < ACCOUNTS; at += 1) anAccount(world);
  await world.sync();
  const question = {
    crm: world.crm.crm,
    published: world.state.published,
    settings: settings.service.records,
    today: world.today(),
  };
  const used = await storageUse(question);
  return used.find(({ kind }) => kind === 'snapshot');
}

describe('the storage that our records take', () => {
  it('is told as it is, and after a year of monthly snapshots', async () => {
    const used = await usedBy('refusals: count');
    expect(used).toMatchObject({ records: ACCOUNTS, mb: 1.2, budgetMb: 1000 });
    // 600 accounts, each 365 / 30 times more, 2 KB each.
    expect(used?.mbInAYear).toBeCloseTo(((ACCOUNTS + (ACCOUNTS * 365) / 30) * 2) / 1024, 0);
  });

  it('ends at the retention and at the budget', async () => {
    const short = await usedBy('snapshots: { keepDays: 60 }');
    expect(short?.mbInAYear).toBeCloseTo((ACCOUNTS * 2 * 2) / 1024, 0);
    expect((await usedBy('snapshots: { budgetMb: 3 }'))?.mbInAYear).toBe(3);
  });
});
