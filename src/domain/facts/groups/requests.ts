import { within } from '../../day.js';
import { countOf, latestOf, medianOf } from '../aggregate.js';
import type { Derived, FactBasis } from '../book.js';
import { dayFact, flagFact, numberFact, textFact, timedFact } from '../define.js';
import type { FactDefinition } from '../fact.js';
import type { CrmRow } from '../record.js';
import { flagOf, numberOf } from '../row-values.js';

/** What customers asked of us outside support, and how soon they were answered. */
export const REQUEST_FACTS = {
  'requests.open': numberFact(['requests not resolved', 'requests'], ['request.receivedAt']),
  'requests.unanswered': numberFact(
    ['requests without an answer', 'requests'],
    ['request.receivedAt', 'request.answeredAt'],
  ),
  'requests.received90': numberFact(['requests received in 90 days', 'requests'], ['request.receivedAt']),
  'requests.medianMinutesToAnswer90': numberFact(
    ['median minutes to the first answer of requests in 90 days', 'minutes'],
    ['request.receivedAt', 'request.answeredAt'],
  ),
  'requests.lastReceivedOn': dayFact('last request received', ['request.receivedAt']),
} as const satisfies Record<string, FactDefinition>;

/** What is known of one request: for playbooks whose edge belongs to requests. */
export const REQUEST_SUBJECT_FACTS = {
  'request.kind': textFact('message, form, meeting, reply or case', []),
  'request.receivedOn': dayFact('request received', []),
  'request.daysOpen': timedFact(['days since the request was received', 'days'], []),
  'request.answered': flagFact('the request has had a first answer', []),
  'request.resolved': flagFact('the request is resolved', []),
} as const satisfies Record<string, FactDefinition>;

/** Counts over the requests received by today; null when requests can't be read. */
export function deriveRequests(
  rows: readonly CrmRow[] | undefined,
  { today, dayOf }: FactBasis,
): Derived<keyof typeof REQUEST_FACTS> | null {
  if (!rows) return null;
  const dayIn = (row: CrmRow): number | null => {
    const at = numberOf(row, 'receivedAt');
    return at === null ? null : dayOf(at);
  };
  const known = rows.filter((row) => (dayIn(row) ?? Infinity) <= today);
  const recent = known.filter((row) => within(dayIn(row), today, 90));
  return {
    values: {
      'requests.open': countOf(known, (row) => flagOf(row, 'resolved') !== true),
      'requests.unanswered': countOf(
        known,
        (row) => numberOf(row, 'answeredAt') === null && flagOf(row, 'resolved') !== true,
      ),
      'requests.received90': recent.length,
      'requests.medianMinutesToAnswer90': medianOf(recent.map(minutesToAnswer)),
      'requests.lastReceivedOn': latestOf(known.map(dayIn)),
    },
  };
}

function minutesToAnswer(row: CrmRow): number | null {
  const [received, answered] = [numberOf(row, 'receivedAt'), numberOf(row, 'answeredAt')];
  return received === null || answered === null ? null : Math.max(0, answered - received) / 60_000;
}
