import { CHANNELS } from '../domain/engagement/channel.js';
import type { StepWish } from '../domain/engagement/wish.js';
import { isClosed } from '../domain/settle/act.js';
import type { KnownContact, LedgerEntry, StoredRow } from '../ports/state-store.js';
import { addressesIn } from './addresses.js';
import { partsOf, THEIR_CONTACTS } from './bundles.js';
import type { Reading } from './consent-reading.js';
import type { Run } from './context.js';
import { ledgerKey } from './engagement-candidate.js';

/** Days of the past that caps, rests and active enrolments can reach back. */
const LOOK_BACK = 120;

/** What is known of everybody on one page of wishes. */
export interface PageFacts {
  readonly accounts: ReadonlyMap<string, StoredRow>;
  readonly contacts: ReadonlyMap<string, StoredRow>;
  readonly inEpisode: ReadonlyMap<string, readonly LedgerEntry[]>;
  readonly sent: readonly LedgerEntry[];
  readonly losers: ReadonlyMap<string, readonly string[]>;
  readonly aliases: Awaited<ReturnType<Run['state']['persons']['aliasesOf']>>;
  readonly known: ReadonlyMap<string, readonly KnownContact[]>;
  /** Those of these persons, and of who they were, that were forgotten. */
  readonly forgotten: ReadonlySet<string>;
  readonly consent: ReadonlyMap<string, readonly Reading[]>;
}

/** Wishes of a page about which something may be decided today, and all that was decided in their episodes. */
export interface OpenWishes extends Pick<PageFacts, 'inEpisode'> {
  readonly wishes: readonly StepWish[];
}

/** Whoever was decided about for good, or put off to a later day, is not asked about again. */
export async function openWishes(run: Run, wishes: readonly StepWish[]): Promise<OpenWishes> {
  const entries = await run.state.ledger.ofEpisodes([...new Set(wishes.map(({ episode }) => episode))]);
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  return {
    wishes: wishes.filter((wish) => !isSettled(byKey.get(ledgerKey(wish)), wish, run)),
    inEpisode: Map.groupBy(entries, ({ episode }) => episode),
  };
}

/** Never more than what `decideStep` drops by itself. */
function isSettled(entry: LedgerEntry | undefined, wish: StepWish, { today }: Pick<Run, 'today'>): boolean {
  if (entry === undefined) return false;
  if (isClosed(entry)) return true;
  const inTime = today <= wish.due + wish.step.lateBy;
  const waits = inTime && entry.status === 'deferred' && entry.tryOn !== null && entry.tryOn > today;
  return waits && entry.code !== 'paused' && wish.entry.length === 0;
}

/** Reads what the wishes of a page need, in a few look-ups for all of them. */
export async function readPage(run: Run, { wishes, inEpisode }: OpenWishes): Promise<PageFacts> {
  const { state } = run;
  const bundles = await rowsOf(
    run,
    wishes.map(({ account }) => account),
  );
  const persons = [...new Set(wishes.flatMap(({ person }) => (person === null ? [] : [person.key])))];
  const contacts = wishes.flatMap(({ person }) => (person === null ? [] : [person.contactId]));
  const losers = await state.persons.losersOf([...bundles.accounts.keys()]);
  const aliases = await state.persons.aliasesOf(persons);
  const also = [...aliases.values()].flatMap((alias) => alias.persons);
  const accounts = [...bundles.accounts.keys(), ...[...losers.values()].flat()];
  const subjects = { persons: [...persons, ...also], contacts, accounts };
  return {
    ...bundles,
    losers,
    aliases,
    inEpisode,
    sent: await sentTo(run, wishes, subjects),
    known: Map.groupBy(await state.persons.contactsOf(subjects.persons), ({ person }) => person),
    forgotten: await state.persons.forgotten(subjects.persons),
    consent: await readConsent(run, wishes, bundles.contacts),
  };
}

async function rowsOf(run: Run, ids: readonly string[]): Promise<Pick<PageFacts, 'accounts' | 'contacts'>> {
  const accounts = new Map<string, StoredRow>();
  const contacts = new Map<string, StoredRow>();
  for await (const { account, rows } of partsOf(run, ids, THEIR_CONTACTS)) {
    accounts.set(account.id, account);
    for (const contact of rows.contact ?? []) contacts.set(contact.id, contact);
  }
  return { accounts, contacts };
}

interface Subjects {
  readonly persons: readonly string[];
  readonly contacts: readonly string[];
  readonly accounts: readonly string[];
}

/** What any playbook did lately, and what the same playbook ever did: a rest can be for ever. */
async function sentTo(
  { state, today }: Run,
  wishes: readonly StepWish[],
  subjects: Subjects,
): Promise<readonly LedgerEntry[]> {
  const found = new Map<string, LedgerEntry>();
  const keep = (entries: readonly LedgerEntry[]): void => {
    for (const entry of entries) found.set(entry.key, entry);
  };
  keep(await state.ledger.sentSince(today - LOOK_BACK, subjects));
  for (const playbook of new Set(wishes.map((wish) => wish.playbook)))
    keep(await state.ledger.sent(playbook, subjects));
  return [...found.values()];
}

/** Every connected tool is asked: somebody who opted out in one of them is mailed through none. */
async function readConsent(
  run: Run,
  wishes: readonly StepWish[],
  contacts: PageFacts['contacts'],
): Promise<PageFacts['consent']> {
  const asked = wishes.filter(
    ({ person, refused, step, entry }) =>
      person !== null &&
      refused === null &&
      entry.length === 0 &&
      CHANNELS[step.channel].reaches === 'person',
  );
  const persons = addressesIn(asked, contacts);
  const readings = new Map<string, Reading[]>();
  if (persons.length === 0) return readings;
  for (const tool of run.marketing) {
    const told = new Map((await tool.consent(persons)).map((reading) => [reading.person, reading]));
    for (const { person } of persons) {
      const reading = { tool: tool.id, reading: told.get(person) ?? null };
      readings.set(person, [...(readings.get(person) ?? []), reading]);
    }
  }
  return readings;
}
