import { type Day, within } from '../../day.js';
import { countOf, latestOf, percentOf } from '../aggregate.js';
import type { Derived, FactBasis } from '../book.js';
import { dayFact, numberFact } from '../define.js';
import type { FactDefinition } from '../fact.js';
import type { CrmRow } from '../record.js';
import { categoryOf, flagOf, numberOf, textOf } from '../row-values.js';
import { bounces } from './person.js';

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

/** Counts over the contacts of an account; null when contacts can't be read. */
export function deriveContacts(
  rows: readonly CrmRow[] | undefined,
  basis: FactBasis,
): Derived<keyof typeof CONTACTS_FACTS> | null {
  if (!rows) return null;
  const { today } = basis;
  const here = rows.filter((row) => flagOf(row, 'left') !== true);
  const role = (name: string) => countOf(here, (row) => categoryOf(row, 'role') === name);
  const engaged = countOf(here, (row) => within(numberOf(row, 'lastEngagedOn'), today, 90));
  return {
    values: {
      'contacts.count': here.length,
      'contacts.reachable': countOf(here, isReachable),
      'contacts.economicBuyers': role('economic-buyer'),
      'contacts.sponsors': role('sponsor'),
      'contacts.champions': role('champion'),
      'contacts.users': role('user'),
      'contacts.engaged90': engaged,
      'contacts.engagedShare90': percentOf(engaged, here.length),
      'contacts.bounced': countOf(here, (row) => bounces(row) === true),
      'contacts.left': rows.length - here.length,
      'contacts.sponsorsLeft': countOf(
        rows,
        (row) => flagOf(row, 'left') === true && categoryOf(row, 'role') === 'sponsor',
      ),
      'contacts.loggedIn28': countOf(here, (row) => within(numberOf(row, 'lastLoginOn'), today, 28)),
      'contacts.notLoggedInByDay7': countOf(here, (row) => neverLoggedIn(row, today)),
      'contacts.lastLoginOn': latestOf(here.map((row) => numberOf(row, 'lastLoginOn'))),
      'contacts.lastEngagedOn': latestOf(here.map((row) => numberOf(row, 'lastEngagedOn'))),
    },
  };
}

function isReachable(row: CrmRow): boolean {
  return textOf(row, 'email') !== null && flagOf(row, 'optedOut') !== true && bounces(row) !== true;
}

function neverLoggedIn(row: CrmRow, today: Day): boolean {
  return numberOf(row, 'lastLoginOn') === null && within(numberOf(row, 'userCreatedOn'), today - 7, 83);
}
