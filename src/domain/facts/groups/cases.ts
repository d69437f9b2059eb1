import { type Day, within } from '../../day.js';
import { countOf, earliestOf, latestOf, meanOf, medianOf } from '../aggregate.js';
import type { Derived, FactBasis } from '../book.js';
import { dayFact, flagFact, numberFact } from '../define.js';
import type { FactDefinition } from '../fact.js';
import type { CrmRow } from '../record.js';
import { categoryOf, flagOf, numberOf } from '../row-values.js';
import { lastRise } from '../surge.js';

/** What customers asked support, and how it went. */
export const CASE_FACTS = {
  'cases.open': numberFact(['cases open', 'cases'], ['case.closed'], ['case.closedAt']),
  'cases.openCritical': numberFact(
    ['critical cases open', 'cases'],
    ['case.closed', 'case.priority'],
    ['case.closedAt', 'case.priority'],
  ),
  'cases.openHigh': numberFact(
    ['high-priority cases open', 'cases'],
    ['case.closed', 'case.priority'],
    ['case.closedAt', 'case.priority'],
  ),
  'cases.escalatedOpen': numberFact(
    ['escalated cases open', 'cases'],
    ['case.closed', 'case.escalated'],
    ['case.closedAt', 'case.escalated'],
  ),
  'cases.oldestOpenOn': dayFact('oldest open case opened', ['case.closed'], ['case.closedAt']),
  'cases.oldestCriticalOn': dayFact(
    'oldest open critical case opened',
    ['case.closed', 'case.priority'],
    ['case.closedAt', 'case.priority'],
  ),
  'cases.openedLast7': numberFact(['cases opened in 7 days', 'cases'], ['case.openedAt']),
  'cases.openedLast30': numberFact(['cases opened in 30 days', 'cases'], ['case.openedAt']),
  'cases.openedLast90': numberFact(['cases opened in 90 days', 'cases'], ['case.openedAt']),
  'cases.surgeOn': dayFact('day on which cases opened within 30 days last rose above 3', ['case.openedAt']),
  'cases.lastOpenedOn': dayFact('last case opened', ['case.openedAt']),
  'cases.lastClosedOn': dayFact('last case closed', ['case.closedAt']),
  'cases.reopened90': numberFact(['cases opened in 90 days that were reopened', 'cases'], ['case.reopened']),
  'cases.withoutFirstResponse': numberFact(
    ['open cases without a first response', 'cases'],
    ['case.closed', 'case.firstResponseAt'],
    ['case.closedAt', 'case.firstResponseAt'],
    ['case.closed', 'case.firstResponseMinutes'],
    ['case.closedAt', 'case.firstResponseMinutes'],
  ),
  'cases.medianHoursToResolution90': numberFact(
    ['median hours to resolution of cases closed in 90 days', 'hours'],
    ['case.closedAt'],
  ),
  'cases.csatMean90': numberFact(
    ['mean satisfaction with cases closed in 90 days', 'of 5'],
    ['case.csat', 'case.closedAt'],
  ),
  'cases.trainingCaused90': numberFact(
    ['cases in 90 days caused by missing training', 'cases'],
    ['case.cause'],
  ),
  'cases.productCaused90': numberFact(['cases in 90 days caused by the product', 'cases'], ['case.cause']),
  'cases.escalatedClosedOn': dayFact('last escalated case closed', ['case.escalated', 'case.closedAt']),
  'cases.lastTrainingCausedOn': dayFact('last case caused by missing training opened', ['case.cause']),
  'cases.expansionHint': flagFact('support saw room for expansion in 90 days', ['case.expansionHint']),
} as const satisfies Record<string, FactDefinition>;

/** A surge is more cases than this, opened within so many days. */
const SURGE = { above: 3, days: 30 };

interface CaseOfDay {
  readonly row: CrmRow;
  readonly openedOn: Day;
  /** Null while it is open today, and where the day is not known. */
  readonly closedOn: Day | null;
  readonly open: boolean;
  readonly priority: string | null;
}

