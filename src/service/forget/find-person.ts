import { normaliseEmail } from '../../domain/engagement/person.js';
import { IntegrationError } from '../../ports/errors.js';
import type { PersonTraces } from '../../ports/keeping-store.js';
import type { StateStore, StoredRow } from '../../ports/state-store.js';
import { PAGE, type Tools } from '../../sync/context.js';

/** Somebody, as everything that names them. Never logged. */
export interface FoundPerson extends PersonTraces {
  /** Their addresses, first the one by which they are known today; none for a contact without one. */
  readonly addresses: readonly string[];
}

type Looking = Pick<Tools, 'state' | 'digest'>;

const SHORTEST_WORD = 5;

/** By address or contact id: every contact, address and name of theirs that the state knows. */
export async function findPerson({ state, digest }: Looking, asked: string): Promise<FoundPerson> {
  const address = normaliseEmail(asked);
  const rows = address === null ? [await rowOfContact(state, asked)] : [];
  const first = address ?? normaliseEmail(rows[0]?.values.email);
  const hash = first === null ? null : digest.person(first);
  const aliases = hash === null ? undefined : (await state.persons.aliasesOf([hash])).get(hash);
  const persons = hash === null ? [] : [hash, ...(aliases?.persons ?? [])];
  const all = [...rows, ...(await rowsOf(state, persons))];
  const contacts = [...new Set([...all.map(({ id }) => id), ...(await sentTo(state, persons))])];
  const written = all.flatMap(({ values }) => normaliseEmail(values.email) ?? []);
  const addresses = [...new Set([...(first === null ? [] : [first]), ...written])];
  const gone = contacts.map((id) => [id, `gone-${digest.person(id).slice(0, 12)}`] as const);
  const named = [...addresses, ...all.flatMap(fullName)].filter(({ length }) => length >= SHORTEST_WORD);
  const words = new Map([...named.map((word) => [word, '(forgotten)'] as const), ...gone]);
  return { addresses, contacts, persons: [...new Set([...persons, ...addresses.map(digest.person)])], words };
}

/** Rows are kept by account; a person stands in few. */
async function rowsOf(state: StateStore, persons: readonly string[]): Promise<readonly StoredRow[]> {
  const known = await state.persons.contactsOf(persons);
  const ids = new Set(known.map(({ contact }) => contact));
  const bundles = await state.assessments.bundlesOf([...new Set(known.map(({ account }) => account))]);
  return bundles.flatMap(({ rows }) => (rows.contact ?? []).filter(({ id }) => ids.has(id)));
}

async function sentTo({ ledger }: StateStore, persons: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const person of persons)
    found.push(...(await ledger.ofPerson(person)).flatMap(({ contact }) => contact ?? []));
  return found;
}

async function rowOfContact(state: StateStore, asked: string): Promise<StoredRow> {
  const fits = /^003[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/.test(asked);
  const pages = state.assessments.bundles({ which: 'all', day: 0, after: null }, PAGE);
  if (fits)
    for await (const page of pages)
      for (const { rows } of page) {
        const row = rows.contact?.find(({ id }) => id.startsWith(asked));
        if (row !== undefined) return row;
      }
  throw new IntegrationError({
    kind: 'Config',
    code: 'PERSON_NOT_FOUND',
    message: fits ? `No contact ${asked} is known here.` : 'What was given is no address and no contact id.',
    actions: ['Give the e-mail address: with it, tools, logs and back-ups are searched, too.'],
    retryable: false,
    provider: 'state',
    operation: 'forget a person',
  });
}

/** Full names only: a first name alone stands for many. */
function fullName({ values }: StoredRow): readonly string[] {
  const { firstName, lastName } = values;
  if (typeof firstName !== 'string' || typeof lastName !== 'string') return [];
  return firstName === '' || lastName === '' ? [] : [`${firstName} ${lastName}`];
}
