import { describe, expect, it } from '@jest/globals';
import { isSampled, type Sample } from '../../../src/domain/settle/sample.js';

function taken(sample: Sample): readonly number[] {
  return Array.from({ length: sample.of }, (_, place) => place).filter((place) => isSampled(place, sample));
}

describe('a sample', () => {
  it.each([
    [10, 3],
    [1_203, 500],
    [7, 7],
    [5, 1],
  ])('of %d takes exactly %d, wherever it begins', (of, take) => {
    for (let from = 0; from < of; from += 1) expect(taken({ of, take, from })).toHaveLength(take);
  });

  it('is spread over all items, and everyone gets a turn', () => {
    const [first = [], ...others] = Array.from({ length: 10 }, (_, from) =>
      taken({ of: 100, take: 10, from }),
    );
    expect(first).toEqual([9, 19, 29, 39, 49, 59, 69, 79, 89, 99]);
    expect(new Set([first, ...others].flat()).size).toBe(100);
  });

  it('takes a start beyond its size', () => {
    expect(taken({ of: 4, take: 2, from: 4_000_000_001 })).toEqual(taken({ of: 4, take: 2, from: 1 }));
  });
});
