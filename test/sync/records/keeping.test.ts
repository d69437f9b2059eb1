import { describe, expect, it } from '@jest/globals';
import { recordsOf } from '../../support/world/records.js';
import { settingsWith } from '../../support/world/settings.js';
import { anAccount, aWorld } from '../../support/world/world.js';

const BRAKES = 'brakes: { share: 100 %, missing: 100 % }';

function settingsKeeping(records: string) {
  return settingsWith({}, BRAKES, { 'config/service.yaml': `records: { ${records} }` });
}

describe('records of ours', () => {
  it('are deleted when they are older than they are to be kept', async () => {
    const world = aWorld({ settings: settingsKeeping('snapshots: { keepDays: 60 }'), records: true });
    anAccount(world);
    await world.sync();
    for (const days of [31, 31]) {
      world.pass(days);
      await world.sync();
    }
    expect(recordsOf(world, 'snapshot').map(({ why }) => why)).toEqual(['monthly', 'monthly']);
    world.pass(61);
    await world.sync();
    expect(recordsOf(world, 'snapshot')).toHaveLength(1);
  });

  it('stop at their storage, and say so', async () => {
    const world = aWorld({ settings: settingsKeeping('snapshots: { budgetMb: 1 }'), records: true });
    for (let at = 0; at < 515; at += 1) anAccount(world);
    const report = await world.sync();
    expect(recordsOf(world, 'snapshot')).toHaveLength(512);
    expect(report.notes.join(' ')).toContain('3 records of ours were not made');
    expect(report.status).toBe('done');
    // Nor do those of the next month find room.
    world.pass(31);
    await world.sync();
    expect(recordsOf(world, 'snapshot')).toHaveLength(512);
  });
});
