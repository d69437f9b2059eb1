import type { PersonStore } from '../../../ports/state-store.js';
import { gathered } from '../../database/batches.js';
import { mergedInto } from './merges.js';
import { reached, type Steps, stepsFrom, stepsOf } from './reach.js';
import type { Connection, ContactTable, PersonAliasTable } from './schema.js';

type Aliases = Awaited<ReturnType<PersonStore['aliasesOf']>>;
type Alias = Aliases extends ReadonlyMap<string, infer Found> ? Found : never;

/**
 * A person leads to earlier persons of the same contacts, and to its contacts; a contact to its person,
 * and to the contacts that were merged into it. So persons and contacts are nodes of one graph.
 */
const personNode = (person: string) => `person ${person}`;
const contactNode = (contact: string) => `contact ${contact}`;

function personsAmong(nodes: readonly string[]): readonly string[] {
  return idsAfter('person ', nodes);
}

function contactsAmong(nodes: readonly string[]): readonly string[] {
  return idsAfter('contact ', nodes);
}

function idsAfter(sort: string, nodes: readonly string[]): readonly string[] {
  return nodes.filter((node) => node.startsWith(sort)).map((node) => node.slice(sort.length));
}

/** Merges are followed contact by contact when they are asked about: a winner may be saved after its merge. */
export async function aliasesOf(db: Connection, persons: readonly string[]): Promise<Aliases> {
  const steps = await stepsFrom(persons.map(personNode), (nodes) => stepsOn(db, nodes));
  const nodes = [...steps.keys()];
  const contacts = await contactsAt(db, contactsAmong(nodes));
  const known: Known = {
    steps,
    contacts: new Map(contacts.map((row) => [row.contact, row])),
    past: Map.groupBy(await pastOf(db, personsAmong(nodes)), (row) => row.alias),
  };
  const found = persons.map((person) => [person, aliasOf(person, known)] as const);
  return new Map(found.filter(([, alias]) => alias.persons.length > 0 || alias.optedOut || alias.bounced));
}

async function stepsOn(db: Connection, nodes: readonly string[]): Promise<Steps> {
  const [persons, contacts] = [personsAmong(nodes), contactsAmong(nodes)];
  const earlier = await earlierPersons(db, persons);
  const own = await contactsWith(db, persons);
  const here = await contactsAt(db, contacts);
  const merges = await mergedInto(db, 'contact', contacts);
  return stepsOf([
    ...earlier.map(({ person, alias }) => [personNode(person), personNode(alias)] as const),
    ...own.map(({ person, contact }) => [personNode(person), contactNode(contact)] as const),
    ...here.map(({ contact, person }) => [contactNode(contact), personNode(person)] as const),
    ...merges.map(({ winner, loser }) => [contactNode(winner), contactNode(loser)] as const),
  ]);
}

function earlierPersons(db: Connection, persons: readonly string[]) {
  const all = db.selectFrom('person_aliases').select(['person', 'alias']);
  return gathered(persons, (batch) => all.where('person', 'in', batch).execute());
}

/** Removed ones too: what was merged into them stays theirs. */
function contactsWith(db: Connection, persons: readonly string[]) {
  const all = db.selectFrom('contacts').select(['person', 'contact']);
  return gathered(persons, (batch) => all.where('person', 'in', batch).execute());
}

function contactsAt(db: Connection, contacts: readonly string[]): Promise<readonly ContactTable[]> {
  const all = db.selectFrom('contacts').selectAll();
  return gathered(contacts, (batch) => all.where('contact', 'in', batch).execute());
}

/** What contacts were that are somebody else now; of one that is the same again the present counts. */
function pastOf(db: Connection, persons: readonly string[]): Promise<readonly PersonAliasTable[]> {
  const all = db
    .selectFrom('person_aliases as past')
    .innerJoin('contacts as now', 'now.contact', 'past.contact')
    .selectAll('past')
    .whereRef('now.person', '<>', 'past.alias');
  return gathered(persons, (batch) => all.where('past.alias', 'in', batch).execute());
}

interface Known {
  readonly steps: Steps;
  readonly contacts: ReadonlyMap<string, ContactTable>;
  readonly past: ReadonlyMap<string, readonly PersonAliasTable[]>;
}

/** A contact merged into one of the person's own counts even where both have the same address. */
function aliasOf(person: string, { steps, contacts, past }: Known): Alias {
  const nodes = [...reached(personNode(person), steps)];
  const others = personsAmong(nodes);
  const own = contactsAmong(nodes);
  const losers = new Set(own.flatMap((contact) => contactsAmong(steps.get(contactNode(contact)) ?? [])));
  const flags = [
    ...own
      .flatMap((contact) => contacts.get(contact) ?? [])
      .filter((row) => row.person !== person || losers.has(row.contact)),
    ...others.flatMap((other) => past.get(other) ?? []),
  ];
  return {
    persons: [...others].sort(),
    optedOut: flags.some((each) => each.opted_out === 1),
    bounced: flags.some((each) => each.bounced === 1),
  };
}
