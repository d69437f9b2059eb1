import type { Cents, Curve } from '../health/model.js';
import { scoreOn } from '../signals/curve.js';
import { drawCurve } from './drawn-curve.js';
import type { Candidate, Example, Outcomes } from './example.js';
import { foldOf } from './folds.js';
import { fitLogistic, type LogisticFit, probabilityOf } from './logistic.js';
import { casesOf } from './ranking.js';

/** Shares of the whole weight below which a signal is left out. */
const LEAST_SHARE = 0.01;
/** Strongest first: each fit begins where the one before it ended. */
const RIDGES = [1000, 100, 10, 1];
const INNER_FOLDS = 3;
/** More rows than these change little; every so many-th is taken. */
const MOST_ROWS = 20_000;
/** Share of the cases in which a reading must be known. */
const LEAST_KNOWN = 0.1;

/** What a candidate weighs in a fit. */
export interface WeighedCandidate {
  readonly candidate: Candidate;
  /** The curve that was drawn for it; null = it keeps its own. */
  readonly curve: Curve | null;
  /** Of the whole weight, 0.01-1. */
  readonly share: number;
}

/** What is weighed, and what was weighed once but not firmly. */
export interface StableFit {
  readonly weighed: readonly WeighedCandidate[];
  /** What each part of the accounts, left out, would have made of it. */
  readonly parts: readonly (readonly WeighedCandidate[])[];
  /** What all accounts together weigh, and more than one of the parts does not. */
  readonly unstable: readonly Candidate[];
}

/**
 * Weights that fit these examples best, with the penalty that does best on parts of them left aside. A candidate gets
 * none that is not weighed by all but one of the fits that leave a fold out (stability selection, Meinshausen and
 * Bühlmann 2010, Journal of the Royal Statistical Society B 72); the others are fitted once more without it.
 */
export function stableFit({ candidates, examples }: Outcomes): StableFit {
  const sample = thinned(examples);
  const ridge = bestRidge(rowsOf(sample, usableOf(candidates, sample)));
  const first = fitOf({ candidates, examples: sample }, ridge);
  const parts = withoutEachFold(sample).map((rest) => fitOf({ candidates, examples: rest }, ridge));
  const counts = Map.groupBy(parts.flat(), ({ candidate }) => candidate.id);
  const isStable = ({ id }: Candidate): boolean => (counts.get(id)?.length ?? 0) >= parts.length - 1;
  const unstable = first.flatMap(({ candidate }) => (isStable(candidate) ? [] : [candidate]));
  if (unstable.length === 0) return { weighed: first, parts, unstable };
  const weighed = fitOf({ candidates, examples: sample }, ridge, isStable);
  return { weighed, parts, unstable };
}

/** The examples without each of the folds that there are, in order. */
function withoutEachFold(examples: readonly Example[]): readonly (readonly Example[])[] {
  const folds = casesOf(examples).map(({ fold }) => fold);
  return [...new Set(folds)]
    .sort((a, b) => a - b)
    .map((out) => examples.filter((_, at) => folds[at] !== out));
}

function fitOf(
  { candidates, examples }: Outcomes,
  ridge: number,
  wanted: (candidate: Candidate) => boolean = () => true,
): readonly WeighedCandidate[] {
  const usable = usableOf(candidates, examples).filter(({ candidate }) => wanted(candidate));
  if (usable.length === 0) return [];
  const { weights } = fitLogistic(designOf(rowsOf(examples, usable)), ridge);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  if (whole <= 0) return [];
  return usable.flatMap(({ candidate, curve }, at) => {
    const share = (weights[at] ?? 0) / whole;
    return share < LEAST_SHARE ? [] : [{ candidate, curve, share }];
  });
}

/** What an example scores on a curve, or where it is null on its own; null = missing. */
export function readOf(example: Example, place: number, curve: Curve | null): Cents | null {
  if (curve === null) return example.scores[place] ?? null;
  const value = example.readings[place] ?? null;
  return value === null ? null : scoreOn(curve, value);
}

interface Usable {
  readonly candidate: Candidate;
  readonly place: number;
  readonly curve: Curve | null;
  /** Mean of the known scores, 0-1: what an unknown one counts as while weights are looked for. */
  readonly mean: number;
}

interface Row {
  readonly account: string;
  readonly lost: boolean;
  readonly features: Float64Array;
}

function thinned(examples: readonly Example[]): readonly Example[] {
  const step = Math.ceil(examples.length / MOST_ROWS);
  return step <= 1 ? examples : examples.filter((_, at) => at % step === 0);
}

function usableOne(candidate: Candidate, place: number, examples: readonly Example[]): Usable | null {
  const curve =
    candidate.signal === null
      ? drawCurve(examples.map(({ readings, lost }) => ({ value: readings[place] ?? null, kept: !lost })))
      : null;
  if (candidate.signal === null && curve === null) return null;
  const known = examples.flatMap((example) => readOf(example, place, curve) ?? []);
  const differs = known.some((score) => score !== known[0]);
  if (!differs || known.length < LEAST_KNOWN * examples.length) return null;
  const mean = known.reduce((sum, score) => sum + score, 0) / known.length / 10_000;
  return { candidate, place, curve, mean };
}

function usableOf(candidates: readonly Candidate[], examples: readonly Example[]): readonly Usable[] {
  return candidates.flatMap((candidate, place) => usableOne(candidate, place, examples) ?? []);
}

function rowsOf(examples: readonly Example[], usable: readonly Usable[]): readonly Row[] {
  return examples.map((example) => ({
    account: example.account,
    lost: example.lost,
    features: rowOf(example, usable),
  }));
}

function rowOf(example: Example, usable: readonly Usable[]): Float64Array {
  return Float64Array.from(usable, ({ place, curve, mean }) => {
    const score = readOf(example, place, curve);
    return score === null ? 0 : score / 10_000 - mean;
  });
}

function designOf(rows: readonly Row[]) {
  const columns = rows[0]?.features.length ?? 0;
  const features = new Float64Array(rows.length * columns);
  for (const [at, row] of rows.entries()) features.set(row.features, at * columns);
  return { features, columns, labels: Float64Array.from(rows, ({ lost }) => Number(!lost)) };
}

/** The penalty with the least log loss on parts of the rows that were left aside. */
function bestRidge(rows: readonly Row[]): number {
  const losses = RIDGES.map(() => 0);
  for (const part of Map.groupBy(rows, ({ account }) => foldOf(account, INNER_FOLDS, 'penalty')).values()) {
    const aside = new Set(part);
    const design = designOf(rows.filter((row) => !aside.has(row)));
    let fit: LogisticFit | undefined;
    for (const [at, ridge] of RIDGES.entries()) {
      fit = fitLogistic(design, ridge, fit);
      losses[at] = (losses[at] ?? 0) + lossOf(part, fit);
    }
  }
  return RIDGES[losses.indexOf(Math.min(...losses))] ?? 1;
}

function lossOf(rows: readonly Row[], fit: LogisticFit): number {
  return rows.reduce((sum, { features, lost }) => {
    const chance = probabilityOf(fit, features);
    return sum - Math.log(Math.max(1e-12, lost ? 1 - chance : chance));
  }, 0);
}
