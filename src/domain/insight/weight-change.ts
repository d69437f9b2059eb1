import type { HealthModel } from '../health/model.js';
import { aucGain, aucOf } from './auc.js';
import { isEnough } from './enough.js';
import type { Outcomes } from './example.js';
import type { Estimate } from './intervals.js';
import { casesOf, risksOf, unfolded } from './ranking.js';
import type { CrossFitted, SuggestedModel } from './suggestion.js';

/** What one signal carries of the score, in percent of the whole weight; null = it is not in there. */
export interface WeightChange {
  readonly id: string;
  readonly label: string;
  readonly today: number | null;
  readonly suggested: number | null;
  /** Least and most that it got when a part of the accounts was left out: how firm it is. */
  readonly between: readonly [number, number];
  /** How many of these parts weigh it by what came of the past; one that more than one does not is not suggested. */
  readonly weighedBy: number;
}

/** What a suggestion comes to, before anybody takes it over. */
export interface WeightSuggestion {
  readonly n: number;
  readonly lost: number;
  /** Outcomes that have no score today: they rank at the mean of the others. */
  readonly withoutScore: number;
  /** `today` is null where too few outcomes have a score: as `backtest` says. */
  readonly auc: { readonly today: Estimate | null; readonly suggested: Estimate | null };
  /** By how much the area under the curve grows on accounts that the weights were not fitted on; null as `auc.today`. */
  readonly gain: Estimate | null;
  readonly changes: readonly WeightChange[];
  /** Ids of what all accounts together would weigh, and more than one of the parts does not: it is left out. */
  readonly notFirm: readonly string[];
  readonly verdict:
    | 'worth a look'
    | 'no gain that could be told from chance'
    | 'no score to compare with yet'
    | 'no signal';
}

/** The suggestion beside the model that serves everybody today. Largest weights first. */
export function weightSuggestion(
  { examples }: Outcomes,
  fitted: CrossFitted,
  today: HealthModel,
): WeightSuggestion {
  const { outOfSample } = fitted;
  const cases = casesOf(examples);
  const [before, after] = [risksOf(examples.map(({ score }) => score)), risksOf(outOfSample)];
  const scored = examples.filter(({ score }) => score !== null);
  const told = isEnough(scored);
  const gain = told ? aucGain(before, after, cases) : null;
  const weighed = isEnough(examples.filter((_, at) => outOfSample[at] != null));
  const suggested = weighed ? aucOf(after, cases) : null;
  return {
    n: examples.length,
    lost: examples.filter(({ lost }) => lost).length,
    withoutScore: examples.length - scored.length,
    auc: { today: told ? aucOf(before, unfolded(cases)) : null, suggested },
    gain,
    changes: changesOf(fitted, today),
    notFirm: fitted.unstable.map(({ id }) => id),
    verdict: verdictOf(suggested, gain),
  };
}

function verdictOf(suggested: Estimate | null, gain: Estimate | null): WeightSuggestion['verdict'] {
  if (suggested === null || suggested.low <= 0.5) return 'no signal';
  if (gain === null) return 'no score to compare with yet';
  return gain.low > 0 ? 'worth a look' : 'no gain that could be told from chance';
}

interface Weighed {
  readonly label: string;
  readonly share: number;
}

function changesOf(
  { model, parts, weighedBy, unstable }: CrossFitted,
  today: HealthModel,
): readonly WeightChange[] {
  const [now, then] = [sharesToday(today), sharesOf(model)];
  const folds = parts.map(sharesOf);
  const labels = new Map(unstable.map(({ id, label }) => [id, label]));
  const ids = [...new Set([...then.keys(), ...now.keys(), ...labels.keys()])];
  const changes = ids.map((id): WeightChange => {
    const seen = folds.map((fold) => fold.get(id)?.share ?? 0);
    return {
      id,
      label: then.get(id)?.label ?? now.get(id)?.label ?? labels.get(id) ?? id,
      today: now.get(id)?.share ?? null,
      suggested: then.get(id)?.share ?? null,
      between: [Math.min(...seen), Math.max(...seen)],
      weighedBy: weighedBy.filter((part) => part.has(id)).length,
    };
  });
  return changes.toSorted(
    (a, b) =>
      (b.suggested ?? 0) - (a.suggested ?? 0) || (b.today ?? 0) - (a.today ?? 0) || (a.id < b.id ? -1 : 1),
  );
}

function sharesToday({ dimensions }: HealthModel): ReadonlyMap<string, Weighed> {
  return shares(
    dimensions.map(({ id, weight, signals }) => ({
      weight,
      signals: signals.map((signal) => ({ ...signal, id: `${id}.${signal.id}` })),
    })),
  );
}

function sharesOf({ dimensions }: SuggestedModel): ReadonlyMap<string, Weighed> {
  return shares(
    dimensions.map(({ weight, signals }) => ({
      weight,
      signals: signals.map((signal) => ({ ...signal.candidate, weight: signal.weight })),
    })),
  );
}

interface Part {
  readonly weight: number;
  readonly signals: readonly { readonly id: string; readonly label: string; readonly weight: number }[];
}

function shares(parts: readonly Part[]): ReadonlyMap<string, Weighed> {
  const whole = parts.reduce((sum, { weight }) => sum + weight, 0);
  return new Map(
    parts.flatMap(({ weight, signals }) => {
      const inside = signals.reduce((sum, signal) => sum + signal.weight, 0);
      return signals.map(({ id, label, weight: own }) => {
        return [id, { label, share: Math.round((weight / whole) * (own / inside) * 1000) / 10 }] as const;
      });
    }),
  );
}
