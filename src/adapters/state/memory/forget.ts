import { RECORD_KINDS } from '../../../domain/facts/record.js';
import type { PersonTraces, TraceCounts } from '../../../ports/keeping-store.js';
import { type MemoryState, rowsOf } from './state.js';

/** A place that may name people: what is about them goes, what mentions them is kept without. */
interface Place {
  readonly name: string;
  readonly all: Map<string | number, unknown>;
  readonly about: (one: unknown, who: PersonTraces) => boolean;
  readonly whole: boolean;
}

const nobody = (): boolean => false;

/** Counts who is named where; with `apply` takes them out and suppresses them. */
export function forgetPerson(state: MemoryState, who: PersonTraces, apply: boolean): TraceCounts {
  const counts: Record<string, number> = {};
  if (apply) for (const person of who.persons) state.forgotten.add(person);
  for (const place of placesOf(state)) {
    for (const [key, one] of [...place.all]) {
      const about = place.about(one, who);
      const without = JSON.parse(withoutWords(JSON.stringify([key, one]), who)) as [string, unknown];
      const mentioned = JSON.stringify(without) !== JSON.stringify([key, one]);
      if (!about && !mentioned) continue;
      counts[place.name] = (counts[place.name] ?? 0) + 1;
      if (!apply) continue;
      place.all.delete(key);
      if (!about && !place.whole) place.all.set(typeof key === 'number' ? key : without[0], without[1]);
    }
  }
  return {
    ...counts,
    ...ofHistory(state, who, apply),
    ...ofLists(state, who, apply),
    ...ofLedger(state, who, apply),
  };
}

function placesOf(state: MemoryState): readonly Place[] {
  const place = (name: string, all: unknown, fields: Partial<Place> = {}): Place => ({
    name,
    all: all as Place['all'],
    about: nobody,
    whole: false,
    ...fields,
  });
  const runs = [...state.items.values()].map((items) => place('plan items', items, { whole: true }));
  return [
    ...RECORD_KINDS.map((kind) => place(`${kind} rows`, rowsOf(state, kind).byId, { about: aboutRow(kind) })),
    place('contacts', state.contacts, { about: aboutContact }),
    place('assessments', state.assessments),
    ...runs,
    place('refused records', state.letters, { whole: true }),
    place('episodes', state.episodes),
    place('runs', state.runs),
    place('notes', state.notes),
  ];
}

function aboutRow(kind: string): Place['about'] {
  if (kind === 'contact')
    return (one, { contacts }) => contacts.includes((one as { readonly id: string }).id);
  if (kind !== 'engagement' && kind !== 'task') return nobody;
  return (one, { contacts, persons }) =>
    [...contacts, ...persons].some((name) => JSON.stringify(one).includes(name));
}

function aboutContact(one: unknown, { contacts, persons }: PersonTraces): boolean {
  const { contact, person } = one as { readonly contact: string; readonly person: string };
  return contacts.includes(contact) || persons.includes(person);
}

function ofHistory({ history }: MemoryState, who: PersonTraces, apply: boolean): TraceCounts {
  let count = 0;
  for (const [index, entry] of [...history].entries()) {
    const left = JSON.parse(withoutWords(JSON.stringify(entry), who)) as typeof entry;
    if (JSON.stringify(left) === JSON.stringify(entry)) continue;
    count += 1;
    if (apply) history[index] = left;
  }
  return count > 0 ? { history: count } : {};
}

function ofLists(
  { past, merges }: MemoryState,
  { contacts, persons }: PersonTraces,
  apply: boolean,
): TraceCounts {
  const earlier = past.filter(
    (one) => contacts.includes(one.contact) || persons.includes(one.person) || persons.includes(one.next),
  );
  const merged = merges.filter(({ loser, winner }) => contacts.includes(loser) || contacts.includes(winner));
  if (apply) {
    for (const one of earlier) past.splice(past.indexOf(one), 1);
    for (const one of merged) merges.splice(merges.indexOf(one), 1);
  }
  return {
    ...(earlier.length > 0 ? { 'earlier addresses': earlier.length } : {}),
    ...(merged.length > 0 ? { merges: merged.length } : {}),
  };
}

function ofLedger({ ledger }: MemoryState, who: PersonTraces, apply: boolean): TraceCounts {
  const nothing = { contact: null, evidence: null, recordId: null, made: null } as const;
  let count = 0;
  for (const [key, entry] of [...ledger]) {
    const own = who.contacts.includes(entry.contact ?? '') || who.persons.includes(entry.person);
    const plain = own ? { ...entry, ...nothing } : entry;
    const left = JSON.parse(withoutWords(JSON.stringify(plain), who)) as typeof entry;
    if (JSON.stringify(left) === JSON.stringify(entry)) continue;
    count += 1;
    if (!apply) continue;
    ledger.delete(key);
    ledger.set(left.key, left);
  }
  return count > 0 ? { decisions: count } : {};
}

function withoutWords(json: string, { words }: PersonTraces): string {
  let left = json;
  for (const [word, instead] of words) {
    const written = JSON.stringify(word)
      .slice(1, -1)
      .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    left = left.replace(new RegExp(written, 'gi'), () => instead);
  }
  return left;
}
