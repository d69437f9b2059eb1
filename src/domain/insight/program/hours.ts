import { type Day, spokenDay, within } from '../../day.js';
import { flagOf, numberOf } from '../../facts/row-values.js';
import { isCustomerOn, type MetricBasis, type MetricSubject } from '../../program/metrics/subject.js';
import type { Breakdown, BreakdownColumn, GroupCounts } from './breakdown.js';

const DAYS = 365;

/** The time that people logged with customers, by the tier of today. Nothing where no durations are mapped. */
export function hoursBreakdown(today: Day, mapped: ReadonlySet<string>): readonly Breakdown[] {
  if (!mapped.has('activity.minutes')) return [];
  const rest = { rowHead: 'Tier', order: null, rows: 10, chart: null };
  const period = `${DAYS} days to ${spokenDay(today)}`;
  return [{ id: 'hours', title: 'Time logged with customers', period, columns: COLUMNS, ...rest }];
}

interface Logged {
  readonly minutes: number;
  readonly activities: number;
}

/** Minutes of what was done with a customer of today in the period. */
function loggedFor(subject: MetricSubject, { facts: { today } }: MetricBasis): Logged | null {
  if (isCustomerOn(subject, today, today) !== true) return null;
  const minutes = (subject.rows.activity ?? []).flatMap((row) => {
    const counts = flagOf(row, 'done') !== false && within(numberOf(row, 'on'), today, DAYS);
    const taken = numberOf(row, 'minutes');
    return counts && taken !== null && taken > 0 ? [Math.round(taken)] : [];
  });
  return { minutes: minutes.reduce((sum, one) => sum + one, 0), activities: minutes.length };
}

function byTier(
  count: (logged: Logged) => { readonly part: number; readonly whole: number; readonly n: number },
) {
  return (subject: MetricSubject, basis: MetricBasis): GroupCounts => {
    const logged = loggedFor(subject, basis);
    return logged === null ? [] : [[subject.tierOn(basis.facts.today), count(logged)]];
  };
}

const COLUMNS: readonly BreakdownColumn[] = [
  {
    ...{ id: 'hours', label: 'Hours', unit: 'hours', shape: 'sum', scale: 60 },
    definition:
      'Hours of the activities with customers of today that have a duration and were done in the period.',
    read: byTier(({ minutes, activities }) => ({ part: minutes, whole: 0, n: activities })),
  },
  {
    ...{ id: 'hours-per-account', label: 'Hours per account', unit: 'hours', shape: 'mean', scale: 1 },
    definition: 'Logged hours of the period, per account of the tier, those without any among them.',
    read: byTier(({ minutes }) => ({ part: minutes, whole: 60, n: 1 })),
  },
];
