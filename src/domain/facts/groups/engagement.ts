import { type Day, within } from '../../day.js';
import { countOf, latestOf } from '../aggregate.js';
import type { Derived } from '../book.js';
import { dayFact, numberFact } from '../define.js';
import type { FactDefinition } from '../fact.js';
import type { CrmRow } from '../record.js';
import { numberOf, textOf } from '../row-values.js';

/** What came of what we sent. An open is weak evidence (mail programs open by themselves); a click and a reply are strong. */
export const ENGAGEMENT_FACTS = {
  'engagement.opened90': numberFact(['mails opened in 90 days', 'mails'], ['engagement.on']),
  'engagement.clicked90': numberFact(['mails clicked in 90 days', 'mails'], ['engagement.on']),
  'engagement.replied90': numberFact(['replies and responses in 90 days', 'replies'], ['engagement.on']),
  'engagement.meetingsBooked90': numberFact(['meetings booked in 90 days', 'meetings'], ['engagement.on']),
  'engagement.unsubscribed90': numberFact(
    ['people who unsubscribed in 90 days', 'people'],
    ['engagement.on'],
  ),
  'engagement.bounced90': numberFact(['people whose mail bounced in 90 days', 'people'], ['engagement.on']),
  'engagement.lastAnswerOn': dayFact('last reply, response, click or booked meeting', ['engagement.on']),
} as const satisfies Record<string, FactDefinition>;

const ANSWERS = ['clicked', 'replied', 'responded', 'meeting-booked'];

/** Counts over the events of an account; null when no tool tells of any. */
export function deriveEngagement(
  rows: readonly CrmRow[] | undefined,
  today: Day,
): Derived<keyof typeof ENGAGEMENT_FACTS> | null {
  if (!rows) return null;
  const recent = rows.filter((row) => within(numberOf(row, 'on'), today, 90));
  const count = (...kinds: readonly string[]) =>
    countOf(recent, (row) => kinds.includes(textOf(row, 'kind') ?? ''));
  return {
    values: {
      'engagement.opened90': count('opened'),
      'engagement.clicked90': count('clicked'),
      'engagement.replied90': count('replied', 'responded'),
      'engagement.meetingsBooked90': count('meeting-booked'),
      'engagement.unsubscribed90': count('unsubscribed'),
      'engagement.bounced90': count('bounced'),
      'engagement.lastAnswerOn': lastAnswerOn(rows),
    },
  };
}

function lastAnswerOn(rows: readonly CrmRow[]): Day | null {
  return latestOf(
    rows.filter((row) => ANSWERS.includes(textOf(row, 'kind') ?? '')).map((row) => numberOf(row, 'on')),
  );
}
