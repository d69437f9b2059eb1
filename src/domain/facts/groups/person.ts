import type { Derived, FactBasis } from '../book.js';
import { dayFact, flagFact, textFact, timedFact } from '../define.js';
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
} as const satisfies Record<string, FactDefinition>;

/** What is known of one contact today. A mapped last login that is empty means: never logged in. */
export function derivePerson(contact: CrmRow, basis: FactBasis): Derived<keyof typeof PERSON_FACTS> {
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
    },
  };
}

/** Whether mail to the contact bounces: the flag, or a day on which it did; null when neither is known. */
export function bounces(contact: CrmRow): boolean | null {
  if (numberOf(contact, 'bouncedAt') !== null) return true;
  return flagOf(contact, 'bounced');
}
