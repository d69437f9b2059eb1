import type { Day, DayOf } from '../../day.js';
import type { Phase } from '../../engagement/phase.js';
import type { EngagementPolicy } from '../../engagement/policy.js';
import type { AccountSubject, FactBasis } from '../../facts/book.js';
import type { AccountFactId } from '../../facts/catalogue.js';
import type { Facts } from '../../facts/fact.js';
import type { CrmRow } from '../../facts/record.js';
import { flagOf, numberOf } from '../../facts/row-values.js';
import type { TierId } from '../../tier/tier.js';

/** One account with everything that the numbers of the program are made of. */
export interface MetricSubject extends AccountSubject {
  /** Of the day of the pass. */
  readonly facts: Facts;
  readonly standing: AccountStanding;
  /** The tier that it had at the end of a day. */
  readonly tierOn: (day: Day) => TierId;
  readonly segment: string;
  /** Past renewals whose band before the close is known. */
  readonly outcomes: readonly RenewalOutcome[];
}

/** What our latest assessment says of the account. */
export interface AccountStanding {
  /** Null = no score is shown. */
  readonly score: number | null;
  readonly band: string;
  readonly dayZero: Day | null;
  readonly phase: Phase | null;
  /** Day on which onboarding was seen to end; null = it has not, or nobody watched. */
  readonly onboardedOn: Day | null;
}

export interface RenewalOutcome {
  readonly band: string;
  readonly lost: boolean;
}

/** What holds for the whole pass. */
export interface MetricBasis {
  readonly facts: FactBasis;
  readonly calendar: EngagementPolicy['calendar'];
  /** False when no onboarding moment is required: then completion can't be told. */
  readonly tellsOnboarding: boolean;
}

export function numberIn(facts: Facts, id: AccountFactId): number | null {
  const value = facts[id]?.value;
  return typeof value === 'number' ? value : null;
}

export function textIn(facts: Facts, id: AccountFactId): string | null {
  const value = facts[id]?.value;
  return typeof value === 'string' ? value : null;
}

/** The local day of an instant that a row holds, or null. */
export function dayIn(row: CrmRow, attribute: string, dayOf: DayOf): Day | null {
  const at = numberOf(row, attribute);
  return at === null ? null : dayOf(at);
}

/** What tells whether an account is a customer. */
export type CustomerSubject = Pick<MetricSubject, 'account' | 'facts'>;

/** Since when it is a customer, else since when the account exists; null = nobody knows. */
function sinceOf({ facts }: CustomerSubject): Day | null {
  return numberIn(facts, 'account.customerSince') ?? numberIn(facts, 'account.createdOn');
}

/**
 * Whether it was a customer at the end of a day. One that left on an unknown day is none today, and
 * unknown before; one without a first day counts from ever. Every number of customers rests on this rule: a
 * future day of leaving, flagged or not, leaves a customer of today.
 */
export function isCustomerOn(subject: CustomerSubject, day: Day, today: Day): boolean | null {
  if ((sinceOf(subject) ?? -Infinity) > day) return false;
  const leftOn = numberOf(subject.account, 'churnedOn');
  if (leftOn !== null) return leftOn > day;
  if (flagOf(subject.account, 'churned') !== true) return true;
  return day >= today ? false : null;
}

/** Whether it was a customer at the end of a day, for certain: its first day must be known. */
export function wasCustomerOn(subject: MetricSubject, day: Day, today: Day): boolean | null {
  return numberIn(subject.facts, 'account.customerSince') === null ? null : isCustomerOn(subject, day, today);
}
