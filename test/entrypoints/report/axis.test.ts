import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { spread, ticksUpTo } from '../../../src/entrypoints/report/axis.js';

describe('the ticks of an axis', () => {
  it('are few, even and round', () => {
    expect(ticksUpTo(100)).toEqual([0, 25, 50, 75, 100]);
    expect(ticksUpTo(101.4)).toEqual([0, 50, 100, 150]);
    expect(ticksUpTo(217)).toEqual([0, 100, 200, 300]);
    expect(ticksUpTo(7.7)).toEqual([0, 2, 4, 6, 8]);
    expect(ticksUpTo(0)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  it('begin at zero and hold the largest value', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (most) => {
        const ticks = ticksUpTo(most);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(most - 0.01);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(5);
      }),
    );
  });
});

describe('labels that end close together', () => {
  it('are moved apart, and stay where they are otherwise', () => {
    expect(spread([10, 50], 12, 110)).toEqual([10, 50]);
    expect(spread([10, 12, 11], 12, 110)).toEqual([10, 34, 22]);
    expect(spread([110, 109], 12, 110)).toEqual([110, 98]);
  });
});
