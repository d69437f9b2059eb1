import { type Day, spokenDay, within } from '../../day.js';
import type { CrmRow } from '../../facts/record.js';
import { categoryOf, numberOf, textOf } from '../../facts/row-values.js';
import type { Count } from '../../program/metrics/rule.js';
import { many, timesOf } from '../../program/metrics/rule.js';
import { tenthsOpen } from '../../program/metrics/rules/support.js';
import { dayIn, type MetricBasis, type MetricSubject } from '../../program/metrics/subject.js';
import type { Breakdown, BreakdownColumn, GroupCounts } from './breakdown.js';

const DAYS = 90;
const ROWS = 6;
const PRIORITIES = ['critical', 'high', 'medium', 'low', 'Not said'];

type GroupOf = (row: CrmRow, subject: MetricSubject, today: Day) => string;

/** What support was asked and how soon it was solved, by priority, by product and by tier. */
export function supportBreakdowns(today: Day, mapped: ReadonlySet<string>): readonly Breakdown[] {
  if (!mapped.has('case.openedAt')) return [];
  const of = (id: string, rowHead: string, group: GroupOf): Omit<Breakdown, 'order'> => ({
    id: `support-by-${id}`,
    title: `Support by ${rowHead.toLowerCase()}`,
    rowHead,
    period: `${DAYS} days to ${spokenDay(today)}`,
    columns: columnsFor(group, mapped),
    rows: ROWS,
    chart: null,
  });
  const byPriority = of('priority', 'Priority', (row) => categoryOf(row, 'priority') ?? 'Not said');
  const byProduct = of('product', 'Product', (row) => textOf(row, 'product') ?? 'Not said');
  const byTier = of('tier', 'Tier', (_row, subject, day) => subject.tierOn(day));
  return [
    ...(mapped.has('case.priority') ? [{ ...byPriority, order: PRIORITIES }] : []),
    ...(mapped.has('case.product') ? [{ ...byProduct, order: null }] : []),
    { ...byTier, order: null },
  ];
}

/** Cases whose day of opening or closing lies in the window, by group. */
function grouped(
  group: GroupOf,
  attribute: 'openedAt' | 'closedAt',
  count: (rows: readonly CrmRow[]) => Count | null,
) {
  return (subject: MetricSubject, { facts: { dayOf, today } }: MetricBasis): GroupCounts => {
    const rows = (subject.rows.case ?? []).filter((row) => within(dayIn(row, attribute, dayOf), today, DAYS));
    return [...Map.groupBy(rows, (row) => group(row, subject, today))].flatMap(([name, own]) => {
      const counted = count(own);
      return counted === null ? [] : [[name, counted] as const];
    });
  };
}

function columnsFor(group: GroupOf, mapped: ReadonlySet<string>): readonly BreakdownColumn[] {
  const opened: BreakdownColumn = {
    ...{ id: 'opened', label: 'Opened', unit: 'count', shape: 'sum', scale: 1 },
    definition: 'Cases that were opened in the period.',
    read: grouped(group, 'openedAt', (rows) => many(rows.length)),
  };
  if (!mapped.has('case.closedAt')) return [opened];
  const solved: readonly BreakdownColumn[] = [
    {
      ...{ id: 'resolved', label: 'Resolved', unit: 'count', shape: 'sum', scale: 1 },
      definition: 'Cases that were closed in the period.',
      read: grouped(group, 'closedAt', (rows) => many(rows.length)),
    },
    {
      ...{ id: 'hours', label: 'Time to resolution', unit: 'hours', shape: 'median', scale: 10 },
      definition: 'Median hours from opening to closing, over the cases that were closed in the period.',
      read: grouped(group, 'closedAt', (rows) => timesOf(rows.flatMap(tenthsOpen))),
    },
  ];
  return [opened, ...solved, ...(mapped.has('case.csat') ? [satisfaction(group)] : [])];
}

/** Of 5. */
const SATISFIED = 4;

function satisfaction(group: GroupOf): BreakdownColumn {
  return {
    ...{ id: 'csat', label: 'Satisfied', unit: 'percent', shape: 'share', scale: 1 },
    definition: 'Ratings of at least 4 out of 5, of the ratings of cases that were closed in the period.',
    read: grouped(group, 'closedAt', (rows) => {
      const ratings = rows.flatMap((row) => numberOf(row, 'csat') ?? []);
      const part = ratings.filter((rating) => rating >= SATISFIED).length;
      return ratings.length === 0 ? null : { part, whole: ratings.length, n: ratings.length };
    }),
  };
}
