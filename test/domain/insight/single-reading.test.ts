import { describe, expect, it } from '@jest/globals';
import { aucOf } from '../../../src/domain/insight/auc.js';
import { calibrated, casesOf, largestOf } from '../../../src/domain/insight/ranking.js';
import { bestOver, bestSingle, learnRisk } from '../../../src/domain/insight/single-reading.js';
import { anExample, numbers } from './examples.js';

const LOST = [true, true, true, false, false, false];

describe('A reading alone', () => {
  it('is turned so that what came with losses counts as risk', () => {
    const rising = learnRisk([9, 8, 7, 3, 2, 1], LOST);
    const falling = learnRisk([1, 2, 3, 7, 8, 9], LOST);
    expect(rising?.(9)).toBeGreaterThan(rising?.(1) ?? Number.NaN);
    expect(falling?.(1)).toBeGreaterThan(falling?.(9) ?? Number.NaN);
  });

  it('counts a text by how often it came with a loss, and one that was never seen as the mean', () => {
    const risk = learnRisk(['a', 'a', 'a', 'b', 'b', 'b'], LOST);
    expect(risk?.('a')).toBeGreaterThan(0.5);
    expect(risk?.('b')).toBeLessThan(0.5);
    expect(risk?.('c')).toBe(0.5);
    expect(risk?.(null)).toBe(0.5);
  });

  it('tells nothing where all are the same, or none is known', () => {
    expect(learnRisk([1, 1, 1, null, 1, 1], LOST)).toBeNull();
    expect(learnRisk([null, null, null, null, null, null], LOST)).toBeNull();
  });

  it('claims nothing on noise, although the best of many is chosen: each case is told by what has not seen it', () => {
    const next = numbers(5);
    const examples = Array.from({ length: 600 }, (_, at) =>
      anExample({ account: `A${at}`, lost: next() < 0.3 }),
    );
    const cases = casesOf(examples);
    const columns = Array.from({ length: 40 }, (_, at) => ({
      id: `noise${at}`,
      values: examples.map(() => next()),
    }));
    expect(bestOver(columns, cases)).not.toBeNull();
    expect(aucOf(bestSingle(columns, cases).chances, cases)?.low).toBeLessThan(0.5);
  });

  it('is told of books with more outcomes than a call takes arguments', () => {
    const many = Array.from({ length: 150_000 }, (_, at) => ({
      event: at % 3 === 0,
      cluster: '',
      fold: at % 2,
    }));
    const risks = many.map(({ event }, at) => Number(event) + (at % 7));
    expect(calibrated(risks, many)).toHaveLength(many.length);
    expect(largestOf(risks)).toBe(7);
  });

  it('finds the one that tells', () => {
    const next = numbers(6);
    const examples = Array.from({ length: 400 }, (_, at) =>
      anExample({ account: `A${at}`, lost: next() < 0.4 }),
    );
    const cases = casesOf(examples);
    const columns = [
      { id: 'noise', values: examples.map(() => next()) },
      { id: 'telling', values: examples.map(({ lost }) => next() - (lost ? 0.5 : 0)) },
    ];
    expect(bestOver(columns, cases)).toBe('telling');
    expect(aucOf(bestSingle(columns, cases).chances, cases)?.value).toBeGreaterThan(0.8);
  });
});
