import type { Band } from '../health/model.js';
import { aucGain, aucOf, type Case, type Estimate } from './auc.js';
import type { Candidate, Example, Outcomes } from './example.js';
import { OUTCOME_FLOOR, wilson } from './intervals.js';
import { brierOf, type CalibrationBin, calibrationErrorOf, calibrationOf, liftOfTenth } from './metrics.js';
import { type LostAccount, lostWhileHealthy } from './missed.js';
import { calibrated, casesOf, risksOf, unfolded } from './ranking.js';
import { bestOver, bestSingle, type Column } from './single-reading.js';
import { type Verdict, verdictOn } from './verdict.js';

/** How well one way of telling the risk does. AUC with its 95 % interval; the others as in `metrics.ts`. */
export interface Figures {
  readonly auc: number;
  readonly low: number;
  readonly high: number;
  readonly lift10: number | null;
  readonly brier: number | null;
  readonly ece: number | null;
}

export const MODEL_IDS = ['default', 'suggested', 'ceiling', 'bestSignal', 'arrOnly', 'existing'] as const;
export type ModelId = (typeof MODEL_IDS)[number];

export interface BandOutcome {
  readonly band: Band;
  readonly n: number;
  readonly lost: number;
  /** Share lost (0-1) with Wilson's interval. */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/** The score among some of the outcomes; figures are null where they are too few. */
export interface Part {
  readonly name: string;
  readonly n: number;
  readonly lost: number;
  readonly auc: Estimate | null;
}

export interface BacktestReport {
  readonly n: number;
  readonly churned: number;
  /** Null = nothing of the kind is known. */
  readonly models: Readonly<Record<ModelId, Figures | null>>;
  /** The candidate that separates best alone. */
  readonly bestSignalId: string | null;
  /** How much larger the area under the curve of the second is: paired, on the same folds. */
  readonly gaps: {
    readonly defaultToCeiling: Estimate | null;
    readonly defaultToSuggested: Estimate | null;
    readonly existingToDefault: Estimate | null;
  };
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
  /** Outcomes for which too little was known for a score. */
  readonly withoutScore: number;
}

/** What was fitted on the same outcomes, each told by a model that has not seen its account. */
export interface Fitted {
  /** Hundredths of a point; null = too little is known. */
  readonly suggested: readonly (number | null)[];
  /** Chances of a loss, 0-1. */
  readonly ceiling: readonly number[];
  /** Ids of candidates that no model reads, or with little weight. */
  readonly little: ReadonlySet<string>;
}

/** At least so many outcomes in all, and so many of either kind: nothing is said of fewer. */
export const ENOUGH = { all: OUTCOME_FLOOR, each: 5 } as const;

/** Whether outcomes are enough to say something. */
export function isEnough(examples: readonly Pick<Example, 'lost'>[]): boolean {
  const lost = examples.filter((one) => one.lost).length;
  return examples.length >= ENOUGH.all && lost >= ENOUGH.each && examples.length - lost >= ENOUGH.each;
}

/** Puts the scores of a book beside what came of it, and beside what else could have told. */
export function backtest(outcomes: Outcomes, fitted: Fitted): BacktestReport {
  const { examples } = outcomes;
  const cases = casesOf(examples);
  const risks = rankings(outcomes, cases, fitted);
  const { figures: models, gaps } = compared(risks, cases);
  const bands = bandsOf(examples);
  const lost = lostWhileHealthy(outcomes, fitted.little);
  const scores = unfolded(cases);
  return {
    n: examples.length,
    churned: examples.filter((one) => one.lost).length,
    models,
    bestSignalId: bestOver(columnsOf(outcomes), cases),
    gaps,
    verdict: verdictOn({ models, gaps }),
    bands,
    calibration: calibrationOf(forecastsOf(calibrated(risks.default, cases), cases)),
    segments: partsBy(examples, { risks: risks.default, cases: scores }, ({ segment }) => segment),
    byModel: partsBy(examples, { risks: risks.default, cases: scores }, ({ model }) => model),
    lostWhileHealthy: lost.listed,
    lostWhileHealthyCount: lost.all,
    cuts: cutsOf(examples),
    sources: {
      history: examples.filter(({ source }) => source === 'history').length,
      rebuilt: examples.filter(({ source }) => source === 'rebuilt').length,
    },
    withoutScore: examples.filter(({ score }) => score === null).length,
  };
}

type Rankings = Readonly<Record<Exclude<ModelId, 'existing'>, readonly number[]>> & {
  /** Null = no such field is known. */
  readonly existing: readonly number[] | null;
};

function rankings(outcomes: Outcomes, cases: readonly Case[], fitted: Fitted): Rankings {
  const { examples } = outcomes;
  const existing = examples.map((one) => numeric(one.existing));
  const revenue = examples.map((one) => one.revenue);
  return {
    default: risksOf(examples.map(({ score }) => score)),
    suggested: risksOf(fitted.suggested),
    ceiling: fitted.ceiling,
    bestSignal: bestSingle(columnsOf(outcomes), cases),
    arrOnly: bestSingle([{ id: 'revenue', values: revenue }], cases),
    existing: existing.some((value) => value !== null)
      ? bestSingle([{ id: 'existing', values: existing }], cases)
      : null,
  };
}

/** A health field may be a text that holds a number. */
function numeric(value: Example['existing']): Example['existing'] {
  const number = typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : value;
}

/** Each candidate as it reads and, where it has a curve, by its curve. */
function columnsOf({ candidates, examples }: Outcomes): readonly Column[] {
  return candidates.flatMap(({ id, signal }: Candidate, at) => {
    const readings = { id, values: examples.map((one) => one.readings[at] ?? null) };
    const scores = { id, values: examples.map((one) => one.scores[at] ?? null) };
    return signal === null ? [readings] : [readings, scores];
  });
}

function forecastsOf(risks: readonly number[], cases: readonly Case[]) {
  return risks.map((risk, at) => ({ risk, event: cases[at]?.event === true }));
}

function compared(risks: Rankings, cases: readonly Case[]) {
  const whole = unfolded(cases);
  const scored = (of: readonly number[], compare: readonly Case[]): Figures | null => {
    const area = aucOf(of, compare);
    const chances = forecastsOf(calibrated(of, cases), cases);
    return area && figuresOf(area, { order: forecastsOf(of, cases), chances });
  };
  const told = (of: readonly number[] | null): Figures | null => {
    const area = of && aucOf(of, cases);
    const chances = forecastsOf(of ?? [], cases);
    return area && figuresOf(area, { order: chances, chances });
  };
  return {
    figures: {
      default: scored(risks.default, whole),
      suggested: scored(risks.suggested, cases),
      ceiling: told(risks.ceiling),
      bestSignal: told(risks.bestSignal),
      arrOnly: told(risks.arrOnly),
      existing: told(risks.existing),
    },
    gaps: {
      defaultToCeiling: aucGain(risks.default, risks.ceiling, cases),
      defaultToSuggested: aucGain(risks.default, risks.suggested, cases),
      existingToDefault: risks.existing && aucGain(risks.existing, risks.default, cases),
    },
  };
}

interface Told {
  readonly order: ReturnType<typeof forecastsOf>;
  readonly chances: ReturnType<typeof forecastsOf>;
}

function figuresOf({ value, low, high }: Estimate, { order, chances }: Told): Figures {
  return {
    auc: value,
    low,
    high,
    lift10: liftOfTenth(order),
    brier: brierOf(chances),
    ece: calibrationErrorOf(chances),
  };
}

const BANDS = ['healthy', 'watch', 'risk', 'unknown'] as const satisfies readonly Band[];

function bandsOf(examples: readonly Example[]): readonly BandOutcome[] {
  return BANDS.flatMap((band) => {
    const members = examples.filter((one) => one.band === band);
    if (members.length === 0) return [];
    const lost = members.filter((one) => one.lost).length;
    const { value: rate, low, high } = wilson(lost, members.length);
    return [{ band, n: members.length, lost, rate, low, high }];
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
    const area = isEnough(members)
      ? aucOf(
          places.map((at) => risks[at] ?? 0),
          places.flatMap((at) => cases[at] ?? []),
        )
      : null;
    return { name, n: members.length, lost, auc: area };
  });
  return parts.toSorted((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1));
}

function cutsOf(examples: readonly Example[]): BacktestReport['cuts'] {
  const days = examples.map(({ cut }) => cut);
  return days.reduce(({ first, last }, day) => ({ first: Math.min(first, day), last: Math.max(last, day) }), {
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
  });
}
