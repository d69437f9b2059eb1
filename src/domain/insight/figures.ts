import { aucGain, aucOf, type Case } from './auc.js';
import type { Candidate, Example, Outcomes } from './example.js';
import type { Estimate } from './intervals.js';
import { brierOf, calibrationErrorOf, type Forecast, liftOfTenth } from './metrics.js';
import { calibrated, risksOf, unfolded } from './ranking.js';
import { bestSingle, type Column, type Single } from './single-reading.js';
import { eitherWay, levelled, liftWithin } from './told-by-folds.js';

/** How well one way of telling the risk does. AUC with its 95 % interval; the others as in `metrics.ts`. */
export interface Figures {
  readonly auc: number;
  readonly low: number;
  readonly high: number;
  readonly lift10: number | null;
  readonly brier: number | null;
  readonly ece: number | null;
}

/** Whether all stand alike by it: then there is no order, and nothing of its area that could vary. */
export function ranksNobody({ low, high }: Pick<Figures, 'low' | 'high'>): boolean {
  return high - low < 1e-9;
}

export const MODEL_IDS = ['default', 'suggested', 'ceiling', 'bestSignal', 'arrOnly', 'existing'] as const;
export type ModelId = (typeof MODEL_IDS)[number];

/** All ways side by side. */
export interface Compared {
  /** Null = nothing of the kind is known. */
  readonly models: Readonly<Record<ModelId, Figures | null>>;
  /** How much larger the area under the curve of the second is: paired, on the same folds. */
  readonly gaps: {
    readonly defaultToCeiling: Estimate | null;
    readonly defaultToSuggested: Estimate | null;
    readonly existingToDefault: Estimate | null;
    readonly defaultToBestSignal: Estimate | null;
  };
}

/** What was fitted on the same outcomes, each told by a model that has not seen its account. */
export interface Fitted {
  /** Hundredths of a point; null = too little is known. */
  readonly suggested: readonly (number | null)[];
  /** Chances of a loss, 0-1; null = too few to fit one. */
  readonly ceiling: readonly number[] | null;
  /** Ids of candidates that no model reads, or with little weight. */
  readonly little: ReadonlySet<string>;
}

/** The risk of each case by each way of telling it: the higher, the likelier a loss. */
export type Rankings = Readonly<Record<'default' | 'suggested', readonly number[]>> & {
  /** Null = there is none. */
  readonly ceiling: readonly number[] | null;
  readonly bestSignal: Single;
  readonly arrOnly: Single;
  /** Null = no such field is known. */
  readonly existing: Single | null;
  /** Whether each case has a score; without one it stands at the mean, and no chance is told for it. */
  readonly scored: Readonly<Record<'default' | 'suggested', readonly boolean[]>>;
};

/** Whatever is fitted is told by folds. */
export function rankings(outcomes: Outcomes, cases: readonly Case[], fitted: Fitted): Rankings {
  const { examples } = outcomes;
  const existing = examples.map((one) => numeric(one.existing));
  const revenue = examples.map((one) => one.revenue);
  const shown = examples.map(({ score }) => score);
  return {
    default: risksOf(shown),
    suggested: risksOf(fitted.suggested),
    scored: { default: shown.map(isKnown), suggested: fitted.suggested.map(isKnown) },
    ceiling: fitted.ceiling,
    bestSignal: bestSingle(columnsOf(outcomes), cases),
    arrOnly: bestSingle([{ id: 'revenue', values: revenue }], cases),
    existing: existing.some((value) => value !== null)
      ? bestSingle([{ id: 'existing', values: existing }], cases)
      : null,
  };
}

function isKnown(score: number | null): boolean {
  return score !== null;
}

/** A health field may be a text that holds a number. */
function numeric(value: Example['existing']): Example['existing'] {
  const number = typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : value;
}

