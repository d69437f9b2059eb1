import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TierStaffing } from '../../../src/domain/program/program-policy.js';
import { capacityLines } from '../../../src/domain/tier/capacity.js';
import { placesOf } from '../../../src/domain/tier/places.js';
import type { TierPolicy } from '../../../src/domain/tier/tier.js';

const TIERS = [
  { id: 'high-touch', label: 'High-touch' },
  { id: 'hybrid', label: 'Hybrid' },
  { id: 'digital', label: 'Digital' },
];
const ANY = { warnBelow: 0, warnAbove: Number.POSITIVE_INFINITY };
type Policy = Extract<TierPolicy, { kind: 'capacity' }>;

function filling(high: number, hybrid: number, perPerson = ANY): Policy {
  const places = (count: number) => ({ count, people: 2, by: 'accounts' as const });
  return {
    kind: 'capacity',
    fill: [
      { tier: 'high-touch', places: places(high) },
      { tier: 'hybrid', places: places(hybrid) },
      { tier: 'digital', places: null },
    ],
    perPerson,
  };
}

type Fixed = Readonly<Record<string, { readonly accounts: number; readonly measure: number }>>;

function drawn(policy: Policy, measures: readonly number[], fixed: Fixed = {}) {
  const book = { measures: [...measures].sort((a, b) => b - a), fixed: new Map(Object.entries(fixed)) };
  return capacityLines(policy, book, {
    quarter: '2026-Q4',
    words: { tiers: TIERS, measureLabel: 'revenue' },
  });
}

const lines = (...asked: Parameters<typeof drawn>) => drawn(...asked).lines.map(({ from }) => from);

describe('capacity lines', () => {
  it('fill the most personal tier first, until its places are used', () => {
    expect(lines(filling(2, 3), [90, 80, 70, 60, 50, 40, 30])).toEqual([80, 50, null]);
  });

  it('keep equal measures together: those that do not all fit go on together', () => {
    expect(lines(filling(2, 3), [90, 80, 80, 60, 50])).toEqual([90, 60, null]);
    expect(lines(filling(2, 2), [80, 80, 70, 70, 70, 10])).toEqual([80, Number.POSITIVE_INFINITY, null]);
  });

  it('say so where a tier stays empty because too many are equal', () => {
    const { lines: found, remarks } = drawn(filling(2, 20), [50, 50, 50]);
    expect(found[0]?.from).toBe(Number.POSITIVE_INFINITY);
    expect(remarks).toEqual([
      'High-touch stays empty but for locks and overrides: 3 accounts have the same measure, and there are places for 2.',
    ]);
  });

  it('give places to locks and overrides before anybody else', () => {
    const fixed = { 'high-touch': { accounts: 1, measure: 5 } };
    expect(lines(filling(2, 3), [90, 80, 70, 60, 50], fixed)).toEqual([90, 60, null]);
    const all = { 'high-touch': { accounts: 2, measure: 5 } };
    expect(lines(filling(2, 3), [90, 80, 70, 60], all)).toEqual([Number.POSITIVE_INFINITY, 70, null]);
  });

  it('say so where locks and overrides hold more than there are places', () => {
    const fixed = { 'high-touch': { accounts: 5, measure: 5 } };
    expect(drawn(filling(2, 3), [90], fixed).remarks).toEqual([
      'Locks and overrides hold 5 accounts in High-touch, whose people have places for 2.',
    ]);
  });

  it('have no lower end where the accounts do not use up the places', () => {
    expect(lines(filling(10, 3), [90, 80])).toEqual([null, null, null]);
    expect(lines(filling(2, 3), [90, 80])).toEqual([80, null, null]);
    expect(lines(filling(2, 3), [])).toEqual([null, null, null]);
  });

  it('give nobody to a tier without places', () => {
    expect(lines(filling(0, 1), [90, 80])).toEqual([Number.POSITIVE_INFINITY, 90, null]);
  });

  it('warn where a person would answer for too little or too much', () => {
    const policy = filling(2, 2, { warnBelow: 1_000_000, warnAbove: 10_000_000 });
    expect(drawn(policy, [15e6, 9e6, 400_000, 300_000]).remarks).toEqual([
      'One person in High-touch answers for 12,000,000 of revenue; between 1,000,000 and 10,000,000 works well. Look at the people in config/program.yaml.',
      'One person in Hybrid answers for 350,000 of revenue; between 1,000,000 and 10,000,000 works well. Look at the people in config/program.yaml.',
    ]);
    expect(drawn(policy, [5e6, 5e6, 2e6, 1e6]).remarks).toEqual([]);
  });

  it('never give more accounts to a tier than it has places, whatever the book', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 0, max: 20 }),
        (book, high, hybrid) => {
          const found = drawn(filling(high, hybrid), book).lines;
          const tierOf = (measure: number) =>
            found.find(({ from }) => from === null || measure >= from)?.tier ?? 'none';
          const count = (tier: string): number => book.filter((measure) => tierOf(measure) === tier).length;
          expect(count('none')).toBe(0);
          expect(count('high-touch')).toBeLessThanOrEqual(high);
          expect(count('hybrid')).toBeLessThanOrEqual(hybrid);
        },
      ),
    );
  });
});

describe('the places of a tier', () => {
  const SAID: TierStaffing = {
    people: 2,
    accountsPerPerson: { from: 10, to: 15 },
    hoursPerWeek: 40,
    utilisation: 0.5,
    activities: { review: { minutes: 60, perAccountAndYear: 104 } },
    costs: null,
  };

  it('are as many as the people look after well', () => {
    expect(placesOf({ ...SAID, activities: {} })).toEqual({ count: 30, people: 2, by: 'accounts' });
  });

  it('are as many as the hours allow, where these are fewer', () => {
    expect(placesOf(SAID)).toEqual({ count: 20, people: 2, by: 'hours' });
    expect(placesOf({ ...SAID, accountsPerPerson: null })?.by).toBe('hours');
  });

  it('are unknown where nobody says who is there, or what they can do', () => {
    expect(placesOf({ ...SAID, people: null })).toBeNull();
    expect(placesOf({ ...SAID, accountsPerPerson: null, utilisation: null })).toBeNull();
  });
});
