import type { Cents, Curve } from '../health/model.js';
import { type ReadSignals, scoreOfRead } from '../health/score.js';
import { scoreOn } from '../signals/curve.js';
import { drawCurve } from './drawn-curve.js';
import type { Candidate, Example, Outcomes } from './example.js';
import { foldOf } from './folds.js';
import { fitLogistic, probabilityOf } from './logistic.js';
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
}

/** How weights are looked for. */
export interface SuggestionRules {
  /** As in the configuration: the share (0-1) of a dimension that must be known. */
  readonly minPresent: number;
}

/** Shares of the whole weight below which a signal is left out. */
const LEAST_SHARE = 0.01;
const RIDGES = [1, 10, 100, 1000];
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
  for (let fold = 0; fold < FOLDS; fold++) {
    const seen = examples.filter((_, at) => cases[at]?.fold !== fold);
    const model = fitModel({ ...outcomes, examples: seen });
    for (const [at, example] of examples.entries())
      if (cases[at]?.fold === fold) outOfSample[at] = scoreBy(model, outcomes, { example, rules });
  }
  return { model: fitModel(outcomes), outOfSample };
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
export function fitModel({ candidates, examples }: Outcomes): SuggestedModel {
  const sample = thinned(examples);
  const usable = candidates.flatMap((candidate, place) => usableOf(candidate, place, sample) ?? []);
  if (usable.length === 0) return { dimensions: [] };
  const ridge = RIDGES.map((one) => ({ one, loss: heldOutLoss(sample, usable, one) })).toSorted(
    (a, b) => a.loss - b.loss,
  )[0];
  const { weights } = fitLogistic(designOf(sample, usable), ridge?.one ?? 1);
  return modelOf(usable, weights);
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

function rowOf(example: Example, usable: readonly Usable[]): readonly number[] {
  return usable.map(({ place, curve, mean }) => {
    const score = readOf(example, place, curve);
    return score === null ? 0 : score / 10_000 - mean;
  });
}

function designOf(examples: readonly Example[], usable: readonly Usable[]) {
  return {
    features: Float64Array.from(examples.flatMap((example) => rowOf(example, usable))),
    columns: usable.length,
    labels: Float64Array.from(examples, ({ lost }) => Number(!lost)),
  };
}

function heldOutLoss(examples: readonly Example[], usable: readonly Usable[], ridge: number): number {
  const folds = examples.map(({ account }) => foldOf(account, INNER_FOLDS, 'penalty'));
  let loss = 0;
  for (let fold = 0; fold < INNER_FOLDS; fold++) {
    const train = examples.filter((_, at) => folds[at] !== fold);
    const fit = fitLogistic(designOf(train, usable), ridge);
    for (const [at, example] of examples.entries()) {
      if (folds[at] !== fold) continue;
      const chance = probabilityOf(fit, rowOf(example, usable));
      loss -= Math.log(Math.max(1e-12, example.lost ? 1 - chance : chance));
    }
  }
  return loss;
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
