import type { KnownContact, Merge, PersonStore } from '../../../ports/state-store.js';
import { followMerges } from './sent.js';
import { byText, kept, type MemoryState } from './state.js';

export function personStore(state: MemoryState): PersonStore {
  const { contacts } = state;
  return {
    save: async (saved) => {
      for (const each of new Map(saved.map((known) => [known.contact, known])).values()) save(state, each);
    },
    remove: async (ids) => {
      for (const known of ids.flatMap((id) => contacts.get(id) ?? []))
        contacts.set(known.contact, { ...known, living: false });
    },
    contactsOf: async (persons) => contactsOf(state, persons),
    forgotten: async (persons) => new Set(persons.filter((person) => state.forgotten.has(person))),
    merge: async (merges) => {
      state.merges.push(...kept(merges.filter(({ loser, winner }) => loser !== winner)));
      followMerges(
        state,
        merges.filter(({ kind }) => kind === 'account').map(({ loser }) => loser),
      );
    },
    losersOf: async (accounts) => {
      const losers = accounts.map((account) => [account, losersOf(state, account)] as const);
      return new Map(losers.filter(([, found]) => found.length > 0));
    },
    aliasesOf: async (persons) => {
      const past = lastOfPast(state);
      const aliases = persons.map((person) => [person, aliasOf(state, past, person)] as const);
      return new Map(
        aliases.filter(([, alias]) => alias.persons.length > 0 || alias.optedOut || alias.bounced),
      );
    },
  };
}

function contactsOf({ contacts }: MemoryState, persons: readonly string[]): readonly KnownContact[] {
  const wanted = new Set(persons);
  return [...contacts.values()]
    .filter((each) => each.living && wanted.has(each.person))
    .map(({ living: _, ...known }) => kept(known))
    .sort(byText((known) => known.contact));
}

function save({ contacts, past }: MemoryState, known: KnownContact): void {
  const before = contacts.get(known.contact);
  if (before && before.person !== known.person) past.push({ ...before, next: known.person });
  contacts.set(known.contact, { ...kept(known), living: true });
}

/** A set may grow while it is walked; what is in it already is not walked again, so circles end. */
function mergedInto({ merges }: MemoryState, kind: Merge['kind'], winner: string): ReadonlySet<string> {
  const losersOf = (record: string) =>
    merges.filter((merge) => merge.kind === kind && merge.winner === record).map((merge) => merge.loser);
  const met = new Set(losersOf(winner));
  for (const each of met) for (const loser of losersOf(each)) met.add(loser);
  return met;
}

function losersOf(state: MemoryState, account: string): readonly string[] {
  return [...mergedInto(state, 'account', account)].filter((loser) => loser !== account).sort();
}

function aliasOf(state: MemoryState, past: readonly KnownContact[], person: string) {
  const { persons, losers } = others(state, person);
  const flags = [
    ...[...state.contacts.values()].filter((each) => persons.has(each.person) || losers.has(each.contact)),
    ...past.filter((each) => persons.has(each.person)),
  ];
  return {
    persons: [...persons].sort(),
    optedOut: flags.some((each) => each.optedOut),
    bounced: flags.some((each) => each.bounced),
  };
}

/** Who a person is or was besides, and the contacts merged into those. */
function others(state: MemoryState, person: string) {
  const persons = new Set([person]);
  const losers = new Set<string>();
  for (const each of persons) {
    for (const earlier of state.past) if (earlier.next === each) persons.add(earlier.person);
    const own = [...state.contacts.values()].filter((contact) => contact.person === each);
    for (const loser of own.flatMap(({ contact }) => [...mergedInto(state, 'contact', contact)])) {
      losers.add(loser);
      const lost = state.contacts.get(loser);
      if (lost) persons.add(lost.person);
    }
  }
  persons.delete(person);
  return { persons, losers };
}

/** What contacts were, as known last, that are somebody else now. */
function lastOfPast({ contacts, past }: MemoryState): readonly KnownContact[] {
  const last = new Map(past.map((each) => [JSON.stringify([each.contact, each.person]), each]));
  return [...last.values()].filter((each) => contacts.get(each.contact)?.person !== each.person);
}
