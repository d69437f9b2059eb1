import { describe, expect, it } from '@jest/globals';
import { aftermathOf, moveEffect, windowAfter } from '../../../../src/domain/insight/tiers/move-effect.js';
import {
  matchedMoves,
  moveLog,
  type Standing,
  type TierMove,
} from '../../../../src/domain/insight/tiers/moves.js';

describe('moves in history', () => {
  it('are changes of the tier: no first assignment, no repetition, nothing to or from unassigned', () => {
    const log = moveLog();
    const tiers = ['unassigned', 'mid', 'mid', 'high', 'unassigned', 'high'];
    for (const [day, tier] of tiers.entries()) log.add({ account: 'A', day, tier, measure: null });
    log.add({ account: 'B', day: 9, tier: 'low', measure: null });
    expect(log.moves()).toEqual([{ account: 'A', day: 3, from: 'mid', to: 'high' }]);
  });

  it('are dated, and made up, by since when the present tier holds', () => {
    const log = moveLog();
    for (const account of ['late', 'missing', 'never'])
      log.add({ account, day: 0, tier: 'mid', measure: null });
    log.add({ account: 'late', day: 30, tier: 'high', measure: null });
    expect(log.settle('late', { tier: 'high', since: 20 })).toHaveLength(1);
    expect(log.settle('missing', { tier: 'low', since: 25 })).toHaveLength(1);
    expect(log.settle('never', { tier: 'mid', since: 0 })).toEqual([]);
    expect(log.settle('unseen', { tier: 'mid', since: 0 })).toEqual([]);
    expect(log.moves()).toEqual([
      { account: 'late', day: 20, from: 'mid', to: 'high' },
      { account: 'missing', day: 25, from: 'mid', to: 'low' },
    ]);
  });
});

describe('accounts like those that were moved', () => {
  const move = (account: string, day: number) => ({ account, day, from: 'mid', to: 'high' });
  const standing = (account: string, measure: number, since = 0, tier = 'mid'): Standing => ({
    account,
    stood: [{ day: since, tier, measure }],
    moves: [],
  });
  const asked = (moves: readonly TierMove[], standings: readonly Standing[]) => ({
    moves,
    standings,
    lostOn: new Map<string, readonly number[]>(),
    lineBetween: (): number | null => 100,
    today: 1_000,
  });
  const namesOf = (question: Parameters<typeof matchedMoves>[0]) =>
    matchedMoves(question).map(({ move: { account }, like }) => [account, like]);

  it('are those of the same tier closest to the line, each once, and there on the day', () => {
    const standings = [
      standing('far', 51),
      standing('near', 95),
      standing('nearest', 99, 50),
      standing('beyond', 49),
      standing('other', 98, 0, 'low'),
    ];
    const question = asked([move('M1', 10), move('M2', 60), move('M3', 70)], standings);
    expect(namesOf(question)).toEqual([
      ['M1', 'near'],
      ['M2', 'nearest'],
      ['M3', 'far'],
    ]);
    expect(namesOf({ ...question, lineBetween: () => null })).toEqual([]);
  });

  it('are chosen by what was known on the day of the move, whatever came afterwards', () => {
    const lost: Standing = {
      account: 'lost',
      stood: [
        { day: 0, tier: 'mid', measure: 99 },
        { day: 90, tier: 'mid', measure: null },
      ],
      moves: [],
    };
    const grewLater: Standing = { ...standing('grew', 10), stood: [{ day: 90, tier: 'mid', measure: 100 }] };
    expect(namesOf(asked([move('M', 10)], [grewLater, lost]))).toEqual([['M', 'lost']]);
  });

  it('were not moved by the end of the window, except where they were lost before', () => {
    const movedOn = (account: string, day: number): Standing => ({
      ...standing(account, 99),
      moves: [{ account, day, from: 'mid', to: 'low' }],
    });
    const question = asked([move('M', 10)], [movedOn('within', 300), movedOn('before', 5)]);
    expect(namesOf(question)).toEqual([]);
    expect(namesOf(asked([move('M', 10)], [movedOn('after', 376)]))).toEqual([['M', 'after']]);
    expect(namesOf({ ...question, lostOn: new Map([['within', [299]]]) })).toEqual([['M', 'within']]);
    expect(namesOf({ ...question, lostOn: new Map([['within', [301]]]) })).toEqual([]);
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
