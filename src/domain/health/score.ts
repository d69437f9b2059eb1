import type { Day } from '../day.js';
import type { Facts } from '../facts/fact.js';
import { readSignal } from '../signals/read.js';
import type { SignalReading } from './assessment.js';
import type { Cents, CoverageRules, HealthModel, ModelDimension } from './model.js';

/** The facts of one account and the day for which they are read. */
export interface Moment {
  readonly facts: Facts;
  readonly today: Day;
}

/** What a model says before guards. */
export interface ModelScore {
  /** 0-10000, null when no dimension is present. */
  readonly raw: Cents | null;
  /** Share of the model's weight that is present, 0-1, to six decimals. */
  readonly coverage: number;
  readonly signals: readonly SignalReading[];
  readonly dimensions: Readonly<Record<string, Cents | null>>;
}

interface ReadDimension {
  readonly id: string;
  readonly weight: number;
  readonly readings: readonly { readonly reading: Omit<SignalReading, 'share'>; readonly weight: number }[];
  readonly presentWeight: number;
  readonly totalWeight: number;
  /** Null when too little is present; not rounded. */
  readonly mean: number | null;
}

/** The weighted mean of the dimensions that are present, and what each signal carries of it. */
export function scoreModel(model: HealthModel, rules: CoverageRules, at: Moment): ModelScore {
  const dimensions = model.dimensions.map((dimension) => readDimension(dimension, rules, at));
  const present = dimensions.filter((dimension) => dimension.mean !== null);
  const scale = divisorOf(dimensions.map(({ weight }) => weight));
  const presentWeight = sum(present, ({ weight }) => weight / scale);
  const weighted = sum(present, ({ weight, mean }) => (weight / scale) * (mean ?? 0));
  const shareOf = (dimension: ReadDimension) =>
    dimension.mean === null ? 0 : dimension.weight / scale / presentWeight;
  return {
    raw: presentWeight > 0 ? Math.floor(weighted / presentWeight + 0.5) : null,
    coverage: coverageOf(dimensions),
    signals: dimensions.flatMap((dimension) => withShares(dimension, shareOf(dimension))),
    dimensions: Object.fromEntries(
      dimensions.map(({ id, mean }) => [id, mean === null ? null : Math.floor(mean + 0.5)]),
    ),
  };
}

function readDimension(dimension: ModelDimension, rules: CoverageRules, at: Moment): ReadDimension {
  const readings = dimension.signals.map((signal) => ({
    reading: { ...readSignal(signal, at.facts, at.today), dimension: dimension.id },
    weight: signal.weight,
  }));
  const present = readings.filter(({ reading }) => reading.score !== null);
  const presentWeight = sum(present, ({ weight }) => weight);
  const totalWeight = sum(readings, ({ weight }) => weight);
  const enough = presentWeight > 0 && presentWeight >= totalWeight * rules.minPresent;
  const weighted = sum(present, ({ reading, weight }) => weight * (reading.score ?? 0));
  const mean = enough ? weighted / presentWeight : null;
  return { id: dimension.id, weight: weightOf(dimension, at), readings, presentWeight, totalWeight, mean };
}

/** In hundredths, so that a rule's percentage leaves it whole. */
function weightOf({ weight, weightRules }: ModelDimension, { facts, today }: Moment): number {
  const rule = weightRules.find(({ when }) => when.evaluate(facts, today) === true);
  return Math.round(weight * (rule?.percent ?? 100));
}

function coverageOf(dimensions: readonly ReadDimension[]): number {
  const whole = sum(dimensions, ({ weight }) => weight);
  const there = sum(dimensions, ({ weight, presentWeight, totalWeight }) =>
    totalWeight > 0 ? (weight * presentWeight) / totalWeight : 0,
  );
  return whole > 0 ? Math.round((there / whole) * 1e6) / 1e6 : 0;
}

function withShares(dimension: ReadDimension, share: number): readonly SignalReading[] {
  return dimension.readings.map(({ reading, weight }) => ({
    ...reading,
    share: reading.score === null ? 0 : (share * weight) / dimension.presentWeight,
  }));
}

/** Largest whole number that divides all weights: weights twice as large give the same bits. */
function divisorOf(weights: readonly number[]): number {
  const common = weights.reduce((a, b) => {
    let [x, y] = [a, b];
    while (y > 0) [x, y] = [y, x % y];
    return x;
  }, 0);
  return common > 0 ? common : 1;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
