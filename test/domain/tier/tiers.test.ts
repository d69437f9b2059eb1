import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Facts } from '../../../src/domain/facts/fact.js';
import { paretoLines, quarterOf } from '../../../src/domain/tier/lines.js';
import { moveAllowance, moveOrder, recentMoves } from '../../../src/domain/tier/moves.js';
import type { TierRules, TierState } from '../../../src/domain/tier/tier.js';
import { settleTier, type TierQuestion, wishTier } from '../../../src/domain/tier/wish.js';

const TODAY = 20_000;

function number(id: string) {
  return {
    source: id,
    facts: [id],
    evaluate: (facts: Facts) => (facts[id]?.value as number | null | undefined) ?? null,
  };
}

function flag(id: string) {
  return {
    source: id,
    facts: [id],
    evaluate: (facts: Facts) => (facts[id]?.value as boolean | undefined) ?? null,
  };
}

const RULES: TierRules = {
  tiers: [
    { id: 'high-touch', label: 'High-touch' },
    { id: 'hybrid', label: 'Hybrid' },
    { id: 'digital', label: 'Digital' },
  ],
  measure: number('account.arr'),
  measureLabel: 'Yearly revenue',
  overrides: [
    { id: 'strategic', label: 'Strategic account', when: flag('account.strategic'), tier: 'high-touch' },
  ],
  policy: {
    kind: 'thresholds',
    rules: [
      { tier: 'high-touch', atLeast: 100_000, when: null },
      { tier: 'hybrid', atLeast: 25_000, when: null },
      { tier: 'digital', atLeast: null, when: null },
    ],
  },
  calm: { margin: 0.1, minDwell: 90, farPast: 0.5, maxMoves: 0.02, maxMovesDays: 30 },
};

function asking(
  arr: number | null,
  more: Partial<TierQuestion> & { readonly strategic?: boolean } = {},
): TierQuestion {
  const facts: Facts = {
    'account.arr': { value: arr, asOf: TODAY },
    'account.strategic': { value: more.strategic ?? null, asOf: TODAY },
  };
  return { facts, rules: RULES, frozen: null, current: null, locked: null, today: TODAY, ...more };
}

function inTier(tier: string, days: number, by: TierState['by'] = 'policy'): TierState {
  return { tier, since: TODAY - days, reason: 'kept', by, waitingFor: null };
}

describe('wishTier', () => {
  it('gives a first tier by the lines, without waiting, and says why', () => {
    expect(wishTier(asking(100_000))).toMatchObject({
      target: 'high-touch',
      move: 'free',
      reason: 'Yearly revenue 100,000: from 100,000',
    });
    expect(wishTier(asking(99_999))).toMatchObject({
      target: 'hybrid',
      reason: 'Yearly revenue 99,999: from 25,000',
    });
    expect(wishTier(asking(0))).toMatchObject({
      target: 'digital',
      reason: 'Yearly revenue 0: below 25,000',
    });
  });

  it('leaves an account with unknown revenue unassigned and never calls it digital', () => {
    expect(wishTier(asking(null))).toMatchObject({
      target: 'unassigned',
      by: 'unassigned',
      reason: 'Yearly revenue is not known',
    });
    expect(wishTier(asking(null, { current: inTier('hybrid', 10) }))).toMatchObject({
      target: 'hybrid',
      move: 'stay',
    });
  });

  it('holds a locked tier against override and policy', () => {
    const wish = wishTier(
      asking(500_000, { locked: true, strategic: true, current: inTier('digital', 400) }),
    );
    expect(wish).toMatchObject({ target: 'digital', by: 'lock', move: 'stay' });
  });

  it('lets an override win over the policy without a place under the cap, and ends it the same way', () => {
    expect(wishTier(asking(10, { strategic: true, current: inTier('digital', 5) }))).toMatchObject({
      target: 'high-touch',
      by: 'override',
      move: 'free',
    });
    expect(
      wishTier(asking(10, { strategic: false, current: inTier('high-touch', 5, 'override') })),
    ).toMatchObject({ target: 'digital', move: 'free' });
  });

  it.each([
    [104_000, 'hybrid', 400, 'stay'],
    [110_000, 'hybrid', 400, 'counted'],
    [110_000, 'hybrid', 89, 'dwell'],
    [150_000, 'hybrid', 1, 'counted'],
    [23_000, 'hybrid', 400, 'stay'],
    [22_500, 'hybrid', 400, 'counted'],
    [60_000, 'high-touch', 400, 'counted'],
  ])('at %d from %s after %d days the move is: %s', (arr, tier, days, move) => {
    expect(wishTier(asking(arr, { current: inTier(tier, days) })).move).toBe(move);
  });

  it('moves only as far as the margin carries', () => {
    const wish = wishTier(asking(105_000, { current: inTier('digital', 400) }));
    expect(wish).toMatchObject({ target: 'hybrid', move: 'counted' });
  });

  it('never moves while the measure wanders inside the margin of its line', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 90_001, max: 109_999 }), { maxLength: 60 }), (days) => {
        const tiers = days.map((arr) => wishTier(asking(arr, { current: inTier('hybrid', 400) })).target);
        return tiers.every((tier) => tier === 'hybrid');
      }),
    );
  });
});

