import { describe, expect, it } from '@jest/globals';
import { fitLogistic, probabilityOf } from '../../../src/domain/insight/logistic.js';
import { scoreBy, suggestWeights } from '../../../src/domain/insight/suggestion.js';
import { plantedBook } from '../../support/insight/planted-outcomes.js';
import { randomFrom } from '../../support/insight/random.js';

const RULES = { minPresent: 0.3, today: null };

describe('suggested weights', () => {
  const { outcomes } = plantedBook({ signals: 6, effects: [4, 2], intercept: -1.5 }, 3000, 7);
  const { model, outOfSample } = suggestWeights(outcomes, RULES);
  const weightOf = (id: string) => {
    const inside = model.dimensions.flatMap(({ weight, signals }) => {
      const sum = signals.reduce((total, signal) => total + signal.weight, 0);
      return signals.map((signal) => ({ id: signal.candidate.id, share: (weight * signal.weight) / sum }));
    });
    return inside.find((signal) => signal.id === id)?.share ?? 0;
  };

  it('go to the signals that were planted, in the proportion of their effects', () => {
    expect(weightOf('signal0') / weightOf('signal1')).toBeGreaterThan(1.5);
    expect(weightOf('signal0') / weightOf('signal1')).toBeLessThan(2.7);
    expect(weightOf('signal0') + weightOf('signal1')).toBeGreaterThan(85);
  });

  it('are whole numbers above zero', () => {
    const weights = model.dimensions.flatMap(({ weight, signals }) => [
      weight,
      ...signals.map((one) => one.weight),
    ]);
    expect(weights.every((weight) => Number.isInteger(weight) && weight > 0)).toBe(true);
  });

  it('leave a model as it is where an example has nothing to be scored by', () => {
    const [example] = outcomes.examples;
    if (example === undefined) throw new Error('The book is empty.');
    const silent = { ...example, scores: example.scores.map(() => null) };
    expect(scoreBy(model, outcomes, { example: silent, rules: RULES })).toBeNull();
    expect(scoreBy(model, outcomes, { example: { ...example, cap: 10 }, rules: RULES })).toBe(10);
  });

  it('score every account by a model that has not seen it: its own outcome changes nothing', () => {
    const turned = outcomes.examples.map((example, at) =>
      at === 5 ? { ...example, lost: !example.lost } : example,
    );
    const again = suggestWeights({ ...outcomes, examples: turned }, RULES);
    expect(again.outOfSample[5]).toBe(outOfSample[5]);
  });

  it('keep today’s dimensions at the least weight where nothing speaks for them', () => {
    const idle = outcomes.candidates[5]?.signal;
    if (idle == null) throw new Error('There is no sixth signal.');
    const dimension = { id: 'sentiment', label: 'Sentiment', weight: 10, weightRules: [], signals: [idle] };
    const today = { id: 'ongoing', label: 'Ongoing', when: null, dimensions: [dimension], guards: [] };
    const kept = suggestWeights(outcomes, { ...RULES, today }).model.dimensions;
    expect(kept.find(({ id }) => id === 'sentiment')?.weight).toBe(1);
  });
});

describe('logistic regression', () => {
  it('finds the law that the labels were drawn by, and no weight below zero', () => {
    const random = randomFrom(3);
    const rows = Array.from({ length: 20_000 }, () => [random(), random(), random()] as const);
    const labels = rows.map(([a, b, c]) =>
      Number(random() < 1 / (1 + Math.exp(-(1 + 2 * a - 3 * b + 0 * c)))),
    );
    const design = {
      features: Float64Array.from(rows.flat()),
      columns: 3,
      labels: Float64Array.from(labels),
    };
    const { weights, intercept } = fitLogistic(design, 1e-3);
    expect(weights[1]).toBe(0);
    expect(weights[0]).toBeGreaterThan(1.6);
    expect(weights[0]).toBeLessThan(2.2);
    expect(weights[2]).toBeLessThan(0.2);
    expect(probabilityOf({ weights, intercept }, [1, 0, 0])).toBeGreaterThan(0.6);
  });

  it('gives no weight to anything where all labels are the same', () => {
    const design = { features: Float64Array.from([1, 2]), columns: 1, labels: Float64Array.from([1, 1]) };
    expect(fitLogistic(design, 1)).toEqual({ intercept: 0, weights: [0] });
  });
});
