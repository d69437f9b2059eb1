import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lineDifference } from '../../../src/config/drafts/line-difference.js';

describe('a difference between two texts', () => {
  it('shows what goes and what comes, with two lines around', () => {
    const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].join('\n');
    const after = ['a', 'b', 'c', 'd', 'x', 'f', 'g', 'h'].join('\n');
    expect(lineDifference(before, after)).toEqual(['  c', '  d', '- e', '+ x', '  f', '  g', '  …']);
  });

  it('is empty between a text and itself', () => {
    expect(lineDifference('a\nb\n', 'a\nb\n')).toEqual([]);
  });

  it('has every line of the later text in order, where all of it is near a change', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(lines, lines, (one, other) => {
        const shown = lineDifference(`${one.join('\n')}\nlast`, `${other.join('\n')}\nfinal`);
        if (shown.includes('  …')) return;
        const kept = (mark: string) =>
          shown.filter((line) => line[0] === ' ' || line[0] === mark).map((line) => line.slice(2));
        expect(kept('+').join('\n').endsWith('final')).toBe(true);
        expect([...other, 'final'].join('\n').endsWith(kept('+').join('\n'))).toBe(true);
        expect([...one, 'last'].join('\n').endsWith(kept('-').join('\n'))).toBe(true);
      }),
    );
  });
});
