import type { AttributeName } from '../../facts/fact.js';
import type { MetricId } from '../metric-ids.js';
import type { Period } from './period.js';
import type { MetricBasis, MetricSubject } from './subject.js';

/**
 * How counts become a value. `share`: 100 * part / whole. `mean`: part / whole. `sum`: part. `median`: the
 * middle of the times.
 */
export type Shape = 'share' | 'mean' | 'sum' | 'median';

/** What one account adds to a number. Whole numbers only, so that the order of accounts does not matter; money in cents. */
export interface Count {
  readonly part: number;
  readonly whole: number;
  /** How many cases stand behind it. */
  readonly n: number;
  /** For medians, in `1 / scale` of the unit. */
  readonly times?: readonly Time[];
}

export interface Time {
  readonly value: number;
  /** The day from which it was measured, where a feed must reach that far back for it to be true; else null. */
  readonly from: number | null;
}

/** How one number is taken from the accounts. */
export interface MetricRule {
  readonly metric: MetricId;
  readonly shape: Shape;
  /** Value = counted / scale: 100 for money, 10 for tenths of an hour. */
  readonly scale: number;
  /** Attributes that must be mapped; `orNeeds` are other sets that serve as well. */
  readonly needs: readonly AttributeName[];
  readonly orNeeds: readonly (readonly AttributeName[])[];
  /** `dates`: can be told of a period that is over. `today`: rests on values that may be overwritten, so only while the period runs. `ahead`: for quarters to come. */
  readonly restsOn: 'dates' | 'today' | 'ahead';
  /** First day of which anything can be known; Infinity = nothing yet. Periods that ended before have no record. */
  readonly knownFrom: (basis: MetricBasis['facts']) => number;
  /** Cases below which it says too little, whatever the floor of config/program.yaml; such a share of cases has an interval. 0 = that floor alone. */
  readonly atLeast: number;
  /** True for a share of renewals won: it is not told where none of the whole book was. */
  readonly ofRenewals: boolean;
  /** True when it is split by band, too. */
  readonly byBand: boolean;
  /** Null = the account says nothing of it. */
  readonly read: (subject: MetricSubject, period: Period, basis: MetricBasis) => Count | null;
}

/** What of a rule makes a number of what was counted. */
export type CountedRule = Pick<MetricRule, 'metric' | 'shape' | 'scale' | 'atLeast'> &
  Partial<Pick<MetricRule, 'ofRenewals'>>;

type Written = Pick<MetricRule, 'metric' | 'shape' | 'restsOn' | 'read'> & Partial<MetricRule>;

/** A rule that needs nothing beyond its own words. */
export function rule(written: Written): MetricRule {
  return {
    ...{ scale: 1, needs: [], orNeeds: [], atLeast: 0, knownFrom: () => -Infinity },
    ...{ ofRenewals: false, byBand: false },
    ...written,
  };
}

/** One case that holds or does not. */
export function oneOf(holds: boolean): Count {
  return { part: holds ? 1 : 0, whole: 1, n: 1 };
}

/** So many cases. */
export function many(count: number): Count {
  return { part: count, whole: 0, n: count };
}

/** So many of these cases hold; null without a case. */
export function partOf(part: number, whole: number): Count | null {
  return whole === 0 ? null : { part, whole, n: whole };
}

/** The times of these cases; null without a case. */
export function timesOf(values: readonly number[]): Count | null {
  if (values.length === 0) return null;
  return { part: 0, whole: 0, n: values.length, times: values.map((value) => ({ value, from: null })) };
}

/** An amount in whole cents. */
export function cents(amount: number): number {
  return Math.round(amount * 100);
}

/** True when what is mapped lets the number be told. */
export function isServed({ needs, orNeeds }: MetricRule, mapped: ReadonlySet<string>): boolean {
  return [needs, ...orNeeds].some((names) => names.every((name) => mapped.has(name)));
}
