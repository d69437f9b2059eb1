import type { Band } from '../health/model.js';
import { aucOf, type Case } from './auc.js';
import { isEnough } from './enough.js';
import type { Example, Outcomes } from './example.js';
import { type Compared, chancesOf, columnsOf, compared, type Fitted, rankings } from './figures.js';
import { type Estimate, OUTCOME_FLOOR, wilson } from './intervals.js';
import { type CalibrationBin, calibrationOf } from './metrics.js';
import { type LostAccount, lostWhileHealthy } from './missed.js';
import { casesOf, unfolded } from './ranking.js';
import { bestOver } from './single-reading.js';
import { type Verdict, verdictOn } from './verdict.js';

/** How often accounts of a band were lost. */
export interface BandOutcome {
  readonly band: Band;
  readonly n: number;
  readonly lost: number;
  /** Share lost (0-1) with Wilson's interval; null under 30 outcomes. */
  readonly rate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Of these, how many had no score: a guard or a person alone set their band, or the band is unknown. */
  readonly withoutScore: number;
}

/** The score among some of the outcomes; figures are null where they are too few. */
export interface Part {
  readonly name: string;
  readonly n: number;
  readonly lost: number;
  readonly auc: Estimate | null;
}

/** What looking back comes to. */
export interface BacktestReport extends Compared {
  readonly n: number;
  readonly churned: number;
  /** The candidate that separates best alone. */
  readonly bestSignalId: string | null;
  readonly verdict: Verdict;
  readonly bands: readonly BandOutcome[];
  readonly calibration: readonly CalibrationBin[];
  readonly segments: readonly Part[];
  readonly byModel: readonly Part[];
  readonly lostWhileHealthy: readonly LostAccount[];
  /** How many there are in all; the list may be shorter. */
  readonly lostWhileHealthyCount: number;
  readonly cuts: { readonly first: number; readonly last: number };
  readonly sources: Readonly<Record<Example['source'], number>>;
  /** Outcomes for which too little was known for a score: they rank at the mean of the others, and are in no calibration. */
  readonly withoutScore: number;
}

/** Puts the scores of a book beside what came of it, and beside what else could have told. */
export function backtest(outcomes: Outcomes, fitted: Fitted): BacktestReport {
  const { examples } = outcomes;
  const cases = casesOf(examples);
  const risks = rankings(outcomes, cases, fitted);
  const scored = examples.filter(({ score }) => score !== null);
  const told = {
    score: isEnough(scored),
    suggested: isEnough(examples.filter((_, at) => risks.scored.suggested[at] === true)),
  };
  const { models, gaps } = asFarAsTold(compared(risks, cases), told);
  const columns = columnsOf(outcomes);
  const bestSignalId = bestOver(columns, cases);
  const known = { n: examples.length, scored: scored.length, bestSignalId, readings: columns.length };
  const bands = bandsOf(examples);
  const lost = lostWhileHealthy(outcomes, fitted.little);
  const scores = unfolded(cases);
  return {
    n: examples.length,
    churned: examples.filter((one) => one.lost).length,
    models,
    bestSignalId,
    gaps,
    verdict: verdictOn({ models, gaps }, known),
    bands,
    calibration: told.score
      ? calibrationOf(chancesOf({ risks: risks.default, scored: risks.scored.default }, cases))
      : [],
    segments: partsBy(examples, { risks: risks.default, cases: scores }, ({ segment }) => segment),
    byModel: partsBy(examples, { risks: risks.default, cases: scores }, ({ model }) => model),
    lostWhileHealthy: lost.listed,
    lostWhileHealthyCount: lost.all,
    cuts: cutsOf(examples),
    sources: {
      history: examples.filter(({ source }) => source === 'history').length,
      rebuilt: examples.filter(({ source }) => source === 'rebuilt').length,
    },
    withoutScore: examples.length - scored.length,
  };
}

/** Too few scores say nothing, neither by themselves nor beside others. */
function asFarAsTold(
  { models, gaps }: Compared,
  { score, suggested }: { readonly score: boolean; readonly suggested: boolean },
): Compared {
  return {
    models: {
      ...models,
      default: score ? models.default : null,
      suggested: suggested ? models.suggested : null,
    },
    gaps: {
      defaultToCeiling: score ? gaps.defaultToCeiling : null,
      defaultToSuggested: score && suggested ? gaps.defaultToSuggested : null,
      existingToDefault: score ? gaps.existingToDefault : null,
      defaultToBestSignal: score ? gaps.defaultToBestSignal : null,
    },
  };
}

const BANDS = ['healthy', 'watch', 'risk', 'unknown'] as const satisfies readonly Band[];

function bandsOf(examples: readonly Example[]): readonly BandOutcome[] {
  return BANDS.flatMap((band): readonly BandOutcome[] => {
    const members = examples.filter((one) => one.band === band);
    if (members.length === 0) return [];
    const lost = members.filter((one) => one.lost).length;
    const n = members.length;
    const withoutScore = members.filter(({ score }) => score === null).length;
    if (n < OUTCOME_FLOOR) return [{ band, n, lost, rate: null, low: null, high: null, withoutScore }];
    const { value: rate, low, high } = wilson(lost, n);
    return [{ band, n, lost, rate, low, high, withoutScore }];
  });
}

interface Scored {
  readonly risks: readonly number[];
  readonly cases: readonly Case[];
}

function partsBy(
  examples: readonly Example[],
  { risks, cases }: Scored,
  nameOf: (example: Example) => string,
): readonly Part[] {
  const groups = Map.groupBy(examples.keys(), (at) => nameOf(examples[at] as Example));
  const parts = [...groups].map(([name, places]) => {
    const members = places.flatMap((at) => examples[at] ?? []);
    const lost = members.filter((one) => one.lost).length;
    const area = isEnough(members.filter(({ score }) => score !== null))
      ? aucOf(
          places.map((at) => risks[at] ?? 0),
          places.flatMap((at) => cases[at] ?? []),
        )
      : null;
    return { name, n: members.length, lost, auc: area };
  });
  return parts.toSorted((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1));
}

/** First and last cut-off of some examples. */
export function cutsOf(examples: readonly Example[]): BacktestReport['cuts'] {
  const days = examples.map(({ cut }) => cut);
  return days.reduce(({ first, last }, day) => ({ first: Math.min(first, day), last: Math.max(last, day) }), {
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
  });
}
