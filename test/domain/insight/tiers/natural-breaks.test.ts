import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { naturalBreaks } from '../../../../src/domain/insight/tiers/natural-breaks.js';

/** Sum of squared distances to the means of the classes that these lines make. */
function spreadOf(values: readonly number[], lines: readonly number[]): number {
  const classes = Map.groupBy(values, (value) => lines.findIndex((line) => value >= line));
  return [...classes.values()].reduce((sum, own) => {
    const mean = own.reduce((total, value) => total + value, 0) / own.length;
    return sum + own.reduce((total, value) => total + (value - mean) ** 2, 0);
  }, 0);
}

/** The smallest spread of all ways to make so many classes. */
function smallest(values: readonly number[], classes: number): number {
  const distinct = [...new Set(values)].sort((a, b) => b - a);
  const tried = (left: number, from: number): readonly (readonly number[])[] =>
    left === 0
      ? [[]]
      : distinct
          .slice(from, -1)
          .flatMap((line, at) => tried(left - 1, from + at + 1).map((rest) => [line, ...rest]));
  return Math.min(...tried(classes - 1, 0).map((lines) => spreadOf(values, lines)));
}

describe('natural breaks', () => {
  it('part the groups that anybody would see', () => {
    expect(naturalBreaks([1, 2, 3, 50, 51, 52, 100, 101, 102], 3)).toEqual([100, 50]);
  });

  it('of skewed values part powers, not steps', () => {
    const values = [
      ...Array(50).fill(10),
      ...Array(20).fill(11),
      ...Array(9).fill(1_000),
      1_100,
      90_000,
      100_000,
    ];
    expect(naturalBreaks(values, 3)).toEqual([90_000, 1_000]);
  });

  it('are exact: no other lines have a smaller spread', () => {
    const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 4, maxLength: 12 });
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 4 }), (drawn, classes) => {
        fc.pre(new Set(drawn).size >= classes && !drawn.some((value) => value > 0));
        const lines = naturalBreaks(drawn, classes);
        expect(lines).toHaveLength(classes - 1);
        expect(spreadOf(drawn, lines)).toBeCloseTo(smallest(drawn, classes), 6);
      }),
    );
  });

  it('are fewer where there are fewer different values, and none of one value', () => {
    expect(naturalBreaks([5, 5, 9], 3)).toEqual([9]);
    expect(naturalBreaks([5, 5], 3)).toEqual([]);
    expect(naturalBreaks([], 3)).toEqual([]);
  });
});
