import { people, type WithEmailLookup } from '../book/people.js';
import type { Book } from '../salesforce/store/base-rows.js';
import { ADMIN_USERNAME } from '../salesforce/store/system-rows.js';
import type { HubspotStart } from './start.js';
import type { PortalUser } from './store/base-contacts.js';
import { knownPeople } from './store/known-people.js';
import { SEQUENCE_NAMES } from './store/sequences.js';

/** The portal of the company whose book this is: most of its people, and its active users as senders. */
export function portalOfBook(
  book: Book & WithEmailLookup,
  seed: number,
): Pick<HubspotStart, 'contacts' | 'users' | 'timeZone'> {
  return {
    contacts: knownPeople(people(book), seed, SEQUENCE_NAMES.length),
    users: [...bookUsers(book), admin()],
    timeZone: book.timeZone,
  };
}

function bookUsers(book: Book): readonly PortalUser[] {
  const rows = book.rows.get('User');
  return Array.from({ length: rows?.count ?? 0 }, (_, index) => rows?.rowAt(index) ?? {})
    .filter((row) => row.IsActive !== false && text(row.Email).includes('@'))
    .map((row) => ({
      email: text(row.Email),
      firstName: text(row.FirstName),
      lastName: text(row.LastName),
      inbox: true,
    }));
}

/** Where an export brings no users, everything belongs to the org's own administrator. */
function admin(): PortalUser {
  return { email: ADMIN_USERNAME, firstName: '', lastName: 'Admin', inbox: true };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
