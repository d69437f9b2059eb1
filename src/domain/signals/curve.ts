import type { FactValue } from '../facts/fact.js';
import type { Cents, Curve } from '../health/model.js';

type Shape<S extends Curve['shape']> = Extract<Curve, { shape: S }>;

/**
 * What a reading is worth, 0-10000; null when the curve does not fit the reading: a table without
 * its category, a number where a category is scored, or the other way round.
 */
export function scoreOn(curve: Curve, value: FactValue): Cents | null {
  const score = curve.shape === 'table' ? tableScore(curve, value) : numberScore(curve, value);
  return score === null || Number.isNaN(score) ? null : Math.round(Math.min(100, Math.max(0, score)) * 100);
}

function numberScore(curve: Exclude<Curve, Shape<'table'>>, value: FactValue): number | null {
  if (typeof value !== 'number' || Number.isNaN(value)) return null;
  if (curve.shape === 'linear') return linearScore(curve, value);
  return curve.shape === 'steps' ? stepScore(curve, value) : piecewiseScore(curve, value);
}

/** A line of no length is a step: 100 from `to` on. */
function linearScore({ from, to }: Shape<'linear'>, value: number): number {
  if (from === to) return value >= to ? 100 : 0;
  const [low, high] = from < to ? [from, to] : [to, from];
  const held = Math.min(high, Math.max(low, value));
  return ((held - from) / (to - from)) * 100;
}

/** The last step also serves everything above it. */
function stepScore({ steps }: Shape<'steps'>, value: number): number | null {
  return (steps.find(({ upTo }) => value <= upTo) ?? steps.at(-1))?.score ?? null;
}

/** Straight lines between points; the first and the last are held beyond the ends. */
function piecewiseScore({ points }: Shape<'piecewise'>, value: number): number | null {
  const after = points.findIndex(([x]) => value <= x);
  const [right, left] = [points[after], points[after - 1]];
  if (!right) return points.at(-1)?.[1] ?? null;
  if (!left || right[0] === left[0]) return right[1];
  const along = (value - left[0]) / (right[0] - left[0]);
  return left[1] * (1 - along) + right[1] * along;
}

function tableScore({ scores, otherwise }: Shape<'table'>, value: FactValue): number | null {
  if (value === null || typeof value === 'number') return null;
  const category = String(value);
  return Object.hasOwn(scores, category) ? (scores[category] ?? otherwise) : otherwise;
}
