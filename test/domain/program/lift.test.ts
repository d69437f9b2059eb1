import { describe, expect, it } from '@jest/globals';
import { OUTCOME_FLOOR } from '../../../src/domain/insight/intervals.js';
import {
  type Assignment,
  liftOf,
  type MeasuredEpisode,
  measurable,
} from '../../../src/domain/program/lift.js';

function arm(n: number, reached: number, heldOut: boolean): readonly Assignment[] {
  return Array.from({ length: n }, (_, index) => ({
    account: `${heldOut}${index}`,
    heldOut,
    goalReached: index < reached,
    exposedElsewhere: index % 2 === 0,
  }));
}

const lift = (a: readonly [number, number], b: readonly [number, number]) =>
  liftOf([...arm(a[1], a[0], false), ...arm(b[1], b[0], true)]);

describe('liftOf', () => {
  it.each([
    // Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10.
    [[56, 70], [48, 80], 0.2, 0.0524, 0.3339],
  ] as const)('gives the published interval of %j against %j', (a, b, value, low, high) => {
    const { difference } = lift(a, b);
    expect(difference?.value).toBeCloseTo(value, 10);
    expect(difference?.low).toBeCloseTo(low, 4);
    expect(difference?.high).toBeCloseTo(high, 4);
  });

  it.each([
    // The same table has smaller arms; the floor is for people, the arithmetic holds below it.
    [[9, 10], [3, 10], 0.1705, 0.809],
    [[10, 10], [0, 20], 0.6791, 1],
    [[10, 10], [0, 10], 0.6075, 1],
    [[0, 10], [0, 20], -0.1611, 0.2775],
  ] as const)('and of %j against %j', (a, b, low, high) => {
    const all = [...arm(a[1], a[0], false), ...arm(b[1], b[0], true)];
    const { difference } = liftOf(all, 1);
    expect(difference?.low).toBeCloseTo(low, 4);
    expect(difference?.high).toBeCloseTo(high, 4);
  });

  it('says nothing of too few in either arm', () => {
    expect(lift([20, 400], [2, OUTCOME_FLOOR - 1])).toMatchObject({
      difference: null,
      verdict: 'too little data',
    });
    expect(lift([20, OUTCOME_FLOOR - 1], [2, 400]).verdict).toBe('too little data');
    expect(lift([20, OUTCOME_FLOOR], [2, OUTCOME_FLOOR]).verdict).toBe('better');
    expect(liftOf([])).toMatchObject({ treated: { n: 0, rate: null }, difference: null });
  });

  it('is the other way round when the arms are', () => {
    const [one, other] = [lift([40, 80], [60, 90]), lift([60, 90], [40, 80])];
    expect(one.difference?.low).toBeCloseTo(-(other.difference?.high ?? 0), 12);
    expect(one.difference?.high).toBeCloseTo(-(other.difference?.low ?? 0), 12);
    expect([one.verdict, other.verdict]).toEqual(['worse', 'better']);
  });

  it('counts those whom another playbook reached apart', () => {
    expect(lift([10, 41], [10, 40])).toMatchObject({
      treated: { exposedElsewhere: 21 },
      heldOut: { exposedElsewhere: 20 },
    });
  });

  it.each([
    [400, 60, 0.3, 0.18],
    [150, 40, 0.12, 0.08],
    [900, 100, 0.55, 0.55],
  ])('covers the true difference in 95 of 100 programs (%d treated, %d held out)', (n, m, p, q) => {
    const random = seeded(n * 31 + m);
    let covered = 0;
    for (let trial = 0; trial < 1_000; trial += 1) {
      const { difference } = lift([drawn(n, p, random), n], [drawn(m, q, random), m]);
      if (difference !== null && difference.low <= p - q && p - q <= difference.high) covered += 1;
    }
    expect(covered).toBeGreaterThanOrEqual(930);
    expect(covered).toBeLessThanOrEqual(970);
  });

  it('claims an effect in at most 7 of 100 programs that have none', () => {
    const random = seeded(11);
    let claims = 0;
    for (let trial = 0; trial < 1_000; trial += 1) {
      const { verdict } = lift([drawn(300, 0.2, random), 300], [drawn(40, 0.2, random), 40]);
      if (verdict === 'better' || verdict === 'worse') claims += 1;
    }
    expect(claims).toBeLessThanOrEqual(70);
  });
});

/** Mulberry32: the same numbers on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function drawn(n: number, p: number, random: () => number): number {
  let reached = 0;
  for (let one = 0; one < n; one += 1) if (random() < p) reached += 1;
  return reached;
}

describe('measurable', () => {
  const TODAY = 20_000;
  const episode = (change: Partial<MeasuredEpisode>): MeasuredEpisode => ({
    account: '001A',
    edge: TODAY - 50,
    heldOut: false,
    refused: null,
    goalOn: null,
    goalUntil: TODAY - 1,
    ...change,
  });

  it('takes the first episode of each account, whatever came of a later one', () => {
    const first = episode({ edge: TODAY - 200, goalUntil: TODAY - 150 });
    const later = episode({ goalOn: TODAY - 40 });
    expect(measurable([later, first], TODAY)).toEqual([first]);
  });

  it('waits until the goal window is over, and does not fall back on a later episode meanwhile', () => {
    const first = episode({ edge: TODAY - 20, goalUntil: TODAY });
    expect(measurable([first], TODAY)).toEqual([]);
    expect(measurable([first], TODAY + 1)).toEqual([first]);
  });

  it('leaves out who was refused before the hold-out, and what has no goal', () => {
    const refused = episode({ refused: { code: 'churned', evidence: '' } });
    expect(measurable([refused, episode({ account: '001B', goalUntil: null })], TODAY)).toEqual([]);
  });
});
