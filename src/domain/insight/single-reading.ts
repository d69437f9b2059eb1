import type { FactValue } from '../facts/fact.js';
import type { Case } from './auc.js';
import { foldQuestions } from './cross-fit.js';
import { fitLogistic, probabilityOf } from './logistic.js';
import { largestOf } from './ranking.js';

/** How one reading alone tells the risk: the higher, the likelier the event. */
export type RiskOf = (value: FactValue) => number;

/**
 * What a reading alone says of the risk, learnt from these cases: a number by its order, whichever way round; a text
 * by how often the event came with it. Who has no reading stands at the mean. Null where there is nothing to tell apart.
 */
export function learnRisk(values: readonly FactValue[], events: readonly boolean[]): RiskOf | null {
  const known = values.flatMap((value, at) =>
    value === null ? [] : [{ value, event: events[at] === true }],
  );
  const first = known[0]?.value;
  if (first === undefined || known.every(({ value }) => value === first)) return null;
  return known.some(({ value }) => typeof value === 'string') ? byKind(known) : byOrder(known);
}

interface Known {
  readonly value: Exclude<FactValue, null>;
  readonly event: boolean;
}

/** Few cases of a kind say little: two cases at the rate of all are added to each. */
const PRIOR = 2;

function byKind(known: readonly Known[]): RiskOf {
  const base = rateOf(known);
  const rates = new Map(
    [...Map.groupBy(known, ({ value }) => String(value))].map(([kind, cases]) => {
      const events = cases.filter(({ event }) => event).length;
      return [kind, (events + PRIOR * base) / (cases.length + PRIOR)];
    }),
  );
  return (value) => (value === null ? base : (rates.get(String(value)) ?? base));
}

function byOrder(known: readonly Known[]): RiskOf {
  const numbers = known.map(({ value }) => Number(value));
  const mean = numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  const area = areaOf(
    numbers,
    known.map(({ event }) => event),
  );
  const sign = area < 0.5 ? -1 : 1;
  return (value) => sign * (value === null ? mean : Number(value));
}

function rateOf(known: readonly Known[]): number {
  return known.filter(({ event }) => event).length / known.length;
}

/** Area under the ROC curve without an interval, ties counted half; 0.5 where one kind is missing. */
function areaOf(risks: readonly number[], events: readonly boolean[]): number {
  const order = [...risks.keys()].sort((a, b) => (risks[a] ?? 0) - (risks[b] ?? 0));
  const positives = events.filter(Boolean).length;
  const negatives = events.length - positives;
  if (positives === 0 || negatives === 0) return 0.5;
  let [below, won] = [0, 0];
  for (let from = 0; from < order.length; ) {
    let to = from;
    let tied = 0;
    const risk = risks[order[from] ?? 0];
    while (to < order.length && risks[order[to] ?? 0] === risk) {
      if (events[order[to] ?? 0] === true) tied += 1;
      to += 1;
    }
    const others = to - from - tied;
    won += tied * (below + others / 2);
    [below, from] = [below + others, to];
  }
  return won / (positives * negatives);
}

/** A column of readings, by the name under which it is told. */
export interface Column {
  readonly id: string;
  readonly values: readonly FactValue[];
}

/** A reading alone, told by folds. */
export interface Single {
  /** Chances (0-1) of the event. */
  readonly chances: readonly number[];
  /** Whether all folds point the same way. Where they do not, which way it points is not known. */
  readonly steady: boolean;
}

/** The best single reading, chosen and turned into chances (0-1) anew for each fold on the others: so it has seen no case that it tells. */
export function bestSingle(columns: readonly Column[], cases: readonly Case[]): Single {
  const chances = new Array<number>(cases.length).fill(0);
  const tellers = foldQuestions(cases).map(({ train, test }) => {
    const tell = bestOn(columns, cases, train);
    for (const at of test) chances[at] = tell(at);
    return cases.map((_, at) => tell(at));
  });
  const apart = tellers.some((one, at) => tellers.slice(0, at).some((other) => !alike(one, other)));
  return { chances, steady: !apart };
}

/** Whether two rise together over the same cases. */
function alike(a: readonly number[], b: readonly number[]): boolean {
  const mean = a.reduce((sum, one) => sum + one, 0) / a.length;
  return a.reduce((sum, one, at) => sum + (one - mean) * (b[at] ?? 0), 0) > 0;
}

/** The id of the reading that separates best over all cases; null where none tells anything. */
export function bestOver(columns: readonly Column[], cases: readonly Case[]): string | null {
  return ranked(columns, cases, [...cases.keys()])[0]?.id ?? null;
}

interface Ranked extends Column {
  readonly riskOf: RiskOf;
  readonly area: number;
}

function ranked(
  columns: readonly Column[],
  cases: readonly Case[],
  train: readonly number[],
): readonly Ranked[] {
  const events = train.map((at) => cases[at]?.event === true);
  const found = columns.flatMap((column): readonly Ranked[] => {
    const values = train.map((at) => column.values[at] ?? null);
    const riskOf = learnRisk(values, events);
    return riskOf === null ? [] : [{ ...column, riskOf, area: areaOf(values.map(riskOf), events) }];
  });
  return found.toSorted((a, b) => b.area - a.area || (a.id < b.id ? -1 : 1));
}

function bestOn(
  columns: readonly Column[],
  cases: readonly Case[],
  train: readonly number[],
): (at: number) => number {
  const events = train.map((at) => cases[at]?.event === true);
  const base = events.filter(Boolean).length / Math.max(1, events.length);
  const best = ranked(columns, cases, train)[0];
  if (best === undefined) return () => base;
  const risks = train.map((at) => best.riskOf(best.values[at] ?? null));
  const scale = largestOf(risks);
  const fit = fitLogistic(
    {
      features: Float64Array.from(risks, (risk) => risk / scale),
      columns: 1,
      labels: Float64Array.from(events, Number),
    },
    1e-6,
  );
  return (at) => probabilityOf(fit, [best.riskOf(best.values[at] ?? null) / scale]);
}
