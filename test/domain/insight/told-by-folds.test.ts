import { beforeAll, describe, expect, it } from '@jest/globals';
import { backtest } from '../../../src/domain/insight/backtest.js';
import type { Outcomes } from '../../../src/domain/insight/example.js';
import { type Compared, compared, rankings } from '../../../src/domain/insight/figures.js';
import { casesOf } from '../../../src/domain/insight/ranking.js';
import { eitherWay, liftWithin } from '../../../src/domain/insight/told-by-folds.js';
import { randomFrom } from '../../support/insight/random.js';
import { aCandidate, anExample } from './examples.js';

const NOTHING = new Set<string>();
const BASELINES = ['bestSignal', 'arrOnly', 'existing'] as const;

/** A book of which nothing that is read says anything. */
function noise(size: number, seed: number): Outcomes {
  const random = randomFrom(seed);
  const examples = Array.from({ length: size }, (_, at) =>
    anExample({
      account: `${seed}-${at}`,
      lost: random() < 0.3,
      score: Math.floor(random() * 10_000),
      revenue: Math.floor(random() * 1e6),
      existing: Math.floor(random() * 5),
      readings: [random(), random() < 0.5],
      scores: [null, null],
    }),
  );
  return { candidates: ['a', 'b'].map((id) => aCandidate(id)), examples };
}

function figuresOf(outcomes: Outcomes): Compared {
  const cases = casesOf(outcomes.examples);
  const suggested = outcomes.examples.map(() => 5_000);
  return compared(rankings(outcomes, cases, { suggested, ceiling: null, little: NOTHING }), cases);
}

describe.each([
  [30, 400, 0.11],
  [120, 250, 0.07],
])('Baselines of %d outcomes that say nothing', (size, seeds, most) => {
  let books: readonly Compared[] = [];
  beforeAll(() => {
    books = Array.from({ length: seeds }, (_, at) => figuresOf(noise(size, at + 1)));
  }, 120_000);
  const share = (holds: (book: Compared) => boolean) => books.filter(holds).length / seeds;

  it.each(BASELINES)('lift nobody: %s', (id) => {
    const lifts = books.flatMap(({ models }) => models[id]?.lift10 ?? []);
    const mean = lifts.reduce((sum, one) => sum + one, 0) / lifts.length;
    expect(mean).toBeGreaterThan(0.95);
    expect(mean).toBeLessThan(1.05);
  });

  it('are hardly ever told apart from chance, and not the wrong way round', () => {
    for (const id of ['arrOnly', 'existing'] as const) {
      expect(share(({ models }) => (models[id]?.high ?? 1) < 0.5)).toBeLessThan(0.025);
      expect(share(({ models }) => (models[id]?.low ?? 0) > 0.5)).toBeLessThan(most);
    }
  });

  it('are hardly ever beaten by a score that says nothing', () => {
    expect(share(({ gaps }) => (gaps.existingToDefault?.low ?? 0) > 0)).toBeLessThan(0.025);
  });
});

describe('Outcomes that are all alike', () => {
  const alike = noise(90, 1).examples.map((one) => ({
    ...one,
    score: 5_000,
    revenue: 1_000,
    existing: 'green',
    readings: [1, true],
  }));
  const outcomes = { ...noise(90, 1), examples: alike };
  const ceiling = null;
  const suggested = alike.map(() => 5_000);
  const report = backtest(outcomes, { suggested, ceiling, little: NOTHING });

  it('are not ranked by what is told by folds', () => {
    for (const id of ['default', 'suggested', ...BASELINES] as const) {
      expect(report.models[id]).toMatchObject({ auc: expect.closeTo(0.5, 9), lift10: expect.closeTo(1, 9) });
      expect(report.models[id]?.ece).toBeCloseTo(0, 6);
    }
  });

  it('have one bar of calibration, at the rate of all', () => {
    const rate = alike.filter(({ lost }) => lost).length / alike.length;
    expect(report.calibration).toEqual([
      { n: 90, forecast: expect.closeTo(rate, 6), observed: expect.closeTo(rate, 9) },
    ]);
  });
});

describe('The lift of the riskiest tenth of each fold', () => {
  it('takes a part of a place where a fold has under ten, and shares it among those who tie', () => {
    const cases = [true, true, false, false].map((event, at) => ({ event, cluster: `${at}`, fold: at % 2 }));
    const of = (risks: readonly number[]) =>
      liftWithin(
        risks.map((risk, at) => ({ risk, event: cases[at]?.event === true })),
        cases,
      );
    expect(of([2, 2, 1, 1])).toBeCloseTo(2, 9);
    expect(of([2, 1, 2, 1])).toBeCloseTo(1, 9);
    expect(of([1, 1, 2, 1])).toBeCloseTo(0.5, 9);
  });
});

describe('A reading that folds turn different ways', () => {
  it('has an interval that holds both', () => {
    expect(eitherWay({ value: 0.4, low: 0.3, high: 0.48 })).toEqual({ value: 0.4, low: 0.3, high: 0.7 });
  });
});
