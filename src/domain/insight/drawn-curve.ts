import type { FactValue } from '../facts/fact.js';
import type { Curve } from '../health/model.js';
import { quantile } from './metrics.js';

/** What was read of one case, and whether it stayed. */
export interface Seen {
  readonly value: FactValue;
  readonly kept: boolean;
}

/** Most points of a curve over numbers, and categories of one over texts. */
const KNOTS = 6;
const MOST_CATEGORIES = 12;
/** Cases by which the rate of a group is drawn towards the rate of all. */
const PRIOR = 20;
/** Below so many known cases nothing is drawn: of the least book that is looked at, four fifths of four folds have as many. */
const LEAST_SEEN = 12;
/** Cases that each point of a curve stands for at least: in a small book there are fewer points. */
const EACH_KNOT = 5;

/**
 * A curve (0-100) for a reading that has none: from how many stayed at each value. Over numbers it rises or falls
 * throughout, whichever fits better; over texts and flags it is a table. Null where too little is known, where
 * all read the same, or where there are too many texts.
 */
export function drawCurve(seen: readonly Seen[]): Curve | null {
  const known = seen.filter(({ value }) => value !== null);
  if (known.length < LEAST_SEEN) return null;
  return known.every(({ value }) => typeof value === 'number') ? overNumbers(known) : overTexts(known);
}

function overTexts(known: readonly Seen[]): Curve | null {
  const groups = Map.groupBy(known, ({ value }) => String(value));
  if (groups.size < 2 || groups.size > MOST_CATEGORIES) return null;
  const base = rateOf(known);
  const rates = [...groups].map(([text, members]) => [text, shrunk(members, base)] as const);
  const scaled = scaledTo100(rates.map(([, rate]) => rate));
  if (scaled === null) return null;
  const scores = Object.fromEntries(rates.map(([text], at) => [text, scaled[at] ?? 0]));
  return { shape: 'table', scores, otherwise: null };
}

function overNumbers(known: readonly Seen[]): Curve | null {
  const sorted = known
    .map(({ value, kept }) => ({ value: Number(value), kept }))
    .sort((a, b) => a.value - b.value);
  const values = sorted.map(({ value }) => value);
  const knots = Math.min(KNOTS, Math.floor(known.length / EACH_KNOT));
  const edges = Array.from({ length: knots + 1 }, (_, at) => quantile(values, at / knots));
  const groups = [...new Set(edges.slice(1))].map((edge, at, all) =>
    sorted.filter(({ value }) => value <= edge && (at === 0 || value > (all[at - 1] ?? 0))),
  );
  const base = rateOf(known);
  const bins = groups
    .filter((group) => group.length > 0)
    .map((group) => ({ x: middleOf(group), rate: shrunk(group, base), n: group.length }));
  const [rising, falling] = [monotone(bins, 1), monotone(bins, -1)];
  const fitted = rising.error <= falling.error ? rising.rates : falling.rates;
  const scaled = scaledTo100(fitted);
  if (scaled === null) return null;
  return { shape: 'piecewise', points: bins.map(({ x }, at) => [x, scaled[at] ?? 0]) };
}

function middleOf(group: readonly { readonly value: number }[]): number {
  const middle = quantile(
    group.map(({ value }) => value),
    0.5,
  );
  return Number(middle.toPrecision(4));
}

function rateOf(seen: readonly { readonly kept: boolean }[]): number {
  return seen.filter(({ kept }) => kept).length / seen.length;
}

function shrunk(seen: readonly { readonly kept: boolean }[], base: number): number {
  return (rateOf(seen) * seen.length + PRIOR * base) / (seen.length + PRIOR);
}

/** Lowest rate is worth 0, highest 100, in whole points; null where they are all the same. */
function scaledTo100(rates: readonly number[]): readonly number[] | null {
  const [low, high] = [Math.min(...rates), Math.max(...rates)];
  return high - low < 1e-9 ? null : rates.map((rate) => Math.round(((rate - low) / (high - low)) * 100));
}

interface Bin {
  readonly rate: number;
  readonly n: number;
}

/** Pool adjacent violators: the closest rates that never fall (`sign` 1) or never rise (-1). */
function monotone(bins: readonly Bin[], sign: 1 | -1) {
  const pools: { sum: number; n: number; count: number }[] = [];
  for (const { rate, n } of bins) {
    pools.push({ sum: rate * n, n, count: 1 });
    for (let last = pools.at(-1), before = pools.at(-2); last && before; ) {
      if (sign * (last.sum / last.n - before.sum / before.n) >= 0) break;
      pools.splice(-2, 2, {
        sum: before.sum + last.sum,
        n: before.n + last.n,
        count: before.count + last.count,
      });
      [last, before] = [pools.at(-1), pools.at(-2)];
    }
  }
  const rates = pools.flatMap(({ sum, n, count }) => Array.from({ length: count }, () => sum / n));
  const error = bins.reduce((total, { rate, n }, at) => total + n * (rate - (rates[at] ?? 0)) ** 2, 0);
  return { rates, error };
}