/** Each candidate as it reads and, where it has a curve, by its curve. */
export function columnsOf({ candidates, examples }: Outcomes): readonly Column[] {
  return candidates.flatMap(({ id, signal }: Candidate, at) => {
    const readings = { id, values: examples.map((one) => one.readings[at] ?? null) };
    const scores = { id, values: examples.map((one) => one.scores[at] ?? null) };
    return signal === null ? [readings] : [readings, scores];
  });
}

/** Risks beside what came. */
function forecastsOf(risks: readonly number[], cases: readonly Case[]) {
  return risks.map((risk, at) => ({ risk, event: cases[at]?.event === true }));
}

/** Risks, and whether a score says each. */
export interface ScoredRisks {
  readonly risks: readonly number[];
  readonly scored: readonly boolean[];
}

/** Risks of those who have a score as chances (0-1) beside what came; the others have none that could be right or wrong. */
export function chancesOf({ risks, scored }: ScoredRisks, cases: readonly Case[]): readonly Forecast[] {
  const places = [...cases.keys()].filter((at) => scored[at] === true);
  const own = places.flatMap((at) => cases[at] ?? []);
  const known = places.map((at) => risks[at] ?? 0);
  return forecastsOf(levelled(calibrated(known, own), own), own);
}

/** How well each way does, and by how much the better ones are better. */
export function compared(risks: Rankings, cases: readonly Case[]): Compared {
  return {
    models: {
      default: byScore(risks, 'default', cases),
      suggested: byScore(risks, 'suggested', cases),
      ceiling: risks.ceiling && byFolds({ chances: risks.ceiling, steady: true }, cases),
      bestSignal: byFolds(risks.bestSignal, cases),
      arrOnly: byFolds(risks.arrOnly, cases),
      existing: risks.existing && byFolds(risks.existing, cases),
    },
    gaps: {
      defaultToCeiling: risks.ceiling && aucGain(risks.default, risks.ceiling, cases),
      defaultToSuggested: aucGain(risks.default, risks.suggested, cases),
      existingToDefault: risks.existing && turned(gainOver(risks, risks.existing, cases)),
      defaultToBestSignal: gainOver(risks, risks.bestSignal, cases),
    },
  };
}

/** The score of today comes from one model over all folds, a suggestion from one for each. */
function byScore(risks: Rankings, id: 'default' | 'suggested', cases: readonly Case[]): Figures | null {
  const area = aucOf(risks[id], id === 'default' ? unfolded(cases) : cases);
  const order = forecastsOf(risks[id], cases);
  const lift10 = id === 'default' ? liftOfTenth(order) : liftWithin(order, cases);
  return area && figuresOf(area, lift10, chancesOf({ risks: risks[id], scored: risks.scored[id] }, cases));
}

function byFolds({ chances, steady }: Single, cases: readonly Case[]): Figures | null {
  const area = aucOf(chances, cases);
  const lift10 = liftWithin(forecastsOf(chances, cases), cases);
  const told = forecastsOf(levelled(chances, cases), cases);
  return area && figuresOf(steady ? area : eitherWay(area), lift10, told);
}

/** How much more a reading tells than the score. */
function gainOver(risks: Rankings, { chances, steady }: Single, cases: readonly Case[]): Estimate | null {
  const gain = aucGain(risks.default, chances, cases);
  const other = aucGain(
    risks.default,
    chances.map((chance) => -chance),
    cases,
  );
  if (steady || gain === null || other === null) return gain;
  return { ...gain, low: Math.min(gain.low, other.low), high: Math.max(gain.high, other.high) };
}

function turned(gain: Estimate | null): Estimate | null {
  return gain && { value: -gain.value, low: -gain.high, high: -gain.low };
}

function figuresOf(
  { value, low, high }: Estimate,
  lift10: number | null,
  chances: readonly Forecast[],
): Figures {
  return { auc: value, low, high, lift10, brier: brierOf(chances), ece: calibrationErrorOf(chances) };
}
