import { describe, expect, it } from '@jest/globals';
import { currentRecords } from '../../../../src/domain/insight/program/record-tables.js';
import { timeTable } from '../../../../src/domain/insight/program/time-table.js';
import type { ProgramPolicy, TierStaffing } from '../../../../src/domain/program/program-policy.js';
import { type AccountDraft, day, recordAt, recordsOf, TODAY } from './builders.js';

/** 1,600 hours a year for accounts, at 50 each. */
const STAFFED: TierStaffing = {
  people: 2,
  accountsPerPerson: null,
  hoursPerWeek: 40,
  utilisation: 0.5,
  activities: { review: { minutes: 120, perAccountAndYear: 4 } },
  costs: { personPerYear: 52_000, equipmentPerYear: 0, licencesPerYear: 0, perSend: 0 },
};
const SAMPLE: ProgramPolicy['timeSample'] = {
  from: day('2026-10-05'),
  to: day('2026-10-18'),
  tiers: { digital: { hours: 14, people: 2 }, hybrid: { hours: 28, people: 3 } },
};
const meeting = (minutes: number) => ({ on: TODAY - 30, minutes, kind: 'meeting' });
const accounts: readonly AccountDraft[] = [
  { tier: 'digital' },
  { tier: 'digital' },
  { tier: 'hybrid', activities: [meeting(90), meeting(45)] },
];

function told(policy: Partial<ProgramPolicy>, of: readonly AccountDraft[] = accounts) {
  const records = recordsOf({ accounts: of, policy });
  const find = currentRecords(records, 'quarter', '2026-Q4');
  const table = timeTable(find, ['All', 'hybrid', 'digital']);
  const rows = (table?.rows ?? []).map(({ id, cells }) => [id, ...cells.map((cell) => cell?.value ?? null)]);
  return { records, table, rows };
}

describe('the time for customers', () => {
  it('comes from what was logged, else from the sample scaled to a year, and from nothing else', () => {
    const { rows, table, records } = told({ timeSample: SAMPLE });
    expect(rows).toEqual([
      ['All', 2.25, 0.8],
      ['hybrid', 2.25, 2.3],
      ['digital', 365, 182.5],
    ]);
    const digital = table?.rows[2]?.cells[0];
    expect(digital).toMatchObject({ n: 2, definition: expect.stringContaining('time sample') });
    expect(recordAt(records, 'hours-sampled')).toMatchObject({ value: 1095, numerator: 42, sample: 5 });
    expect(recordAt(records, 'hours-sampled', { tier: 'hybrid' })?.value).toBe(730);
  });

  it('is not told of all tiers together while one with accounts was not sampled', () => {
    const { records } = told({ timeSample: SAMPLE }, [...accounts, { tier: 'high-touch' }]);
    expect(recordAt(records, 'hours-sampled')).toBeUndefined();
    expect(recordAt(records, 'hours-sampled', { tier: 'digital' })?.value).toBe(365);
  });

  it('costs what its hours cost: logged ones before sampled ones before planned ones', () => {
    const staffing = { digital: STAFFED, hybrid: STAFFED };
    const cost = (policy: Partial<ProgramPolicy>, tier: string) =>
      recordAt(told(policy).records, 'time-cost-per-account', { tier })?.value;
    expect(cost({ staffing, timeSample: SAMPLE }, 'hybrid')).toBe(115);
    expect(cost({ staffing, timeSample: SAMPLE }, 'digital')).toBe(9_125);
    expect(cost({ staffing }, 'digital')).toBe(400);
    expect(told({ staffing }).rows[2]).toEqual(['digital', null, null, 8, 400]);
  });

  it('says what would bring it where nothing is logged and nobody wrote anything down', () => {
    const { table } = told({ staffing: { digital: STAFFED } }, [{ tier: 'digital' }]);
    expect(table?.remarks).toHaveLength(1);
    expect(told({}, [{ tier: 'digital' }]).table).toBeNull();
  });
});
