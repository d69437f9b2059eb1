import { describe, expect, it } from '@jest/globals';
import type { TierStaffing } from '../../../../src/domain/program/program-policy.js';
import { hoursPerAccount, hoursThere } from '../../../../src/domain/program/program-policy.js';
import { type AccountDraft, day, recordAt, recordsOf } from './builders.js';

const NOBODY: TierStaffing = {
  people: null,
  accountsPerPerson: null,
  hoursPerWeek: null,
  utilisation: null,
  activities: {},
  costs: null,
};

const HIGH: TierStaffing = {
  ...NOBODY,
  people: 2,
  costs: { personPerYear: 100_000, equipmentPerYear: 10_000, licencesPerYear: 30_000, perSend: 0.5 },
};
const DIGITAL: TierStaffing = {
  ...NOBODY,
  people: 1,
  costs: { personPerYear: 60_000, equipmentPerYear: 0, licencesPerYear: 0, perSend: 1 },
};

const sent = (on: string) => ({ kind: 'sent', person: 'p', playbook: 'x', on: day(on) });
const accounts: readonly AccountDraft[] = [
  { account: { arr: 900_000 }, tier: 'high-touch', events: [sent('2026-11-02'), sent('2026-10-02')] },
  { account: { arr: 80_000 }, tier: 'digital' },
  { account: { arr: 20_000 }, tier: 'digital', events: [sent('2026-11-02')] },
];

describe('economics', () => {
  const records = recordsOf({
    accounts,
    policy: { staffing: { 'high-touch': HIGH, digital: DIGITAL } },
    lift: { points: 12, sample: 80 },
  });

  it('tell what each tier costs in the period, with its messages', () => {
    expect(recordAt(records, 'cost', { tier: 'high-touch' })?.value).toBe(20_000.5);
    expect(recordAt(records, 'cost', { tier: 'high-touch', period: '2026-Q4' })?.value).toBe(60_001);
    expect(recordAt(records, 'cost', { tier: 'digital' })?.value).toBe(5_001);
    expect(recordAt(records, 'cost')?.value).toBe(25_001.5);
    expect(recordAt(records, 'cost-per-account', { tier: 'digital' })?.value).toBe(2_500.5);
  });

  it('tell what has to be kept for the cost to come back', () => {
    expect(recordAt(records, 'revenue-per-person', { tier: 'high-touch' })?.value).toBe(450_000);
    expect(recordAt(records, 'break-even-lift', { tier: 'digital' })?.value).toBe(60.01);
  });

  it('tell the return from the lift that was measured', () => {
    expect(recordAt(records, 'measured-lift')).toMatchObject({ value: 12, sample: 80 });
    // 12 % of a million against 300018 a year.
    expect(recordAt(records, 'return')?.value).toBe(-60);
  });

  it('are not told of periods that are over: nobody knows what it cost then', () => {
    expect(recordAt(records, 'cost', { period: '2026-10' })).toBeUndefined();
  });

  it('assume nothing of a tier of which nothing was said', () => {
    const partly = recordsOf({ accounts, policy: { staffing: { digital: DIGITAL, 'high-touch': NOBODY } } });
    expect(recordAt(partly, 'cost', { tier: 'digital' })?.value).toBe(5_001);
    expect(recordAt(partly, 'cost', { tier: 'high-touch' })).toBeUndefined();
    expect(recordAt(partly, 'cost')).toBeUndefined();
    expect(recordAt(partly, 'measured-lift')).toBeUndefined();
  });

  it('say too little where no hold-out can be told yet', () => {
    const early = recordsOf({ accounts, lift: { points: null, sample: 0 } });
    expect(recordAt(early, 'measured-lift')).toMatchObject({ value: null, met: 'too little data' });
  });
});

describe('hours', () => {
  it('are those of the people, and those that accounts ask for', () => {
    const tier = { ...HIGH, hoursPerWeek: 40, utilisation: 0.7 };
    expect(hoursThere(tier)).toBeCloseTo(2_912, 6);
    expect(hoursThere(HIGH)).toBeNull();
    expect(hoursPerAccount({ ...tier, activities: { review: { minutes: 90, perAccountAndYear: 4 } } })).toBe(
      6,
    );
    expect(hoursPerAccount(tier)).toBeNull();
  });
});
