import { describe, expect, it } from '@jest/globals';
import { newcombe, widthFor, wilson } from '../../../src/domain/insight/intervals.js';

describe('wilson', () => {
  it.each([
    // Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('gives the published interval of %d of %d', (reached, n, low, high) => {
    const estimate = wilson(reached, n);
    expect(estimate.value).toBe(reached / n);
    expect(estimate.low).toBeCloseTo(low, 4);
    expect(estimate.high).toBeCloseTo(high, 4);
  });

  it('stays between 0 and 1 where all or none were reached', () => {
    expect(wilson(0, 1).low).toBe(0);
    expect(wilson(500, 500).high).toBe(1);
  });
});

describe('newcombe', () => {
  it('gives the published interval of a difference', () => {
    // Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10.
    const { value, low, high } = newcombe({ reached: 56, n: 70 }, { reached: 48, n: 80 });
    expect([value.toFixed(4), low.toFixed(4), high.toFixed(4)]).toEqual(['0.2000', '0.0524', '0.3339']);
  });
});

describe('the width of intervals that hold together', () => {
  it.each([
    [1, 1.959964],
    [2, 2.241403],
    [3, 2.39398],
    [10, 2.807034],
    [40, 3.227218],
  ])('is the quantile of the normal distribution where %d are tried', (tried, width) => {
    expect(widthFor(tried)).toBeCloseTo(width, 5);
  });
});
