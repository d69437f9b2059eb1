import { describe, expect, it } from '@jest/globals';
import { exactTest, holm } from '../../../src/domain/insight/exact-test.js';

describe('exactTest', () => {
  it.each([
    // Agresti 2002, Categorical Data Analysis, 3.5.2: the lady who tastes tea.
    [3, 4, 1, 4, 0.4857],
    // Added up in rational numbers over all tables with the same margins.
    [12, 30, 5, 45, 0.0049],
    [0, 30, 6, 30, 0.0237],
  ])('gives the chance of %d of %d against %d of %d', (reachedA, nA, reachedB, nB, chance) => {
    const test = exactTest(100);
    expect(test({ reached: reachedA, n: nA }, { reached: reachedB, n: nB })).toBeCloseTo(chance, 3);
    expect(test({ reached: reachedB, n: nB }, { reached: reachedA, n: nA })).toBeCloseTo(chance, 3);
  });

  it('is certain of nothing where both groups are alike', () => {
    expect(exactTest(80)({ reached: 10, n: 40 }, { reached: 10, n: 40 })).toBeCloseTo(1, 6);
    expect(exactTest(80)({ reached: 40, n: 40 }, { reached: 40, n: 40 })).toBe(1);
  });
});

describe('holm', () => {
  it('corrects the smallest chance for all that were tried, the next for one fewer, and keeps the order', () => {
    // By hand: 0.001 times four, 0.02 times three, 0.04 times two, 0.5 times one.
    expect(holm([0.04, 0.001, 0.02, 0.5]).map((chance) => chance.toFixed(3))).toEqual([
      '0.080',
      '0.004',
      '0.060',
      '0.500',
    ]);
    expect(holm([0.6, 0.7])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });
});
