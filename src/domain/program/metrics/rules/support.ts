import { within } from '../../../day.js';
import type { AttributeName } from '../../../facts/fact.js';
import type { CrmRow } from '../../../facts/record.js';
import { numberOf } from '../../../facts/row-values.js';
import { OUTCOME_FLOOR } from '../../../insight/intervals.js';
import { falls } from '../period.js';
import { type Count, type MetricRule, many, partOf, rule, timesOf } from '../rule.js';
import { dayIn, type MetricBasis, type MetricSubject } from '../subject.js';

/** One number about cases, whatever they are cut by. */
export interface CaseNumber extends Pick<MetricRule, 'shape' | 'scale' | 'atLeast'> {
  readonly id: 'cases-opened' | 'cases-resolved' | 'resolution-time' | 'cases-satisfied';
  /** The day that must lie in the stretch of time that is asked for. */
  readonly by: 'openedAt' | 'closedAt';
  readonly needs: readonly AttributeName[];
  readonly count: (rows: readonly CrmRow[]) => Count | null;
}

/** Of 5. */
const SATISFIED = 4;

const number = (written: Omit<CaseNumber, 'scale' | 'atLeast'> & Partial<CaseNumber>): CaseNumber => ({
  scale: 1,
  atLeast: 0,
  ...written,
});

const OPENED = number({
  ...{ id: 'cases-opened', by: 'openedAt', shape: 'sum' },
  needs: ['case.openedAt'],
  count: (rows) => many(rows.length),
});
const RESOLVED = number({
  ...{ id: 'cases-resolved', by: 'closedAt', shape: 'sum' },
  needs: ['case.closedAt'],
  count: (rows) => many(rows.length),
});
const TIME = number({
  ...{ id: 'resolution-time', by: 'closedAt', shape: 'median', scale: 10 },
  needs: ['case.openedAt', 'case.closedAt'],
  count: (rows) => timesOf(rows.flatMap(tenthsOpen)),
});
const RATED = number({
  ...{ id: 'cases-satisfied', by: 'closedAt', shape: 'share', atLeast: OUTCOME_FLOOR },
  needs: ['case.closedAt', 'case.csat'],
  count: (rows) => {
    const ratings = rows.flatMap((row) => numberOf(row, 'csat') ?? []);
    return partOf(ratings.filter((rating) => rating >= SATISFIED).length, ratings.length);
  },
});

/** What is told of cases, in the order of a table. */
export const CASE_NUMBERS: readonly CaseNumber[] = [OPENED, RESOLVED, TIME, RATED];

/** Tenths of an hour from opening to closing. */
function tenthsOpen(row: CrmRow): readonly number[] {
  const [openedAt, closedAt] = [numberOf(row, 'openedAt'), numberOf(row, 'closedAt')];
  if (openedAt === null || closedAt === null) return [];
  return [Math.round(Math.max(0, closedAt - openedAt) / 360_000)];
}

const DAYS = 90;

/** Cases whose day lies in the 90 days up to and with a day. */
export function casesOf90(
  { rows }: MetricSubject,
  { by }: CaseNumber,
  at: { readonly asOf: number; readonly dayOf: MetricBasis['facts']['dayOf'] },
): readonly CrmRow[] {
  return (rows.case ?? []).filter((row) => within(dayIn(row, by, at.dayOf), at.asOf, DAYS));
}

/** In the period. */
function inPeriod(metric: MetricRule['metric'], { by, shape, scale, needs, count }: CaseNumber): MetricRule {
  return rule({
    ...{ metric, shape, scale, needs, restsOn: 'dates' },
    read: ({ rows }, period, { facts }) =>
      count((rows.case ?? []).filter((row) => falls(dayIn(row, by, facts.dayOf), period))),
  });
}

/** In the 90 days up to today. */
function in90(one: CaseNumber): MetricRule {
  const { id, shape, scale, atLeast, needs, count } = one;
  return rule({
    ...{ metric: `${id}-90`, shape, scale, atLeast, needs, restsOn: 'today' },
    read: (subject, { asOf }, { facts: { dayOf } }) => count(casesOf90(subject, one, { asOf, dayOf })),
  });
}

/** What support was asked, and how soon it was solved. */
export const SUPPORT: readonly MetricRule[] = [
  inPeriod('resolution-time', TIME),
  inPeriod('cases-opened', OPENED),
  inPeriod('cases-resolved', RESOLVED),
  ...CASE_NUMBERS.map(in90),
];
