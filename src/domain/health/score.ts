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
  const { raw, presentWeight, scale } = meanOfDimensions(dimensions);
  const shareOf = (dimension: ReadDimension) =>
    dimension.mean === null ? 0 : dimension.weight / scale / presentWeight;
  return {
    raw,
    coverage: coverageOf(dimensions),
    signals: dimensions.flatMap((dimension) => withShares(dimension, shareOf(dimension))),
    dimensions: Object.fromEntries(
      dimensions.map(({ id, mean }) => [id, mean === null ? null : Math.floor(mean + 0.5)]),
    ),
  };
}

/** A dimension as it goes into the score. */
interface WeighedDimension {
  readonly weight: number;
  /** Null when too little is present; not rounded. */
  readonly mean: number | null;
}

function meanOfDimensions(dimensions: readonly WeighedDimension[]) {
  const present = dimensions.filter((dimension) => dimension.mean !== null);
  const scale = divisorOf(dimensions.map(({ weight }) => weight));
  const presentWeight = sum(present, ({ weight }) => weight / scale);
  const weighted = sum(present, ({ weight, mean }) => (weight / scale) * (mean ?? 0));
  return { raw: presentWeight > 0 ? Math.floor(weighted / presentWeight + 0.5) : null, presentWeight, scale };
}

/** Signals that were read already, of one dimension. */
export interface ReadSignals {
  readonly weight: number;
  readonly signals: readonly { readonly weight: number; readonly score: Cents | null }[];
}

/** The same mean from signals that were read already, 0-10000; null when no dimension is present. */
export function scoreOfRead(
  dimensions: readonly ReadSignals[],
  { minPresent }: Pick<CoverageRules, 'minPresent'>,
): Cents | null {
  return meanOfDimensions(
    dimensions.map(({ weight, signals }) => ({ weight, mean: meanOfSignals(signals, minPresent).mean })),
  ).raw;
}

function meanOfSignals(signals: ReadSignals['signals'], minPresent: number) {
  const present = signals.filter(({ score }) => score !== null);
  const presentWeight = sum(present, ({ weight }) => weight);
  const totalWeight = sum(signals, ({ weight }) => weight);
  const enough = presentWeight > 0 && presentWeight >= totalWeight * minPresent;
  const weighted = sum(present, ({ score, weight }) => weight * (score ?? 0));
  return { presentWeight, totalWeight, mean: enough ? weighted / presentWeight : null };
}

function readDimension(dimension: ModelDimension, rules: CoverageRules, at: Moment): ReadDimension {
  const readings = dimension.signals.map((signal) => ({
    reading: { ...readSignal(signal, at.facts, at.today), dimension: dimension.id },
    weight: signal.weight,
  }));
  const signals = readings.map(({ reading, weight }) => ({ weight, score: reading.score }));
  const means = meanOfSignals(signals, rules.minPresent);
  return { id: dimension.id, weight: weightOf(dimension, at), readings, ...means };
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
