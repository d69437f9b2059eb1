import { describe, expect, it } from '@jest/globals';
import { tiersChange } from '../../../../src/domain/insight/tiers/change.js';
import { type CutQuestion, cutResult } from '../../../../src/domain/insight/tiers/cuts.js';
import { drawCuts, roundLine } from '../../../../src/domain/insight/tiers/draw-cuts.js';
import { marketMoves } from '../../../../src/domain/insight/tiers/markets.js';
import { paretoCurve } from '../../../../src/domain/insight/tiers/pareto-curve.js';
import { shortages } from '../../../../src/domain/insight/tiers/ways-out.js';
import type { TierStaffing } from '../../../../src/domain/program/program-policy.js';
import type { TierPolicy } from '../../../../src/domain/tier/tier.js';
import { anEntry, aStaffing, LINES, PER_PERSON, TIERS } from './builders.js';

function asked(
  measures: readonly number[],
  staffing: Readonly<Record<string, TierStaffing>> = {},
): CutQuestion & { readonly measureLabel: string; readonly today: typeof LINES } {
  return {
    entries: measures.map((measure) => anEntry(measure)),
    tiers: TIERS,
    policy: { staffing, revenuePerPerson: PER_PERSON },
    measureLabel: 'Revenue',
    today: LINES,
  };
}

const THRESHOLDS: TierPolicy = {
  kind: 'thresholds',
  rules: LINES.map(({ tier, from }) => ({ tier, atLeast: from, when: null })),
};

describe('the curve of a book', () => {
  it('says how much of the revenue the largest accounts bring', () => {
    const curve = paretoCurve([1, 1, 1, 1, 1, 1, 1, 1, 1, 91]);
    expect(curve.find(({ accounts }) => accounts === 0.1)?.revenue).toBeCloseTo(0.91, 10);
    expect(curve.find(({ accounts }) => accounts === 0.5)?.revenue).toBeCloseTo(0.95, 10);
    expect(curve.at(-1)).toEqual({ accounts: 1, revenue: 1 });
    expect(paretoCurve([0, -5])).toEqual([]);
  });
});

describe('a cut', () => {
  const measures = [500, 200, 90, 50, 20, 9, 8, 7];

  it('counts accounts, revenue and shares of each tier, and who would move', () => {
    const question = { ...asked(measures), entries: [...measures.map((one) => anEntry(one)), anEntry(null)] };
    const result = cutResult(
      { id: 'pareto', label: '', lines: [{ tier: 'high', from: 90 }, ...LINES.slice(1)] },
      question,
    );
    expect(result.tiers.map(({ accounts, revenue }) => [accounts, revenue])).toEqual([
      [3, 790],
      [2, 70],
      [3, 24],
    ]);
    expect(result.tiers[0]?.revenueShare).toBeCloseTo(790 / 884, 10);
    expect(result).toMatchObject({ moving: 1, unassigned: 1, costPerYear: null });
  });

  it('knows no revenue where none of the accounts has a known one, which is not nothing', () => {
    const unknown = { revenue: null, tier: 'low' } as const;
    const entries = [anEntry(500), anEntry(20), anEntry(30, { revenue: null }), anEntry(1, unknown)];
    const question = { ...asked([]), entries };
    const told = cutResult({ id: 'today', label: '', lines: LINES }, question).tiers.map(
      ({ revenue, revenueShare, revenueUnknown }) => [revenue, revenueShare, revenueUnknown],
    );
    expect(told).toEqual([
      [500, 500 / 520, 0],
      [20, 20 / 520, 1],
      [null, null, 1],
    ]);
  });

  it('leaves accounts where a lock or an override holds them', () => {
    const question = {
      ...asked(measures),
      entries: [anEntry(5, { fixed: 'high', tier: 'high' }), anEntry(500)],
    };
    const result = cutResult({ id: 'pareto', label: '', lines: LINES }, question);
    expect(result.tiers[0]).toMatchObject({ accounts: 2, revenue: 505 });
    expect(result.moving).toBe(0);
  });

  it('says whom it needs and what that costs, and warns of revenue that a person should not answer for', () => {
    const result = cutResult(
      { id: 'today', label: '', lines: LINES },
      asked(measures, { high: aStaffing({ people: 1 }) }),
    );
    const { staff } = result.tiers[0] ?? {};
    expect(staff).toMatchObject({ hoursNeeded: 20, peopleThere: 1, revenuePerPerson: 700, remarks: [] });
    expect(staff?.hoursThere).toBeCloseTo(1_000, 6);
    expect(staff?.peopleNeeded).toBeCloseTo(0.02, 6);
    expect(staff?.costPerYear).toBeCloseTo(6, 6);
    const rich = cutResult(
      { id: 'today', label: '', lines: LINES },
      asked([20_000], { high: aStaffing({ people: 1 }) }),
    );
    expect(rich.tiers[0]?.staff.remarks).toEqual([
      'One person in High answers for 20,000 a year; between 100 and 10,000 works well.',
    ]);
    const thin = cutResult(
      { id: 'today', label: '', lines: LINES },
      asked([300], { high: aStaffing({ people: 1 }) }),
    );
    expect(thin.tiers[0]?.staff.remarks).toEqual([
      'One person in High answers for 6.0 times the salary of the role; ten times is what carries a salaried role.',
    ]);
  });

  it('has a cost as a whole only where each tier that has accounts has one', () => {
    const cut = { id: 'today', label: '', lines: LINES } as const;
    expect(cutResult(cut, asked([500, 20], { high: aStaffing() })).costPerYear).toBeNull();
    expect(cutResult(cut, asked([500, 20], { high: aStaffing(), mid: aStaffing() })).costPerYear).toBeCloseTo(
      11,
      6,
    );
  });
});

