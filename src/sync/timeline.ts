import { textOf } from '../domain/facts/row-values.js';
import type { LedgerEntry, StateStore, StoredRow } from '../ports/state-store.js';
import {
  assessed,
  type Contacts,
  type Happening,
  inOrder,
  ofEntry,
  ofEpisode,
  ofEvent,
  ofTask,
  type Placed,
} from './happenings.js';

/** Everything decided, done and seen for an account, in order of time. */
export async function accountTimeline(state: StateStore, account: string): Promise<readonly Happening[]> {
  const bundle = await state.assessments.bundle(account);
  const episodes = await state.episodes.ofAccount(account);
  const entries = await state.ledger.ofAccount(account);
  const history = await state.assessments.history(account, MOST_HISTORY);
  const contacts = contactsOf(entries, bundle?.rows.contact ?? [], bundle?.rows.engagement ?? []);
  // The ledger closes an edge that started nothing with a line of its own: the episode says it already.
  const begunNot = new Set(episodes.flatMap(({ id, refused }) => (refused === null ? [] : [id])));
  return inOrder([
    ...assessed(history),
    ...episodes.flatMap((episode) => ofEpisode(episode, contacts)),
    ...entries.filter((entry) => !begunNot.has(entry.episode)).flatMap(ofEntry),
    ...(bundle?.rows.task ?? []).flatMap((row) => ofTask(row, contacts)),
    ...(bundle?.rows.engagement ?? []).flatMap(ofEvent),
  ]);
}

const MOST_HISTORY = 2_000;

/** The same for one person, under every address and in every account in which they stand. */
export async function personTimeline(state: StateStore, person: string): Promise<readonly Happening[]> {
  const aliases = (await state.persons.aliasesOf([person])).get(person)?.persons ?? [];
  const persons = [...new Set([person, ...aliases])];
  const entries: LedgerEntry[] = [];
  for (const one of persons) entries.push(...(await state.ledger.ofPerson(one)));
  const known = await state.persons.contactsOf(persons);
  const accounts = [
    ...new Set([...known.map(({ account }) => account), ...entries.map(({ account }) => account)]),
  ];
  const found: Placed[] = entries.flatMap(ofEntry);
  for (const account of accounts) found.push(...(await ofPersonIn(state, account, { persons, entries })));
  return inOrder(found);
}

async function ofPersonIn(
  state: StateStore,
  account: string,
  { persons, entries }: { readonly persons: readonly string[]; readonly entries: readonly LedgerEntry[] },
): Promise<readonly Placed[]> {
  const bundle = await state.assessments.bundle(account);
  const { engagement = [], task = [], contact = [] } = bundle?.rows ?? {};
  const contacts = contactsOf(entries, contact, engagement);
  const mine = (key: string | null): boolean => key !== null && persons.includes(key);
  const theirs = new Set(entries.map(({ episode }) => episode));
  const episodes = await state.episodes.ofAccount(account);
  return [
    ...episodes
      .filter(({ id, subject, out }) => theirs.has(id) || mine(subject) || Object.keys(out).some(mine))
      .map((episode) => ({
        ...episode,
        out: Object.fromEntries(Object.entries(episode.out).filter(([key]) => mine(key))),
      }))
      .flatMap((episode) => ofEpisode(episode, contacts)),
    ...task.filter((row) => mine(textOf(row, 'person'))).flatMap((row) => ofTask(row, contacts)),
    ...engagement.filter((row) => mine(textOf(row, 'person'))).flatMap(ofEvent),
  ];
}

function contactsOf(
  entries: readonly LedgerEntry[],
  rows: readonly StoredRow[],
  events: readonly StoredRow[],
): Contacts {
  const contacts = new Map<string, string>(rows.map(({ id }) => [id, id]));
  for (const row of events) {
    const [person, contact] = [textOf(row, 'person'), textOf(row, 'contactId')];
    if (person !== null && contact !== null) contacts.set(person, contact);
  }
  for (const { person, contact } of entries) if (contact !== null) contacts.set(person, contact);
  return contacts;
}
