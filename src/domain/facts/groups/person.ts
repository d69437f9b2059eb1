import { dayFact, flagFact, numberFact, textFact } from '../define.js';
import type { FactDefinition } from '../fact.js';

/** What is known of one contact: for playbooks whose edge belongs to a person. */
export const PERSON_FACTS = {
  'contact.createdOn': dayFact('contact created', ['contact.createdAt']),
  'contact.userCreatedOn': dayFact('product user created', ['contact.userCreatedOn']),
  'contact.daysSinceUserCreated': numberFact(
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
