import type { Day } from '../day.js';
import type { Moment } from '../engagement/moment.js';
import { periodOf } from '../engagement/trigger.js';
import { medianOf } from '../facts/aggregate.js';

/** A customer whose way was watched from day 0 on. */
export interface WatchedCustomer {
  readonly dayZero: Day;
  /** Day on which each onboarding moment was first seen done, by id. */
  readonly done: Readonly<Record<string, Day>>;
}

export interface MomentTime {
  readonly moment: string;
  readonly label: string;
  /** Customers of the cohort who reached it. */
  readonly reached: number;
  /** Of those, how many by its due day. */
  readonly onTime: number;
  /** Median days from day 0; null when nobody reached it. */
  readonly days: number | null;
  /** Median days since the moment before it in due order, over those who reached both; null for the first. */
  readonly sinceBefore: number | null;
}

export interface Cohort {
  /** First day of the quarter in which day 0 lies. */
  readonly from: Day;
  readonly customers: number;
  readonly moments: readonly MomentTime[];
}

/** How long customers take from moment to moment, by the quarter in which they began. Oldest cohort first. */
export function momentTimes(
  customers: readonly WatchedCustomer[],
  moments: readonly Moment[],
): readonly Cohort[] {
  const onboarding = moments
    .filter(({ phase }) => phase === 'onboarding')
    .sort((a, b) => a.dueDay - b.dueDay || (a.id < b.id ? -1 : 1));
  const cohorts = Map.groupBy(customers, ({ dayZero }) => periodOf('quarter', dayZero).start);
  return [...cohorts]
    .sort(([a], [b]) => a - b)
    .map(([from, own]) => ({
      from,
      customers: own.length,
      moments: onboarding.map((moment, index) => timeOf(moment, onboarding[index - 1] ?? null, own)),
    }));
}

function timeOf(moment: Moment, before: Moment | null, customers: readonly WatchedCustomer[]): MomentTime {
  const days = customers.flatMap(({ dayZero, done }) => daysBetween(dayZero, done[moment.id]));
  const gaps =
    before === null ? [] : customers.flatMap(({ done }) => daysBetween(done[before.id], done[moment.id]));
  return {
    moment: moment.id,
    label: moment.label,
    reached: days.length,
    onTime: days.filter((taken) => taken <= moment.dueDay).length,
    days: medianOf(days),
    sinceBefore: medianOf(gaps),
  };
}

function daysBetween(from: Day | undefined, to: Day | undefined): readonly number[] {
  return from === undefined || to === undefined ? [] : [to - from];
}
