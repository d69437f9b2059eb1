import { dayFact, numberFact } from '../define.js';
import type { FactDefinition } from '../fact.js';

/** Who the account is, counted over its contacts who have not left. */
export const CONTACTS_FACTS = {
  'contacts.count': numberFact(['contacts', 'contacts'], ['contact.email'], ['contact.role']),
  'contacts.reachable': numberFact(['reachable contacts', 'contacts'], ['contact.email']),
  'contacts.economicBuyers': numberFact(['economic buyers', 'contacts'], ['contact.role']),
  'contacts.sponsors': numberFact(['sponsors', 'contacts'], ['contact.role']),
  'contacts.champions': numberFact(['champions', 'contacts'], ['contact.role']),
  'contacts.users': numberFact(['users', 'contacts'], ['contact.role']),
  'contacts.engaged90': numberFact(['contacts engaged in 90 days', 'contacts'], ['contact.lastEngagedOn']),
  'contacts.bounced': numberFact(
    ['contacts whose mail bounces', 'contacts'],
    ['contact.bounced'],
    ['contact.bouncedAt'],
  ),
  'contacts.left': numberFact(['contacts who have left', 'contacts'], ['contact.left']),
  'contacts.sponsorsLeft': numberFact(
    ['sponsors who have left', 'contacts'],
    ['contact.left', 'contact.role'],
  ),
  'contacts.loggedIn28': numberFact(
    ['contacts who logged in within 28 days', 'contacts'],
    ['contact.lastLoginOn'],
  ),
  'contacts.notLoggedInByDay7': numberFact(
    ['users created 7 to 90 days ago who never logged in', 'contacts'],
    ['contact.userCreatedOn', 'contact.lastLoginOn'],
  ),
  'contacts.lastLoginOn': dayFact('last login of anybody', ['contact.lastLoginOn']),
  'contacts.lastEngagedOn': dayFact('last engagement of anybody', ['contact.lastEngagedOn']),
  'contacts.engagedShare90': numberFact(
    ['share of contacts engaged in 90 days', '%'],
    ['contact.lastEngagedOn'],
  ),
} as const satisfies Record<string, FactDefinition>;
