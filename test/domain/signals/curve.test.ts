import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Curve } from '../../../src/domain/health/model.js';
import { scoreOn } from '../../../src/domain/signals/curve.js';

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const score = fc.integer({ min: 0, max: 100 });
const rising = fc.uniqueArray(number, { minLength: 1, maxLength: 6 }).map((xs) => xs.sort((a, b) => a - b));
const scored = rising.chain((xs) =>
  fc.array(score, { minLength: xs.length, maxLength: xs.length }).map((scores) => ({ xs, scores })),
);
const linear = fc.record({ shape: fc.constant('linear' as const), from: number, to: number });
const piecewise = scored.map(
  ({ xs, scores }): Curve => ({ shape: 'piecewise', points: xs.map((x, at) => [x, scores[at] ?? 0]) }),
);
const steps = scored.map(
  ({ xs, scores }): Curve => ({
    shape: 'steps',
    steps: xs.map((upTo, at) => ({ upTo, score: scores[at] ?? 0 })),
  }),
);

describe('a curve', () => {
  it('is total: every number has a whole number of hundredths from 0 to 10000', () => {
    fc.assert(
      fc.property(fc.oneof(linear, piecewise, steps), fc.double({ noNaN: true }), (curve, value) => {
        const worth = scoreOn(curve, value);
        expect(Number.isInteger(worth)).toBe(true);
        expect(worth).toBeGreaterThanOrEqual(0);
        expect(worth).toBeLessThanOrEqual(10_000);
      }),
    );
  });

  it('that is a line is worth 0 at `from`, 100 at `to`, and rises from one to the other', () => {
    fc.assert(
      fc.property(linear, number, number, (curve, a, b) => {
        fc.pre(curve.from !== curve.to);
        expect(scoreOn(curve, curve.from)).toBe(0);
        expect(scoreOn(curve, curve.to)).toBe(10_000);
        const [low, high] = a <= b === curve.from < curve.to ? [a, b] : [b, a];
        expect(scoreOn(curve, low)).toBeLessThanOrEqual(scoreOn(curve, high) ?? 0);
      }),
    );
  });

  it('that is piecewise goes through its points', () => {
    fc.assert(
      fc.property(scored, ({ xs, scores }) => {
        const curve: Curve = { shape: 'piecewise', points: xs.map((x, at) => [x, scores[at] ?? 0]) };
        xs.forEach((x, at) => {
          expect(scoreOn(curve, x)).toBe((scores[at] ?? 0) * 100);
        });
      }),
    );
  });

  it('that has steps includes each upper edge, and holds the last beyond it', () => {
    const curve: Curve = {
      shape: 'steps',
      steps: [
        { upTo: 1, score: 100 },
        { upTo: 3, score: 40 },
      ],
    };
    expect([1, 1.01, 3, 99].map((value) => scoreOn(curve, value))).toEqual([10_000, 4000, 4000, 4000]);
  });

  it('that is a table scores categories and flags, and leaves others missing unless told', () => {
    const curve: Curve = { shape: 'table', scores: { yes: 80, true: 100 }, otherwise: null };
    expect(['yes', true, 'no', 'toString', 7].map((value) => scoreOn(curve, value))).toEqual([
      8000,
      10_000,
      null,
      null,
      null,
    ]);
    expect(scoreOn({ ...curve, otherwise: 20 }, 'no')).toBe(2000);
  });

  it('fits no reading of another type', () => {
    expect(scoreOn({ shape: 'linear', from: 0, to: 1 }, 'much')).toBeNull();
    expect(scoreOn({ shape: 'linear', from: 0, to: 1 }, null)).toBeNull();
  });
});
