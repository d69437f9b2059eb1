import { within } from '../../../day.js';
import { countOf } from '../../../facts/aggregate.js';
import type { CrmRow } from '../../../facts/record.js';
import { numberOf, textOf } from '../../../facts/row-values.js';
import { falls, type Period } from '../period.js';
import { type Count, type MetricRule, many, oneOf, partOf, rule } from '../rule.js';
import { isCustomerOn, type MetricBasis, type MetricSubject, numberIn } from '../subject.js';

const DAYS = 90;
const CONTENT = ['opened', 'clicked', 'responded'];
const ANSWERS = ['replied', 'responded', 'meeting-booked'];

function isOf(row: CrmRow, kinds: readonly string[]): boolean {
  return kinds.includes(textOf(row, 'kind') ?? '');
}

function engaged(subject: MetricSubject, { asOf }: Period, { facts: { today } }: MetricBasis): Count | null {
  const { facts } = subject;
  const reachable = numberIn(facts, 'contacts.reachable');
  if (isCustomerOn(subject, asOf, today) !== true || reachable === null || reachable === 0) return null;
  const last = [numberIn(facts, 'engagement.lastAnswerOn'), numberIn(facts, 'activity.lastTouchOn')];
  return oneOf(last.some((day) => within(day, asOf, DAYS)));
}

/** People whom a playbook wrote to in the period, and how many of them answered in it. */
function replies({ rows }: MetricSubject, period: Period): Count | null {
  const events = (rows.engagement ?? []).filter((row) => falls(numberOf(row, 'on'), period));
  const people = (kinds: readonly string[], ours: boolean): ReadonlySet<string> =>
    new Set(
      events.flatMap((row) => {
        const person = textOf(row, 'person');
        const counts = isOf(row, kinds) && (!ours || textOf(row, 'playbook') !== null);
        return person !== null && person !== '-' && counts ? [person] : [];
      }),
    );
  const written = people(['sent'], true);
  const answered = people(ANSWERS, false);
  return partOf(
    countOf([...written], (person) => answered.has(person)),
    written.size,
  );
}

/** Whether anybody hears us, and answers. */
export const TOUCH: readonly MetricRule[] = [
  rule({
    metric: 'engagement',
    shape: 'share',
    restsOn: 'today',
    needs: ['contact.email'],
    read: engaged,
  }),
  rule({
    metric: 'content',
    shape: 'sum',
    restsOn: 'dates',
    knownFrom: ({ outcomesFrom = -Infinity }) => outcomesFrom ?? Infinity,
    read: ({ rows }, period) =>
      many(countOf(rows.engagement ?? [], (row) => isOf(row, CONTENT) && falls(numberOf(row, 'on'), period))),
  }),
  rule({ metric: 'reply-rate', shape: 'share', restsOn: 'dates', read: replies }),
  // Only the messages; what they and the people cost is worked out from them.
  rule({
    metric: 'cost',
    shape: 'sum',
    restsOn: 'today',
    read: ({ rows }, period) =>
      many(
        countOf(rows.engagement ?? [], (row) => isOf(row, ['sent']) && falls(numberOf(row, 'on'), period)),
      ),
  }),
];
