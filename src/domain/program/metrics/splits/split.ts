import type { AttributeName } from '../../../facts/fact.js';
import type { Count, CountedRule } from '../rule.js';
import type { MetricBasis, MetricSubject } from '../subject.js';

/** What one account adds to the groups of a number. */
export type GroupCounts = readonly (readonly [group: string, count: Count])[];

/** One number of a split book, as of today. */
export interface SplitNumber extends CountedRule {
  /** What it is called beside the others of its split. */
  readonly label: string;
  /** Attributes that must be mapped. */
  readonly needs: readonly AttributeName[];
  readonly read: (subject: MetricSubject, basis: MetricBasis) => GroupCounts;
}

/** The book split by something else than tier and segment: the name of the group stands where a segment does. */
export interface Split {
  readonly id: string;
  readonly title: string;
  /** What a group is: `Reason`. */
  readonly by: string;
  readonly numbers: readonly SplitNumber[];
  /** Groups in their own order; null = by the first number, largest first. */
  readonly order: readonly string[] | null;
  /** Most groups that are told; what is left is counted together as `Other`. */
  readonly atMost: number;
}

/** The group of what nobody filled in. */
export const NOT_SAID = 'Not said';
/** The group of accounts of which it is not known. */
export const UNKNOWN = 'Unknown';
