import type { Day } from '../day.js';
import type { AccountFactId } from '../facts/catalogue.js';
import type { Condition, Expression, Facts, FactValue } from '../facts/fact.js';
import type { Curve, ModelSignal } from '../health/model.js';

/** A signal as the catalogue knows it: config chooses it, and may weigh, curve and word it otherwise. */
export interface BuiltInSignal extends Omit<ModelSignal, 'id'> {
  /** The dimension that it usually belongs to. */
  readonly dimension: string;
  readonly type: 'number' | 'text' | 'boolean';
}

type Numbers = (day: Day, ...values: readonly number[]) => number | null;

/** The fact as it is. */
export function theFact(id: AccountFactId): Expression {
  return { source: id, facts: [id], evaluate: (facts) => facts[id]?.value ?? null };
}

/** Days from a day to today. */
export function daysSince(id: AccountFactId): Expression<number> {
  return computed(`today - ${id}`, [id], (today, day = today) => today - day);
}

/** A number worked out of facts that must all be known; `source` says how. */
export function computed(
  source: string,
  ids: readonly AccountFactId[],
  compute: Numbers,
): Expression<number> {
  return {
    source,
    facts: [...ids].sort(),
    evaluate: (facts, today) => {
      const values = ids.map((id) => numberIn(facts, id));
      return values.every((value) => value !== null) ? compute(today, ...values) : null;
    },
  };
}

/** The fact as a number, or null where it is unknown or no number. */
export function numberIn(facts: Facts, id: AccountFactId): number | null {
  const value: FactValue = facts[id]?.value ?? null;
  return typeof value === 'number' ? value : null;
}

/** True below a line; unknown with its fact. */
export function below(id: AccountFactId, line: number): Condition {
  const evaluate = (facts: Facts) => {
    const value = numberIn(facts, id);
    return value === null ? null : value < line;
  };
  return { source: `${id} < ${line}`, facts: [id], evaluate };
}

/** One line for all accounts. */
export function line(from: number, to: number): ModelSignal['curves'] {
  return [{ when: null, curve: { shape: 'linear', from, to } }];
}

/** Straight lines between points (reading, score), for all accounts. */
export function points(...list: readonly (readonly [number, number])[]): ModelSignal['curves'] {
  return [{ when: null, curve: { shape: 'piecewise', points: list } }];
}

/** A score for each category; others count as missing. */
export function table(scores: Extract<Curve, { shape: 'table' }>['scores']): ModelSignal['curves'] {
  return [{ when: null, curve: { shape: 'table', scores, otherwise: null } }];
}

const USUAL = { type: 'number', weight: 10, unit: null, freshFor: null, text: null } as const;

/** A signal of a dimension; what is left out is: a number, weight 10, no unit, always fresh, label and value. */
export function signal(
  dimension: string,
  shape: Pick<BuiltInSignal, 'label' | 'value' | 'curves'> & Partial<BuiltInSignal>,
): BuiltInSignal {
  return { ...USUAL, dimension, ...shape };
}
