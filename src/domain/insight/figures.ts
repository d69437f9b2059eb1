import { aucGain, aucOf, type Case } from './auc.js';
import type { Candidate, Example, Outcomes } from './example.js';
import type { Estimate } from './intervals.js';
import { brierOf, calibrationErrorOf, liftOfTenth } from './metrics.js';
import { calibrated, risksOf, unfolded } from './ranking.js';
import { bestSingle, type Column } from './single-reading.js';

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

/** All ways side by side. */
export interface Compared {
  /** Null = nothing of the kind is known. */
  readonly models: Readonly<Record<ModelId, Figures | null>>;
  /** How much larger the area under the curve of the second is: paired, on the same folds. */
  readonly gaps: {
    readonly defaultToCeiling: Estimate | null;
    readonly defaultToSuggested: Estimate | null;
    readonly existingToDefault: Estimate | null;
  };
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

/** The risk of each case by each way of telling it: the higher, the likelier a loss. */
export type Rankings = Readonly<Record<Exclude<ModelId, 'existing'>, readonly number[]>> & {
  /** Null = no such field is known. */
  readonly existing: readonly number[] | null;
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
export function chancesOf({ risks, scored }: ScoredRisks, cases: readonly Case[]) {
  const places = [...cases.keys()].filter((at) => scored[at] === true);
  const own = places.flatMap((at) => cases[at] ?? []);
  const known = places.map((at) => risks[at] ?? 0);
  return forecastsOf(calibrated(known, own), own);
}

/** How well each way does, and by how much the better ones are better. */
export function compared(risks: Rankings, cases: readonly Case[]): Compared {
  const whole = unfolded(cases);
  const scored = (id: 'default' | 'suggested', compare: readonly Case[]): Figures | null => {
    const area = aucOf(risks[id], compare);
    const chances = chancesOf({ risks: risks[id], scored: risks.scored[id] }, cases);
    return area && figuresOf(area, { order: forecastsOf(risks[id], cases), chances });
  };
  const told = (of: readonly number[] | null): Figures | null => {
    const area = of && aucOf(of, cases);
    const chances = forecastsOf(of ?? [], cases);
    return area && figuresOf(area, { order: chances, chances });
  };
  return {
    models: {
      default: scored('default', whole),
      suggested: scored('suggested', cases),
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