describe('ways to draw the lines', () => {
  it('are shares of the measure, natural breaks, and as many as the people can look after', () => {
    const staffing = {
      high: aStaffing({ people: 1, accountsPerPerson: { from: 1, to: 1 } }),
      mid: aStaffing({ people: 1, accountsPerPerson: { from: 1, to: 3 } }),
    };
    const { cuts, leftOut } = drawCuts(asked([100, 90, 50, 48, 46, 10, 9, 8], staffing));
    expect(cuts.map(({ id, lines }) => [id, lines.map(({ from }) => from)])).toEqual([
      ['today', [100, 10, null]],
      ['pareto', [90, 48, null]],
      ['natural-breaks', [90, 46, null]],
      ['capacity', [100, 48, null]],
    ]);
    expect(leftOut).toEqual([]);
  });

  it('are left out where nobody says who looks after a tier, or where there is too little to part', () => {
    const { cuts, leftOut } = drawCuts(asked([7, 7]));
    expect(cuts.map(({ id }) => id)).toEqual(['today', 'pareto']);
    expect(leftOut).toHaveLength(2);
  });

  it('are rounded down to three figures, so that nobody drops out', () => {
    expect([34_437, 9_321, 123, 5, 0].map(roundLine)).toEqual([34_400, 9_320, 123, 5, 0]);
  });
});

describe('the change of config/tiers.yaml', () => {
  const cut = (id: 'natural-breaks' | 'pareto' | 'capacity' | 'today', lines = LINES) => ({
    id,
    label: '',
    lines,
  });

  it('shows lines that go, come and stay', () => {
    const lines = [{ tier: 'high', from: 90 }, ...LINES.slice(1)];
    expect(tiersChange(cut('natural-breaks', lines), THRESHOLDS)).toEqual([
      ' policy:',
      '   thresholds:',
      '-    - { tier: high, atLeast: 100 }',
      '+    - { tier: high, atLeast: 90 }',
      '     - { tier: mid, atLeast: 10 }',
      '     - { tier: low }',
    ]);
  });

  it('replaces one policy by another, and is empty where nothing would change', () => {
    expect(tiersChange(cut('capacity'), THRESHOLDS)).toEqual([
      ' policy:',
      '-  thresholds:',
      '-    - { tier: high, atLeast: 100 }',
      '-    - { tier: mid, atLeast: 10 }',
      '-    - { tier: low }',
      '+  capacity: [high, mid, low]',
    ]);
    expect(tiersChange(cut('pareto'), THRESHOLDS)).toContain('+    - { tier: high, upTo: 45 % }');
    expect(tiersChange(cut('natural-breaks'), THRESHOLDS)).toEqual([]);
    expect(tiersChange(cut('today'), THRESHOLDS)).toEqual([]);
  });
});

