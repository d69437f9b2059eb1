import { describe, expect, it } from '@jest/globals';
import { aftermathOf, moveEffect, windowAfter } from '../../../../src/domain/insight/tiers/move-effect.js';
import { matchedMoves, moveLog } from '../../../../src/domain/insight/tiers/moves.js';

describe('moves in history', () => {
  it('are changes of the tier: no first assignment, no repetition, nothing to or from unassigned', () => {
    const log = moveLog();
    const tiers = ['unassigned', 'mid', 'mid', 'high', 'unassigned', 'high'];
    for (const [day, tier] of tiers.entries()) log.add({ account: 'A', day, tier });
    log.add({ account: 'B', day: 9, tier: 'low' });
    expect(log.moves()).toEqual([{ account: 'A', day: 3, from: 'mid', to: 'high' }]);
  });

  it('are dated, and made up, by since when the present tier holds', () => {
    const log = moveLog();
    for (const account of ['late', 'missing', 'never']) log.add({ account, day: 0, tier: 'mid' });
    log.add({ account: 'late', day: 30, tier: 'high' });
    expect(log.settle('late', { tier: 'high', since: 20 })).toBe(true);
    expect(log.settle('missing', { tier: 'low', since: 25 })).toBe(true);
    expect(log.settle('never', { tier: 'mid', since: 0 })).toBe(false);
    expect(log.settle('unseen', { tier: 'mid', since: 0 })).toBe(false);
    expect(log.moves()).toEqual([
      { account: 'late', day: 20, from: 'mid', to: 'high' },
      { account: 'missing', day: 25, from: 'mid', to: 'low' },
    ]);
  });
});

describe('accounts like those that were moved', () => {
  const move = (account: string, day: number) => ({ account, day, from: 'mid', to: 'high' });
  const stayer = (account: string, measure: number, since = 0, tier = 'mid') => ({
    account,
    measure,
    since,
    tier,
  });
  const lineBetween = () => 100;

  it('are those of the same tier closest to the line, each once, and there on the day', () => {
    const stayers = [
      stayer('far', 51),
      stayer('near', 95),
      stayer('nearest', 99, 50),
      stayer('beyond', 49),
      stayer('other', 98, 0, 'low'),
    ];
    const matched = matchedMoves({
      moves: [move('M1', 10), move('M2', 60), move('M3', 70)],
      stayers,
      lineBetween,
    });
    expect(matched.map(({ move: { account }, like }) => [account, like])).toEqual([
      ['M1', 'near'],
      ['M2', 'nearest'],
      ['M3', 'far'],
    ]);
    expect(matchedMoves({ moves: [move('M', 10)], stayers, lineBetween: () => null })).toEqual([]);
  });
});

describe('what became of an account', () => {
  it('is read from the window after the move alone', () => {
    const deals = [
      { on: 100, type: 'renewal', won: false },
      { on: 101, type: 'renewal', won: true },
      { on: 400, type: 'expansion', won: true },
      { on: 466, type: 'renewal', won: false },
    ] as const;
    const shown = [
      { day: 90, score: 40 },
      { day: 300, score: 70 },
      { day: 470, score: 10 },
    ];
    const window = windowAfter(100, 1_000);
    expect(window).toEqual({ from: 100, to: 465 });
    expect(aftermathOf(deals, shown, { window, revenue: 5 })).toEqual({
      renewals: { n: 1, reached: 1 },
      expanded: true,
      scoreChange: 30,
      revenue: 5,
    });
    expect(aftermathOf([], shown.slice(1), { window, revenue: 5 }).scoreChange).toBeNull();
  });
});

describe('the effect of a move', () => {
  const side = (nth: number, kept: number) => ({
    renewals: { n: 1, reached: nth < kept ? 1 : 0 },
    expanded: nth % 2 === 0,
    scoreChange: kept / 10 + (nth % 3),
    revenue: 1_000,
  });
  const pairs = (count: number) =>
    Array.from({ length: count }, (_, nth) => ({ moved: side(nth, 90), like: side(nth, 70) }));

  it('is the difference to accounts like them, less the added cost', () => {
    const effect = moveEffect(pairs(100), 50);
    expect(effect.retention.difference?.value).toBeCloseTo(0.2, 10);
    expect(effect.growth.difference?.value).toBeCloseTo(0, 10);
    expect(effect.score.difference?.value).toBeCloseTo(2, 10);
    expect(effect.worth?.value).toBeCloseTo(0.2 * 1_000 - 50, 10);
    expect(effect.worth?.low).toBeLessThan(150);
  });

  it('is too little data under thirty pairs, and has no worth without costs', () => {
    expect(moveEffect(pairs(29), 50)).toMatchObject({
      pairs: 29,
      retention: { difference: null },
      growth: { difference: null },
      score: { difference: null },
      worth: null,
    });
    expect(moveEffect(pairs(100), null).worth).toBeNull();
  });
});
