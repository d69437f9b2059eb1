import { normaliseEmail } from '../domain/engagement/person.js';
import type { PersonToMatch } from '../ports/marketing.js';
import type { StoredRow } from '../ports/state-store.js';
import { partsOf, THEIR_CONTACTS } from './bundles.js';
import type { Run } from './context.js';

interface Somebody {
  readonly account: string;
  readonly person: { readonly key: string; readonly contactId: string } | null;
}

/** Addresses stay in the rows; they are fetched for the moment of the call. Each person once. */
export async function addressesOf(run: Run, wanted: readonly Somebody[]): Promise<readonly PersonToMatch[]> {
  const contacts = new Map<string, StoredRow>();
  const accounts = wanted.map(({ account }) => account);
  for await (const { rows } of partsOf(run, accounts, THEIR_CONTACTS))
    for (const contact of rows.contact ?? []) contacts.set(contact.id, contact);
  return addressesIn(wanted, contacts);
}

/** The same from rows that are at hand, by contact id. Whoever has no valid address is left out. */
export function addressesIn(
  wanted: readonly Pick<Somebody, 'person'>[],
  contacts: ReadonlyMap<string, StoredRow>,
): readonly PersonToMatch[] {
  const persons = new Map<string, PersonToMatch>();
  for (const { person } of wanted) {
    if (person === null || persons.has(person.key)) continue;
    const email = normaliseEmail(contacts.get(person.contactId)?.values.email);
    if (email !== null) persons.set(person.key, { person: person.key, contactId: person.contactId, email });
  }
  return [...persons.values()];
}
