import { type Day, spokenDay } from '../../day.js';
import { categoryOf, flagOf, numberOf, textOf } from '../../facts/row-values.js';
import { periodAt, yearBefore } from '../../program/metrics/period.js';
import { oneOf } from '../../program/metrics/rule.js';
import { leftInYear } from '../../program/metrics/rules/retention.js';
import { type MetricBasis, type MetricSubject, numberIn, textIn } from '../../program/metrics/subject.js';
import type { Breakdown, BreakdownColumn, GroupCounts } from './breakdown.js';

const NOT_SAID = 'Not said';
const UNKNOWN = 'Unknown';
const ROWS = 6;

type GroupOf = (subject: MetricSubject, basis: MetricBasis) => string;

/** Whether a customer of a year ago has left since; null where that is not known, or it was none. */
function leftBy(subject: MetricSubject, basis: MetricBasis): boolean | null {
  return leftInYear(subject, periodAt('month', basis.facts.today, 0), basis);
}

/** Who left in the year: why, and who they were. */
export function churnBreakdowns(today: Day): readonly Breakdown[] {
  const period = `12 months to ${spokenDay(today)}`;
  const persona = (id: string, rowHead: string, of: GroupOf, order: readonly string[] | null = null) => ({
    id: `churn-by-${id}`,
    title: `Churn by ${rowHead.toLowerCase()}`,
    rowHead,
    period,
    columns: personaColumns(of),
    order,
    rows: ROWS,
    chart: 'bars' as const,
  });
  return [
    byReason(period),
    persona('industry', 'Industry', factGroup('account.industry')),
    persona('size', 'Size in seats', sizeOf, SIZES),
    persona('source', 'Source', factGroup('account.source')),
    persona('tenure', 'Years as a customer', tenureOf, TENURES),
  ];
}

function byReason(period: string): Breakdown {
  const column = {
    id: 'left',
    label: 'Left',
    unit: 'count' as const,
    definition:
      'Customers of a year ago who have left since, by the reason of the renewal that was lost last.',
    shape: 'sum' as const,
    scale: 1,
    read: (subject: MetricSubject, basis: MetricBasis): GroupCounts =>
      leftBy(subject, basis) === true ? [[reasonOf(subject, basis), { part: 1, whole: 0, n: 1 }]] : [],
  };
  const rest = { title: 'Churn by reason', rowHead: 'Reason', period, order: null, rows: ROWS };
  return { id: 'churn-by-reason', ...rest, columns: [column], chart: 'bars' };
}

/** Of the lost deals of the year that say why, the latest renewal, else the latest of any. */
function reasonOf({ rows }: MetricSubject, { facts: { today } }: MetricBasis): string {
  const from = yearBefore(today);
  const lost = (rows.opportunity ?? []).flatMap((row) => {
    const [on, reason] = [numberOf(row, 'closeOn'), textOf(row, 'lostReason')];
    const counts = flagOf(row, 'closed') === true && flagOf(row, 'won') === false;
    if (!counts || on === null || reason === null || on <= from || on > today) return [];
    return [{ on, reason, renewal: categoryOf(row, 'type') === 'renewal' }];
  });
  const renewals = lost.filter(({ renewal }) => renewal);
  const last = (renewals.length > 0 ? renewals : lost).toSorted((a, b) => b.on - a.on)[0];
  return last?.reason ?? NOT_SAID;
}

function personaColumns(of: GroupOf): readonly BreakdownColumn[] {
  const read =
    (count: (left: boolean) => ReturnType<typeof oneOf>) =>
    (subject: MetricSubject, basis: MetricBasis): GroupCounts => {
      const left = leftBy(subject, basis);
      return left === null ? [] : [[of(subject, basis), count(left)]];
    };
  return [
    {
      id: 'customers',
      label: 'Customers',
      unit: 'count',
      definition: 'Accounts that were customers a year ago, by what they are today.',
      shape: 'sum',
      scale: 1,
      read: read(() => ({ part: 1, whole: 0, n: 1 })),
    },
    {
      id: 'churn',
      label: 'Churn',
      unit: 'percent',
      definition: 'Customers of a year ago who have left since, of all customers of a year ago in the group.',
      shape: 'share',
      scale: 1,
      read: read(oneOf),
    },
  ];
}

function factGroup(fact: 'account.industry' | 'account.source'): GroupOf {
  return ({ facts }) => textIn(facts, fact) ?? UNKNOWN;
}

const SIZES = ['1 to 10', '11 to 50', '51 to 200', 'More than 200', UNKNOWN];

function sizeOf({ facts }: MetricSubject): string {
  return groupUpTo(numberIn(facts, 'account.seats'), [10, 50, 200], SIZES);
}

const TENURES = ['Up to 1', '1 to 2', '2 to 4', 'More than 4', UNKNOWN];
const YEAR = 365;

/** A year ago, so that those who left and those who stayed are told alike. */
function tenureOf({ facts }: MetricSubject, { facts: { today } }: MetricBasis): string {
  const since = numberIn(facts, 'account.customerSince');
  const days = since === null ? null : yearBefore(today) - since;
  return groupUpTo(days, [YEAR, 2 * YEAR, 4 * YEAR], TENURES);
}

function groupUpTo(value: number | null, ends: readonly number[], names: readonly string[]): string {
  if (value === null) return UNKNOWN;
  const place = ends.findIndex((end) => value <= end);
  return names[place === -1 ? ends.length : place] ?? UNKNOWN;
}
