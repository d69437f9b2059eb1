import type { AttributeName } from '../../../facts/fact.js';
import { categoryOf, flagOf, numberOf, textOf } from '../../../facts/row-values.js';
import { OUTCOME_FLOOR } from '../../../insight/intervals.js';
import { periodAt, yearBefore } from '../period.js';
import { type Count, many, oneOf } from '../rule.js';
import { leftInYear, STAY } from '../rules/retention.js';
import { type MetricBasis, type MetricSubject, numberIn, textIn } from '../subject.js';
import { type GroupCounts, type Split, type SplitNumber, UNKNOWN } from './split.js';

const AT_MOST = 8;

type GroupOf = (subject: MetricSubject, basis: MetricBasis) => string;

/** Whether a customer of a year ago has left since; null where that is not known, or it was none. */
function leftBy(subject: MetricSubject, basis: MetricBasis): boolean | null {
  return leftInYear(subject, periodAt('month', basis.facts.today, 0), basis);
}

const BY_REASON: Split = {
  id: 'churn-by-reason',
  title: 'Churn by reason',
  by: 'Reason',
  numbers: [
    {
      ...{ metric: 'churn-by-reason', label: 'Left', shape: 'sum', scale: 1, atLeast: 0 },
      needs: [
        ...STAY,
        'opportunity.closed',
        'opportunity.won',
        'opportunity.closeOn',
        'opportunity.lostReason',
      ],
      read: (subject, basis) =>
        leftBy(subject, basis) === true ? [[reasonOf(subject, basis), many(1)]] : [],
    },
  ],
  order: null,
  atMost: AT_MOST,
};

const NO_REASON = 'Reason not given';
const NOTHING_LOST = 'No lost renewal on record';

/**
 * Of the lost deals of the year that say why, the latest renewal, else the latest of any. Without one, who lost a renewal
 * is told apart from who has none on record. Where deals have no type, each counts as a renewal.
 */
function reasonOf({ rows }: MetricSubject, { facts: { today, mapped } }: MetricBasis): string {
  const from = yearBefore(today);
  const typed = mapped.has('opportunity.type');
  const lost = (rows.opportunity ?? []).flatMap((row) => {
    const on = numberOf(row, 'closeOn');
    const counts = flagOf(row, 'closed') === true && flagOf(row, 'won') === false;
    if (!counts || on === null || on <= from || on > today) return [];
    const renewal = !typed || categoryOf(row, 'type') === 'renewal';
    return [{ on, reason: textOf(row, 'lostReason'), renewal }];
  });
  const saying = lost.filter(({ reason }) => reason !== null);
  const renewals = saying.filter(({ renewal }) => renewal);
  const last = (renewals.length > 0 ? renewals : saying).toSorted((a, b) => b.on - a.on)[0];
  return last?.reason ?? (lost.some(({ renewal }) => renewal) ? NO_REASON : NOTHING_LOST);
}

interface Persona {
  readonly id: 'industry' | 'size' | 'source' | 'tenure';
  readonly by: string;
  readonly needs: readonly AttributeName[];
  readonly of: GroupOf;
  readonly order: readonly string[] | null;
}

/** Customers of a year ago in each group, and who of them has left since. */
function byPersona({ id, by, needs, of, order }: Persona): Split {
  const read =
    (count: (left: boolean) => Count): SplitNumber['read'] =>
    (subject, basis): GroupCounts => {
      const left = leftBy(subject, basis);
      return left === null ? [] : [[of(subject, basis), count(left)]];
    };
  const all = [...STAY, ...needs];
  const customers: SplitNumber = {
    ...{ metric: `customers-by-${id}`, label: 'Customers', shape: 'sum', scale: 1, atLeast: 0, needs: all },
    read: read(() => many(1)),
  };
  const churn: SplitNumber = {
    ...{ metric: `churn-by-${id}`, label: 'Churn', shape: 'share', scale: 1, needs: all },
    atLeast: OUTCOME_FLOOR,
    read: read(oneOf),
  };
  const title = `Churn by ${by.toLowerCase()}`;
  return { id: `churn-by-${id}`, title, by, numbers: [customers, churn], order, atMost: AT_MOST };
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

const PERSONAS: readonly Persona[] = [
  {
    ...{ id: 'industry', by: 'Industry', needs: ['account.industry'], order: null },
    of: factGroup('account.industry'),
  },
  { id: 'size', by: 'Size in seats', needs: ['account.seats'], of: sizeOf, order: SIZES },
  {
    ...{ id: 'source', by: 'Source', needs: ['account.source'], order: null },
    of: factGroup('account.source'),
  },
  { id: 'tenure', by: 'Years as a customer', needs: [], of: tenureOf, order: TENURES },
];

/** Who left in the year: why, and who they were. */
export const CHURN_SPLITS: readonly Split[] = [BY_REASON, ...PERSONAS.map(byPersona)];
