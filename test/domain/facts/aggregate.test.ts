import { describe, expect, it } from '@jest/globals';
import { meanOf, medianOf, percentOf, rounded, sumOf } from '../../../src/domain/facts/aggregate.js';

describe('aggregates', () => {
  it('sum to the same bits in any order', () => {
    expect(sumOf([0.3, 0.2, 0.1])).toBe(sumOf([0.1, 0.2, 0.3]));
  });

  it('of nothing known are unknown', () => {
    expect([sumOf([null]), meanOf([]), medianOf([null]), percentOf(1, 0), percentOf(null, 3)]).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('take the middle, or the mean of the two middle ones', () => {
    expect(medianOf([9, 1, null, 5])).toBe(5);
    expect(medianOf([1, 2, 3, 10])).toBe(2.5);
  });

  it('round halves away from zero and never to a negative zero', () => {
    expect([rounded(2.25, 1), rounded(-2.25, 1), rounded(-0.01, 1)]).toEqual([2.3, -2.3, 0]);
  });
});
