import type { KnownContact, PersonStore } from '../../../ports/state-store.js';
import { batches, gathered, lastOfEach } from '../../database/batches.js';
import { aliasesOf } from './aliases.js';
import type { StateClient } from './client.js';
import { contactOf, contactRow } from './convert.js';
import { losersOf, noteMerges } from './merges.js';
import type { Connection, ContactTable } from './schema.js';

export function personStore(client: StateClient): PersonStore {
  return {
    save: (contacts) => client.write('persons.save', (db) => saveContacts(db, contacts)),
    remove: (contacts) => client.write('persons.remove', (db) => removeContacts(db, contacts)),
    contactsOf: (persons) => client.read('persons.contactsOf', (db) => contactsOf(db, persons)),
    forgotten: (persons) => client.read('persons.forgotten', (db) => forgotten(db, persons)),
    merge: (merges) => client.write('persons.merge', (db) => noteMerges(db, merges)),
    losersOf: (accounts) => client.read('persons.losersOf', (db) => losersOf(db, accounts)),
    aliasesOf: (persons) => client.read('persons.aliasesOf', (db) => aliasesOf(db, persons)),
  };
}

/** Writes only what is not there already: contacts are handed over anew with every read of the book. */
async function saveContacts(db: Connection, contacts: readonly KnownContact[]): Promise<void> {
  const incoming = lastOfEach(contacts, (each) => each.contact).map(contactRow);
  for (const batch of batches(incoming, 6)) {
    const known = await knownContacts(db, batch);
    const differing = batch.filter((row) => !sameContact(known.get(row.contact), row));
    const renamed = differing.flatMap((row) => {
      const before = known.get(row.contact);
      return before && before.person !== row.person ? [{ person: row.person, before }] : [];
    });
    await noteAliases(db, renamed);
    await upsert(db, differing);
  }
}

async function knownContacts(
  db: Connection,
  batch: readonly ContactTable[],
): Promise<ReadonlyMap<string, ContactTable>> {
  const ids = batch.map((row) => row.contact);
  const found = await db.selectFrom('contacts').selectAll().where('contact', 'in', ids).execute();
  return new Map(found.map((row) => [row.contact, row]));
}

function sameContact(a: ContactTable | undefined, b: ContactTable): boolean {
  return (
    a?.account === b.account &&
    a.person === b.person &&
    a.opted_out === b.opted_out &&
    a.bounced === b.bounced &&
    a.living === b.living
  );
}

interface Renamed {
  /** Who the contact is now. */
  readonly person: string;
  readonly before: ContactTable;
}

/** One by one: few contacts change their address. All that a contact left behind as one person says what was known last. */
async function noteAliases(db: Connection, renamed: readonly Renamed[]): Promise<void> {
  for (const { person, before } of renamed) {
    const { contact, person: alias, opted_out, bounced } = before;
    await db
      .insertInto('person_aliases')
      .values({ person, alias, contact, opted_out, bounced })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await db
      .updateTable('person_aliases')
      .set({ opted_out, bounced })
      .where('alias', '=', alias)
      .where('contact', '=', contact)
      .execute();
  }
}

async function upsert(db: Connection, rows: readonly ContactTable[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto('contacts')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('contact').doUpdateSet((eb) => ({
        account: eb.ref('excluded.account'),
        person: eb.ref('excluded.person'),
        opted_out: eb.ref('excluded.opted_out'),
        bounced: eb.ref('excluded.bounced'),
        living: eb.ref('excluded.living'),
      })),
    )
    .execute();
}

/** A removed contact stays known: it may turn out to have been merged, and its opt-out must not be lost. */
async function removeContacts(db: Connection, contacts: readonly string[]): Promise<void> {
  for (const batch of batches(contacts, 1)) {
    await db.updateTable('contacts').set({ living: 0 }).where('contact', 'in', batch).execute();
  }
}

async function contactsOf(db: Connection, persons: readonly string[]): Promise<readonly KnownContact[]> {
  const living = db.selectFrom('contacts').selectAll().where('living', '=', 1);
  const found = await gathered(persons, (batch) => living.where('person', 'in', batch).execute());
  return found.map(contactOf).sort((a, b) => (a.contact < b.contact ? -1 : 1));
}

async function forgotten(db: Connection, persons: readonly string[]): Promise<ReadonlySet<string>> {
  const all = db.selectFrom('forgotten_persons').select('person');
  const found = await gathered(persons, (batch) => all.where('person', 'in', batch).execute());
  return new Set(found.map(({ person }) => person));
}
