import type { CrmRow } from '../../../facts/record.js';
import { numberOf } from '../../../facts/row-values.js';
import { falls, type Period } from '../period.js';
import { type MetricRule, many, rule, timesOf } from '../rule.js';
import { dayIn, type MetricBasis, type MetricSubject } from '../subject.js';

function casesWith(
  attribute: 'openedAt' | 'closedAt',
  { rows }: MetricSubject,
  at: { readonly period: Period; readonly basis: MetricBasis },
): readonly CrmRow[] {
  const { dayOf } = at.basis.facts;
  return (rows.case ?? []).filter((row) => falls(dayIn(row, attribute, dayOf), at.period));
}

/** Tenths of an hour from opening to closing. */
export function tenthsOpen(row: CrmRow): readonly number[] {
  const [openedAt, closedAt] = [numberOf(row, 'openedAt'), numberOf(row, 'closedAt')];
  if (openedAt === null || closedAt === null) return [];
  return [Math.round(Math.max(0, closedAt - openedAt) / 360_000)];
}

/** What support was asked, and how soon it was solved. */
export const SUPPORT: readonly MetricRule[] = [
  rule({
    metric: 'resolution-time',
    shape: 'median',
    restsOn: 'dates',
    scale: 10,
    needs: ['case.openedAt', 'case.closedAt'],
    read: (subject, period, basis) =>
      timesOf(casesWith('closedAt', subject, { period, basis }).flatMap(tenthsOpen)),
  }),
  rule({
    metric: 'cases-opened',
    shape: 'sum',
    restsOn: 'dates',
    needs: ['case.openedAt'],
    read: (subject, period, basis) => many(casesWith('openedAt', subject, { period, basis }).length),
  }),
  rule({
    metric: 'cases-resolved',
    shape: 'sum',
    restsOn: 'dates',
    needs: ['case.closedAt'],
    read: (subject, period, basis) => many(casesWith('closedAt', subject, { period, basis }).length),
  }),
];