/** Counts, days and means over the cases opened by today; null when cases can't be read. */
export function deriveCases(
  rows: readonly CrmRow[] | undefined,
  basis: FactBasis,
): Derived<keyof typeof CASE_FACTS> | null {
  if (!rows) return null;
  const cases = rows.map((row) => caseOfDay(row, basis)).filter((found) => found !== null);
  return {
    values: { ...openCases(cases), ...openedCases(cases, basis.today), ...closedCases(cases, basis.today) },
  };
}

function caseOfDay(row: CrmRow, { dayOf, today }: FactBasis): CaseOfDay | null {
  const openedAt = numberOf(row, 'openedAt');
  const openedOn = openedAt === null ? null : dayOf(openedAt);
  if (openedOn === null || openedOn > today) return null;
  const closedAt = numberOf(row, 'closedAt');
  const closedOn = closedAt === null ? null : dayOf(closedAt);
  const closed = closedOn === null ? flagOf(row, 'closed') === true : closedOn <= today;
  const priority = categoryOf(row, 'priority');
  return { row, openedOn, closedOn: closed ? closedOn : null, open: !closed, priority };
}

function openCases(cases: readonly CaseOfDay[]) {
  const open = cases.filter((found) => found.open);
  const critical = open.filter((found) => found.priority === 'critical');
  return {
    'cases.open': open.length,
    'cases.openCritical': critical.length,
    'cases.openHigh': countOf(open, (found) => found.priority === 'high'),
    'cases.escalatedOpen': countOf(open, ({ row }) => flagOf(row, 'escalated') === true),
    'cases.oldestOpenOn': earliestOf(open.map((found) => found.openedOn)),
    'cases.oldestCriticalOn': earliestOf(critical.map((found) => found.openedOn)),
    'cases.withoutFirstResponse': countOf(open, ({ row }) => !answered(row)),
  };
}

function answered(row: CrmRow): boolean {
  return numberOf(row, 'firstResponseAt') !== null || numberOf(row, 'firstResponseMinutes') !== null;
}

function openedCases(cases: readonly CaseOfDay[], today: Day) {
  const recent = cases.filter((found) => within(found.openedOn, today, 90));
  const days = cases.map((found) => found.openedOn);
  const caused = (by: string) => countOf(recent, ({ row }) => categoryOf(row, 'cause') === by);
  return {
    'cases.openedLast7': countOf(recent, (found) => within(found.openedOn, today, 7)),
    'cases.openedLast30': countOf(recent, (found) => within(found.openedOn, today, 30)),
    'cases.openedLast90': recent.length,
    'cases.surgeOn': lastRise(days, SURGE),
    'cases.lastOpenedOn': latestOf(days),
    'cases.reopened90': countOf(recent, ({ row }) => (numberOf(row, 'reopened') ?? 0) > 0),
    'cases.trainingCaused90': caused('training'),
    'cases.productCaused90': caused('product'),
    'cases.lastTrainingCausedOn': latestOf(
      cases.filter(({ row }) => categoryOf(row, 'cause') === 'training').map((found) => found.openedOn),
    ),
    'cases.expansionHint': recent.some(({ row }) => flagOf(row, 'expansionHint') === true),
  };
}

function closedCases(cases: readonly CaseOfDay[], today: Day) {
  const recent = cases.filter((found) => within(found.closedOn, today, 90));
  return {
    'cases.lastClosedOn': latestOf(cases.map((found) => found.closedOn)),
    'cases.escalatedClosedOn': latestOf(
      cases.filter(({ row }) => flagOf(row, 'escalated') === true).map((found) => found.closedOn),
    ),
    'cases.medianHoursToResolution90': medianOf(recent.map(({ row }) => hoursOpen(row))),
    'cases.csatMean90': meanOf(recent.map(({ row }) => numberOf(row, 'csat'))),
  };
}

function hoursOpen(row: CrmRow): number | null {
  const [openedAt, closedAt] = [numberOf(row, 'openedAt'), numberOf(row, 'closedAt')];
  return openedAt === null || closedAt === null ? null : Math.max(0, closedAt - openedAt) / 3_600_000;
}
