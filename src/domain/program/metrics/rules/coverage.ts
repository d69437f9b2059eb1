import type { Period } from '../period.js';
import { type Count, cents, type MetricRule, many, oneOf, rule } from '../rule.js';
import { isCustomerOn, type MetricBasis, type MetricSubject, numberIn } from '../subject.js';

/** Reads customers only: null for whoever is none on the day as of which the period is told. */
function ofCustomers(read: (subject: MetricSubject) => Count | null): MetricRule['read'] {
  return (subject, { asOf }, { facts }) =>
    isCustomerOn(subject, asOf, facts.today) === true ? read(subject) : null;
}

function due(subject: MetricSubject, { start, end }: Period, { facts }: MetricBasis): Count | null {
  const on = numberIn(subject.facts, 'account.renewalOn');
  const arr = numberIn(subject.facts, 'account.arr');
  if (isCustomerOn(subject, facts.today, facts.today) !== true) return null;
  if (on === null || arr === null || on < Math.max(start, facts.today) || on > end) return null;
  return { part: cents(arr), whole: 0, n: 1 };
}

/** Who the customers are, and of how many we know anything. */
export const COVERAGE: readonly MetricRule[] = [
  rule({ metric: 'accounts', shape: 'sum', restsOn: 'dates', read: ofCustomers(() => many(1)) }),
  rule({
    metric: 'revenue',
    shape: 'sum',
    restsOn: 'today',
    scale: 100,
    needs: ['account.arr'],
    read: ofCustomers(({ facts }) => {
      const arr = numberIn(facts, 'account.arr');
      return arr === null ? null : { part: cents(arr), whole: 0, n: 1 };
    }),
  }),
  rule({
    metric: 'health',
    shape: 'mean',
    restsOn: 'today',
    read: ofCustomers(({ standing: { score } }) => (score === null ? null : { part: score, whole: 1, n: 1 })),
  }),
  rule({
    metric: 'coverage-score',
    shape: 'share',
    restsOn: 'today',
    read: ofCustomers(({ standing }) => oneOf(standing.score !== null)),
  }),
  rule({
    metric: 'coverage-person',
    shape: 'share',
    restsOn: 'today',
    needs: ['contact.email'],
    read: ofCustomers(({ facts }) => {
      const reachable = numberIn(facts, 'contacts.reachable');
      return reachable === null ? null : oneOf(reachable > 0);
    }),
  }),
  rule({
    metric: 'renewals-due',
    shape: 'sum',
    restsOn: 'ahead',
    scale: 100,
    byBand: true,
    needs: ['account.arr', 'account.renewalOn'],
    orNeeds: [['account.arr', 'opportunity.type', 'opportunity.closed', 'opportunity.closeOn']],
    read: due,
  }),
];
