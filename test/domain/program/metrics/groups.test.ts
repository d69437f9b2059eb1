import { describe, expect, it } from '@jest/globals';
import { periodAt, yearBefore } from '../../../../src/domain/program/metrics/period.js';
import { tierAt } from '../../../../src/domain/program/metrics/tier-at.js';
import { day, recordAt, recordsOf, TODAY } from './builders.js';

describe('groups', () => {
  const named = (segment: string, count: number) => Array.from({ length: count }, () => ({ segment }));

  it('keep the largest segments and put the rest together', () => {
    const accounts = [...named('North', 3), ...named('south', 1), ...named('South', 1), ...named('East', 1)];
    const records = recordsOf({ accounts, policy: { segmentBy: { fact: 'custom.region', atMost: 2 } } });
    const counts = ['North', 'South', 'Other', 'All'].map(
      (segment) => recordAt(records, 'accounts', { segment })?.value,
    );
    expect(counts).toEqual([3, 2, 1, 6]);
  });

  it('keep a segment that is called All apart from all of them', () => {
    const records = recordsOf({
      accounts: [...named('All', 1), ...named('North', 1)],
      policy: { segmentBy: { fact: 'custom.region', atMost: 5 } },
    });
    expect(recordAt(records, 'accounts', { segment: 'All' })?.value).toBe(2);
    expect(recordAt(records, 'accounts', { segment: 'All (custom.region)' })?.value).toBe(1);
  });

  it('count a period under the tier of its last day', () => {
    const tierOn = (on: number) => (on >= day('2026-11-10') ? 'hybrid' : 'digital');
    const records = recordsOf({ accounts: [{ tierOn }] });
    expect(recordAt(records, 'accounts', { tier: 'hybrid' })?.value).toBe(1);
    expect(recordAt(records, 'accounts', { tier: 'digital', period: '2026-10' })?.value).toBe(1);
    expect(recordAt(records, 'accounts', { tier: 'hybrid', period: '2026-10' })?.value).toBe(0);
  });

  it('say too little below the floor, but still what they are made of', () => {
    const scores = [70, 80].map((score) => ({ standing: { score } }));
    const records = recordsOf({ accounts: scores, policy: { floor: 3 } });
    expect(recordAt(records, 'health')).toMatchObject({
      value: null,
      numerator: 150,
      denominator: 2,
      sample: 2,
      met: 'too little data',
    });
    expect(recordAt(records, 'accounts')?.value).toBe(2);
  });
});

describe('the tier on a day', () => {
  const now = { tier: 'hybrid', since: TODAY - 5, reason: '', by: 'policy', waitingFor: null } as const;
  const seen = [
    { day: TODAY - 40, tier: 'digital' },
    { day: TODAY - 20, tier: 'high-touch' },
  ];

  it('is the present one since it began, and the one seen last before that', () => {
    const tiers = [0, -5, -6, -20, -21, -60].map((steps) => tierAt(now, seen, TODAY + steps));
    expect(tiers).toEqual(['hybrid', 'hybrid', 'high-touch', 'high-touch', 'digital', 'digital']);
    expect(tierAt(now, [], TODAY - 60)).toBe('hybrid');
  });
});

describe('periods', () => {
  it('have names, first and last days', () => {
    const quarter = periodAt('quarter', TODAY, 0);
    expect(quarter).toMatchObject({ name: '2026-Q4', start: day('2026-10-01'), end: day('2026-12-31') });
    expect(quarter).toMatchObject({ asOf: TODAY, state: 'running' });
    expect(periodAt('month', day('2026-01-31'), -1)).toMatchObject({
      name: '2025-12',
      asOf: day('2025-12-31'),
      state: 'over',
    });
    expect(periodAt('quarter', day('2026-12-31'), 1)).toMatchObject({ name: '2027-Q1', state: 'ahead' });
  });

  it('look back to the same date of the year before', () => {
    expect(yearBefore(day('2026-11-26'))).toBe(day('2025-11-26'));
    expect(yearBefore(day('2028-02-29'))).toBe(day('2027-02-28'));
    expect(yearBefore(day('2025-02-28'))).toBe(day('2024-02-28'));
  });
});