describe('a tier that is short of people', () => {
  it('has three ways out, each with its price', () => {
    // Ten accounts ask for 100 hours; one person has 40.
    const high = aStaffing({ people: 1, hoursPerWeek: 40 / 52 });
    const mid = aStaffing({ people: 9, hoursPerWeek: 100 / 52 });
    const question = asked([110, 120, 130, 140, 150, 160, 170, 180, 190, 200], { high, mid });
    const [short] = shortages({
      entries: question.entries,
      cut: cutResult({ id: 'today', label: '', lines: LINES }, question),
      tiers: TIERS,
      staffing: question.policy.staffing,
    });
    expect(short).toMatchObject({
      tier: 'high',
      smallerTier: { accounts: 6, revenue: 810, line: 170, to: 'Mid' },
    });
    expect(short?.peopleShort).toBeCloseTo(1.5, 6);
    expect(short?.hoursShort).toBeCloseTo(60, 6);
    expect(short?.hiring).toBeCloseTo(75, 6);
    expect(short?.smallerTier?.cost).toBeCloseTo(6 * 0.1 * 50, 6);
    expect(short?.fewerActivities?.kept).toBeCloseTo(0.4, 6);
    expect(short?.fewerActivities?.activities).toEqual([{ kind: 'review', times: 4, keptTimes: 1.6 }]);
    expect(short?.moreAutomation?.minutesPerAccount).toBeCloseTo(360, 6);
    expect(short?.moreAutomation?.worth).toBeCloseTo(75, 6);
  });

  it('has the smaller tier alone where its hours would do, and only the accounts a person are too many', () => {
    const high = aStaffing({ people: 1, accountsPerPerson: { from: 1, to: 4 } });
    const question = asked([110, 120, 130, 140, 150], { high });
    const [short] = shortages({
      entries: question.entries,
      cut: cutResult({ id: 'today', label: '', lines: LINES }, question),
      tiers: TIERS,
      staffing: question.policy.staffing,
    });
    expect(short).toMatchObject({ hoursShort: 0, fewerActivities: null, moreAutomation: null });
    expect(short?.peopleShort).toBeCloseTo(0.25, 6);
    expect(short?.smallerTier).toMatchObject({ accounts: 1, line: 120, cost: null });
  });

  it('is none where people are enough, or where nobody says how many there are', () => {
    for (const staffing of [{ high: aStaffing() }, { high: aStaffing({ people: null }) }, {}]) {
      const question = asked([110, 120], staffing);
      const cut = cutResult({ id: 'today', label: '', lines: LINES }, question);
      expect(shortages({ entries: question.entries, cut, tiers: TIERS, staffing })).toEqual([]);
    }
  });
});

describe('moving a line to the next natural break', () => {
  it('says who moves, and what people and money it takes', () => {
    const staffing = { high: aStaffing(), mid: aStaffing(), low: aStaffing() };
    const moves = marketMoves(LINES, asked([300, 290, 120, 115, 60, 55, 12, 11, 3, 2, 1], staffing));
    const up = moves.find(({ tier, direction }) => tier === 'high' && direction === 'up-market');
    const down = moves.find(({ tier, direction }) => tier === 'high' && direction === 'down-market');
    expect(up?.to).toBeGreaterThan(100);
    expect(down?.to).toBeLessThan(100);
    expect(down?.to).toBeGreaterThan(10);
    for (const one of moves) expect(one.accounts).toBeGreaterThan(0);
    // Every tier takes the same people for an account here, so that moving costs nothing.
    expect(up?.people).toBeCloseTo(0, 9);
    expect(up?.costPerYear).toBeCloseTo(0, 9);
  });
});
