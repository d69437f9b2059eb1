import { inOrgCurrency } from '../../../facts/money.js';
import { categoryOf, flagOf, numberOf, textOf } from '../../../facts/row-values.js';
import { type Period, yearBefore } from '../period.js';
import { type Count, cents, type MetricRule, oneOf, rule } from '../rule.js';
import { isCustomerOn, type MetricBasis, type MetricSubject, numberIn, wasCustomerOn } from '../subject.js';

/** What tells who left. */
export const STAY = ['account.churnedOn', 'account.customerSince'] as const;
const DEALS = [
  'opportunity.type',
  'opportunity.closed',
  'opportunity.won',
  'opportunity.amount',
  'opportunity.closeOn',
] as const;

/** Whether a customer of a year before left since; null for who was none then, and where a day is not known. */
export function leftInYear(subject: MetricSubject, { asOf }: Period, { facts }: MetricBasis): boolean | null {
  const { today } = facts;
  if (wasCustomerOn(subject, yearBefore(asOf), today) !== true) return null;
  const stayed = isCustomerOn(subject, asOf, today);
  return stayed === null ? null : !stayed;
}

interface ClosedDeal {
  readonly type: string | null;
  readonly won: boolean;
  /** In the org's currency, cents. */
  readonly amount: number;
}

/** Deals that were closed in the year up to the day as of which the period is told, where the amount is known. */
function closedInYear(
  subject: MetricSubject,
  { asOf }: Period,
  { facts }: MetricBasis,
): readonly ClosedDeal[] {
  const from = yearBefore(asOf);
  return (subject.rows.opportunity ?? []).flatMap((row) => {
    const closeOn = numberOf(row, 'closeOn');
    if (flagOf(row, 'closed') !== true || closeOn === null || closeOn <= from || closeOn > asOf) return [];
    const read = { amount: numberOf(row, 'amount'), currency: textOf(row, 'currency') };
    const amount = inOrgCurrency(read, facts.rates, closeOn);
    const won = flagOf(row, 'won');
    if (amount === null || won === null) return [];
    return [{ type: categoryOf(row, 'type'), won, amount: cents(amount) }];
  });
}

function sumOf(deals: readonly ClosedDeal[]): number {
  return deals.reduce((sum, { amount }) => sum + amount, 0);
}

function renewed(deals: readonly ClosedDeal[], withGrowth: boolean): Count | null {
  const renewals = deals.filter(({ type }) => type === 'renewal');
  if (renewals.length === 0) return null;
  const kept = deals.filter(
    ({ type, won }) => won && (type === 'renewal' || (withGrowth && type === 'expansion')),
  );
  return { part: sumOf(kept), whole: sumOf(renewals), n: renewals.length };
}

function stillPaying(subject: MetricSubject, period: Period, basis: MetricBasis): Count | null {
  const left = leftInYear(subject, period, basis);
  const arr = numberIn(subject.facts, 'account.arr');
  if (left === null || arr === null) return null;
  return { part: left ? 0 : cents(arr), whole: cents(arr), n: 1 };
}

function expanded(subject: MetricSubject, period: Period, { facts }: MetricBasis): Count | null {
  if (isCustomerOn(subject, period.asOf, facts.today) !== true) return null;
  const from = yearBefore(period.asOf);
  return oneOf(
    (subject.rows.opportunity ?? []).some((row) => {
      const closeOn = numberOf(row, 'closeOn') ?? Infinity;
      const won = flagOf(row, 'won') === true && categoryOf(row, 'type') === 'expansion';
      return won && closeOn > from && closeOn <= period.asOf;
    }),
  );
}

/** Who stays, how much of the revenue stays with them, and who grows. */
export const RETENTION: readonly MetricRule[] = [
  rule({
    metric: 'churn',
    shape: 'share',
    restsOn: 'dates',
    needs: STAY,
    read: (...of) => {
      const left = leftInYear(...of);
      return left === null ? null : oneOf(left);
    },
  }),
  rule({
    metric: 'retention-logo',
    shape: 'share',
    restsOn: 'dates',
    needs: STAY,
    read: (...of) => {
      const left = leftInYear(...of);
      return left === null ? null : oneOf(!left);
    },
  }),
  rule({
    metric: 'retention',
    shape: 'share',
    restsOn: 'dates',
    scale: 100,
    ofRenewals: true,
    needs: DEALS,
    read: (...of) => renewed(closedInYear(...of), false),
  }),
  rule({
    metric: 'retention',
    shape: 'share',
    restsOn: 'today',
    scale: 100,
    needs: [...STAY, 'account.arr'],
    read: stillPaying,
  }),
  rule({
    metric: 'retention-net',
    shape: 'share',
    restsOn: 'dates',
    scale: 100,
    ofRenewals: true,
    needs: DEALS,
    read: (...of) => renewed(closedInYear(...of), true),
  }),
  rule({
    metric: 'upsell',
    shape: 'share',
    restsOn: 'dates',
    needs: ['opportunity.type', 'opportunity.won', 'opportunity.closeOn'],
    read: expanded,
  }),
];
