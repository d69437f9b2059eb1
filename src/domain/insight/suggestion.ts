import type { Cents, Curve, HealthModel } from '../health/model.js';
import { type ReadSignals, scoreOfRead } from '../health/score.js';
import type { Candidate, Example, Outcomes } from './example.js';
import { casesOf, FOLDS } from './ranking.js';
import { readOf, stableFit, type WeighedCandidate } from './weight-fit.js';

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
  /** These models, by fold. */
  readonly byFold: readonly SuggestedModel[];
  /** What the weights would be without each fifth, before any is left out: how far apart they lie says how firm they are. */
  readonly parts: readonly SuggestedModel[];
  /** Of each of these the ids that it weighs by what came of the past. */
  readonly weighedBy: readonly ReadonlySet<string>[];
  /** What all examples together would weigh, and more than one of the parts does not. */
  readonly unstable: readonly Candidate[];
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

/**
 * Fits a model on all examples, and once for each fold on the others, to see what it would be worth. Each of these
 * fits leaves out what is not firm by parts of its own examples, so that what is measured is what is suggested.
 */
export function suggestWeights(outcomes: Outcomes, rules: SuggestionRules): CrossFitted {
  const { candidates, examples } = outcomes;
  const cases = casesOf(examples);
  const written = (weighed: readonly WeighedCandidate[]) =>
    withToday(modelOf(weighed), candidates, rules.today);
  const outOfSample = new Array<Cents | null>(examples.length).fill(null);
  const byFold: SuggestedModel[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const seen = examples.filter((_, at) => cases[at]?.fold !== fold);
    const model = written(stableFit({ candidates, examples: seen }).weighed);
    byFold.push(model);
    for (const [at, example] of examples.entries())
      if (cases[at]?.fold === fold) outOfSample[at] = scoreBy(model, outcomes, { example, rules });
  }
  const { weighed, parts, unstable } = stableFit(outcomes);
  const weighedBy = parts.map((part) => new Set(part.map(({ candidate }) => candidate.id)));
  return { model: written(weighed), outOfSample, byFold, parts: parts.map(written), weighedBy, unstable };
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

/** Weights of a fit in whole numbers: of each dimension its share in a hundred, of its signals theirs in it. */
function modelOf(weighed: readonly WeighedCandidate[]): SuggestedModel {
  const dimensions = [...Map.groupBy(weighed, ({ candidate }) => candidate.dimension)].map(
    ([id, members]) => {
      const share = members.reduce((sum, one) => sum + one.share, 0);
      const signals = members.map(({ candidate, curve, share: own }) => ({
        candidate,
        curve,
        weight: Math.max(1, Math.round((own / share) * 100)),
      }));
      return { id, weight: Math.max(1, Math.round(share * 100)), signals };
    },
  );
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