describe('settleTier', () => {
  it('keeps the old tier and names the awaited one when a place is not granted', () => {
    const current = inTier('hybrid', 400);
    const wish = wishTier(asking(200_000, { current }));
    expect(settleTier(wish, current, false, TODAY)).toEqual({
      ...current,
      reason: 'Yearly revenue 200,000 asks for High-touch; the move waits for its time or its place',
      waitingFor: 'high-touch',
    });
    expect(settleTier(wish, current, true, TODAY)).toMatchObject({
      tier: 'high-touch',
      since: TODAY,
      waitingFor: null,
    });
  });
});

describe('paretoLines', () => {
  const policy = {
    kind: 'pareto' as const,
    cuts: [
      { tier: 'high-touch', upToShare: 0.45 },
      { tier: 'hybrid', upToShare: 0.75 },
      { tier: 'digital', upToShare: null },
    ],
  };

  it('cuts where the cumulative share passes each mark', () => {
    const { lines } = paretoLines(policy, [50, 20, 10, 10, 5, 5], '2026-Q4');
    expect(lines).toEqual([
      { tier: 'high-touch', from: 50 },
      { tier: 'hybrid', from: 10 },
      { tier: 'digital', from: null },
    ]);
  });

  it('never parts equal measures, and gives every account exactly one tier', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 80 }), (book) => {
        const sorted = [...book].sort((a, b) => b - a);
        const { lines } = paretoLines(policy, sorted, 'q');
        const tierOf = (measure: number) => lines.find(({ from }) => from === null || measure >= from)?.tier;
        expect(lines).toHaveLength(3);
        for (const measure of book) expect(tierOf(measure)).toBeDefined();
      }),
    );
  });

  it('names quarters', () => {
    expect(['2026-01-31', '2026-06-30', '2026-12-01'].map(quarterOf)).toEqual([
      '2026-Q1',
      '2026-Q2',
      '2026-Q4',
    ]);
  });
});

describe('moves', () => {
  it('grants furthest past first, then the larger measure, then by id', () => {
    const requests = [
      { account: 'b', target: 't', past: 0.2, measure: 5 },
      { account: 'a', target: 't', past: 0.2, measure: 5 },
      { account: 'c', target: 't', past: 0.2, measure: 9 },
      { account: 'd', target: 't', past: 0.9, measure: 1 },
    ];
    const sorted = [...requests].sort((x, y) => (moveOrder(x) < moveOrder(y) ? -1 : 1));
    expect(sorted.map(({ account }) => account)).toEqual(['d', 'c', 'a', 'b']);
  });

  it('allows a share of the book, at least one, and forgets moves that left the window', () => {
    expect([moveAllowance(RULES.calm, 10), moveAllowance(RULES.calm, 1_000)]).toEqual([1, 20]);
    const log = { old: { day: TODAY - 30, target: 't' }, young: { day: TODAY - 29, target: 't' } };
    expect(Object.keys(recentMoves(log, RULES.calm, TODAY))).toEqual(['young']);
  });
});
