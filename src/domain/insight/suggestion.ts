import type { Cents, Curve, HealthModel } from '../health/model.js';
import { type ReadSignals, scoreOfRead } from '../health/score.js';
import { scoreOn } from '../signals/curve.js';
import { drawCurve } from './drawn-curve.js';
import type { Candidate, Example, Outcomes } from './example.js';
import { foldOf } from './folds.js';
import { fitLogistic, type LogisticFit, probabilityOf } from './logistic.js';
import { casesOf, FOLDS } from './ranking.js';

/** A signal with the weight that the past suggests. */
export interface SuggestedSignal {
  readonly candidate: Candidate;
  /** Whole number above zero, within its dimension. */
  readonly weight: number;
  /** The curve that was drawn for it; null = it keeps its own. */
  readonly curve: Curve | null;
}

export interface SuggestedDimension {
  readonly id: string;
  /** Whole number above zero; they sum to about 100. */
  readonly weight: number;
  readonly signals: readonly SuggestedSignal[];
}

/** A model for all accounts; empty where no reading tells who stays. */
export interface SuggestedModel {
  readonly dimensions: readonly SuggestedDimension[];
}

/** What is suggested, and how it would have done on accounts that it was not fitted on. */
export interface CrossFitted {
  readonly model: SuggestedModel;
  /** Score (hundredths of a point, guards included) of each example by a model that has not seen its account. */
  readonly outOfSample: readonly (Cents | null)[];
  /** These models, by fold: how far apart they lie says how firm the weights are. */
  readonly byFold: readonly SuggestedModel[];
}

/** How weights are looked for. */
export interface SuggestionRules {
  /** As in the configuration: the share (0-1) of a dimension that must be known. */
  readonly minPresent: number;
  /**
   * The model that serves everybody today; null = none. Its dimensions stay, since flags and fields rest on them:
   * one that no longer tells anything keeps its signals and the least weight.
   */
  readonly today: HealthModel | null;
}

/** Shares of the whole weight below which a signal is left out. */
const LEAST_SHARE = 0.01;
/** Strongest first: each fit begins where the one before it ended. */
const RIDGES = [1000, 100, 10, 1];
const INNER_FOLDS = 3;
/** More rows than these change little; every so many-th is taken. */
const MOST_ROWS = 20_000;
/** Share of the cases in which a reading must be known. */
const LEAST_KNOWN = 0.1;

/** Fits a model on all examples, and once for each fold on the others, to see what it would be worth. */
export function suggestWeights(outcomes: Outcomes, rules: SuggestionRules): CrossFitted {
  const { examples } = outcomes;
  const cases = casesOf(examples);
  const outOfSample = new Array<Cents | null>(examples.length).fill(null);
  const byFold: SuggestedModel[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const seen = examples.filter((_, at) => cases[at]?.fold !== fold);
    const model = fitModel({ ...outcomes, examples: seen }, rules);
    byFold.push(model);
    for (const [at, example] of examples.entries())
      if (cases[at]?.fold === fold) outOfSample[at] = scoreBy(model, outcomes, { example, rules });
  }
  return { model: fitModel(outcomes, rules), outOfSample, byFold };
}

/** What a suggested model would have said of an example, in hundredths of a point; null = too little is known. */
export function scoreBy(
  { dimensions }: SuggestedModel,
  { candidates }: Pick<Outcomes, 'candidates'>,
  { example, rules }: { readonly example: Example; readonly rules: SuggestionRules },
): Cents | null {
  const places = new Map(candidates.map(({ id }, at) => [id, at]));
  const read = dimensions.map(({ weight, signals }): ReadSignals => {
    return {
      weight,
      signals: signals.map((signal) => ({
        weight: signal.weight,
        score: readOf(example, places.get(signal.candidate.id) ?? -1, signal.curve),
      })),
    };
  });
  const raw = scoreOfRead(read, rules);
  return raw === null ? null : Math.min(raw, example.cap ?? raw);
}

function readOf(example: Example, place: number, curve: Curve | null): Cents | null {
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

/** The model that fits these examples best, with the penalty that does best on parts of them left aside. */
function fitModel({ candidates, examples }: Outcomes, { today }: SuggestionRules): SuggestedModel {
  const sample = thinned(examples);
  const usable = candidates.flatMap((candidate, place) => usableOf(candidate, place, sample) ?? []);
  if (usable.length === 0) return { dimensions: [] };
  const rows = sample.map((example) => ({ features: rowOf(example, usable), ...example }));
  const { weights } = fitLogistic(designOf(rows), bestRidge(rows));
  return withToday(modelOf(usable, weights), candidates, today);
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

function usableOf(candidate: Candidate, place: number, examples: readonly Example[]): Usable | null {
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

/** Weights of a fit in whole numbers: of each dimension its share in a hundred, of its signals theirs in it. */
function modelOf(usable: readonly Usable[], weights: readonly number[]): SuggestedModel {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  if (whole <= 0) return { dimensions: [] };
  const kept = usable.flatMap((one, at) => {
    const share = (weights[at] ?? 0) / whole;
    return share < LEAST_SHARE ? [] : [{ ...one, share }];
  });
  const dimensions = [...Map.groupBy(kept, ({ candidate }) => candidate.dimension)].map(([id, members]) => {
    const share = members.reduce((sum, one) => sum + one.share, 0);
    const signals = members.map(({ candidate, curve, share: own }) => ({
      candidate,
      curve,
      weight: Math.max(1, Math.round((own / share) * 100)),
    }));
    return { id, weight: Math.max(1, Math.round(share * 100)), signals };
  });
  return { dimensions };
}

/** Today's dimensions that the past gives no weight to, at the least weight. Nothing fitted = nothing to add to. */
function withToday(
  fitted: SuggestedModel,
  candidates: readonly Candidate[],
  today: HealthModel | null,
): SuggestedModel {
  if (fitted.dimensions.length === 0 || today === null) return fitted;
  const there = new Set(fitted.dimensions.map(({ id }) => id));
  const kept = today.dimensions
    .filter(({ id }) => !there.has(id))
    .map(({ id, signals }) => ({
      id,
      weight: 1,
      signals: signals.flatMap(({ id: name, weight }) => {
        const candidate = candidates.find((one) => one.id === `${id}.${name}`);
        return candidate === undefined ? [] : [{ candidate, weight, curve: null }];
      }),
    }));
  return { dimensions: [...fitted.dimensions, ...kept] };
}
