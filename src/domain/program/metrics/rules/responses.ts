import { businessDayAfter } from '../../../engagement/send-time.js';
import { countOf } from '../../../facts/aggregate.js';
import type { CrmRow } from '../../../facts/record.js';
import { flagOf, numberOf } from '../../../facts/row-values.js';
import { falls, type Period } from '../period.js';
import { type MetricRule, many, rule, timesOf } from '../rule.js';
import { dayIn, type MetricBasis, type MetricSubject } from '../subject.js';

const ANSWERED = ['request.receivedAt', 'request.answeredAt'] as const;
/** Business days within which somebody should have answered. */
const WITHIN = 1;

function receivedIn({ rows }: MetricSubject, period: Period, { facts }: MetricBasis): readonly CrmRow[] {
  return (rows.request ?? []).filter((row) => falls(dayIn(row, 'receivedAt', facts.dayOf), period));
}

/** Days on which what had no answer at the end of the day `asOf` was received; resolved without an answer is answered. */
function waiting({ rows }: MetricSubject, { asOf }: Period, { facts }: MetricBasis): readonly number[] {
  return (rows.request ?? []).flatMap((row) => {
    const received = dayIn(row, 'receivedAt', facts.dayOf);
    const answered = dayIn(row, 'answeredAt', facts.dayOf);
    if (received === null || received > asOf) return [];
    const open = answered === null ? flagOf(row, 'resolved') !== true : answered > asOf;
    return open ? [received] : [];
  });
}

function minutesToAnswer(row: CrmRow): readonly number[] {
  const [received, answered] = [numberOf(row, 'receivedAt'), numberOf(row, 'answeredAt')];
  if (received === null || answered === null) return [];
  return [Math.round(Math.max(0, answered - received) / 60_000)];
}

/** What customers asked outside support, and whether somebody answered. */
export const RESPONSES: readonly MetricRule[] = [
  rule({
    metric: 'responses-received',
    shape: 'sum',
    restsOn: 'dates',
    needs: ['request.receivedAt'],
    read: (...of) => many(receivedIn(...of).length),
  }),
  rule({
    metric: 'responses-answered-in',
    shape: 'median',
    restsOn: 'dates',
    needs: ANSWERED,
    read: (subject, period, basis) => {
      const { dayOf } = basis.facts;
      const told = (row: CrmRow) => (dayIn(row, 'answeredAt', dayOf) ?? Infinity) <= period.asOf;
      return timesOf(receivedIn(subject, period, basis).filter(told).flatMap(minutesToAnswer));
    },
  }),
  rule({
    metric: 'responses-open',
    shape: 'sum',
    restsOn: 'dates',
    needs: ANSWERED,
    read: (...of) => many(waiting(...of).length),
  }),
  rule({
    metric: 'responses-overdue',
    shape: 'sum',
    restsOn: 'dates',
    needs: ANSWERED,
    read: (subject, period, basis) =>
      many(
        countOf(
          waiting(subject, period, basis),
          (received) => businessDayAfter(basis.calendar, received, WITHIN) < period.asOf,
        ),
      ),
  }),
  rule({
    metric: 'responses-resolved',
    shape: 'sum',
    restsOn: 'today',
    needs: ['request.receivedAt', 'request.resolved'],
    read: (...of) => many(countOf(receivedIn(...of), (row) => flagOf(row, 'resolved') === true)),
  }),
];
