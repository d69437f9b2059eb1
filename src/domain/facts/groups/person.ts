import { type Day, within } from '../../day.js';
import { countOf, latestOf } from '../aggregate.js';
import type { Derived, FactBasis } from '../book.js';
import { dayFact, flagFact, numberFact, textFact, timedFact } from '../define.js';
import type { FactDefinition } from '../fact.js';
import type { CrmRow } from '../record.js';
import { categoryOf, flagOf, numberOf, textOf } from '../row-values.js';

/** What is known of one contact: for playbooks whose edge belongs to a person. */
export const PERSON_FACTS = {
  'contact.createdOn': dayFact('contact created', ['contact.createdAt']),
  'contact.userCreatedOn': dayFact('product user created', ['contact.userCreatedOn']),
  'contact.daysSinceUserCreated': timedFact(
    ['days since the product user was created', 'days'],
    ['contact.userCreatedOn'],
  ),
  'contact.lastLoginOn': dayFact('last login', ['contact.lastLoginOn']),
  'contact.loggedIn': flagFact('has ever logged in', ['contact.lastLoginOn']),
  'contact.lastEngagedOn': dayFact('last engaged', ['contact.lastEngagedOn']),
  'contact.role': textFact('role', ['contact.role']),
  'contact.country': textFact('country', ['contact.country']),
  'contact.left': flagFact('has left the company', ['contact.left']),
  'contact.bounced': flagFact('mail bounces', ['contact.bounced'], ['contact.bouncedAt']),
  'contact.sent90': numberFact(['automated messages in 90 days', 'messages'], ['engagement.on']),
  'contact.answered90': numberFact(
    ['replies, responses, clicks and booked meetings in 90 days', 'answers'],
    ['engagement.on'],
  ),
  'contact.lastAnswerOn': dayFact('last reply, response, click or booked meeting', ['engagement.on']),
  'contact.sentSinceAnswer': numberFact(
    ['automated messages in 180 days since the last answer', 'messages'],
    ['engagement.on'],
  ),
} as const satisfies Record<string, FactDefinition>;

const ANSWERS = ['clicked', 'replied', 'responded', 'meeting-booked'];

/**
 * What is known of one contact today. A mapped last login that is empty means: never logged in.
 * `events` = the events of that person; undefined when no tool tells of any.
 */
export function derivePerson(
  contact: CrmRow,
  events: readonly CrmRow[] | undefined,
  basis: FactBasis,
): Derived<keyof typeof PERSON_FACTS> {
  const createdAt = numberOf(contact, 'createdAt');
  const userCreatedOn = numberOf(contact, 'userCreatedOn');
  const lastLoginOn = numberOf(contact, 'lastLoginOn');
  return {
    values: {
      'contact.createdOn': createdAt === null ? null : basis.dayOf(createdAt),
      'contact.userCreatedOn': userCreatedOn,
      'contact.daysSinceUserCreated': userCreatedOn === null ? null : basis.today - userCreatedOn,
      'contact.lastLoginOn': lastLoginOn,
      'contact.loggedIn': lastLoginOn !== null,
      'contact.lastEngagedOn': numberOf(contact, 'lastEngagedOn'),
      'contact.role': categoryOf(contact, 'role'),
      'contact.country': textOf(contact, 'country'),
      'contact.left': flagOf(contact, 'left'),
      'contact.bounced': bounces(contact),
      ...answersOf(events, basis.today),
    },
  };
}

/** Whether mail to the contact bounces: the flag, or a day on which it did; null when neither is known. */
export function bounces(contact: CrmRow): boolean | null {
  if (numberOf(contact, 'bouncedAt') !== null) return true;
  return flagOf(contact, 'bounced');
}

function answersOf(events: readonly CrmRow[] | undefined, today: Day) {
  const of = (...kinds: readonly string[]) =>
    (events ?? []).filter((event) => kinds.includes(textOf(event, 'kind') ?? ''));
  const answers = of(...ANSWERS);
  const lastOn = latestOf(answers.map((event) => numberOf(event, 'on')));
  const within90 = (event: CrmRow): boolean => within(numberOf(event, 'on'), today, 90);
  const sent = of('sent');
  return {
    'contact.sent90': events ? countOf(sent, within90) : null,
    'contact.answered90': events ? countOf(answers, within90) : null,
    'contact.lastAnswerOn': lastOn,
    'contact.sentSinceAnswer': events
      ? countOf(sent, (event) => {
          const on = numberOf(event, 'on');
          return within(on, today, 180) && (on ?? 0) > (lastOn ?? -Infinity);
        })
      : null,
  };
}
