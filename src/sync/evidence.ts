import type { Day } from '../domain/day.js';
import { CHANNELS, ONE_TOUCH, type Touches } from '../domain/engagement/channel.js';
import type { MarketingConsent } from '../domain/engagement/consent.js';
import type { Playbook } from '../domain/engagement/playbook.js';
import type { StepWish } from '../domain/engagement/wish.js';
import { localClock } from '../domain/local-clock.js';
import { type Act, isClosed } from '../domain/settle/act.js';
import type { Evidence } from '../domain/settle/evidence.js';
import type { ConsentReading } from '../ports/marketing.js';
import type { KnownContact, LedgerEntry, StoredRow } from '../ports/state-store.js';
import { addressesIn } from './addresses.js';
import { bundlesOf } from './bundles.js';
import type { Run } from './context.js';
import { type Controls, holdOn } from './controls.js';
import { ledgerKey } from './engagement-candidate.js';
import type { LeaveItem } from './engagement-item.js';
import type { Owner, Owners } from './owners.js';

/** Days of the past that caps, rests and active enrolments can reach back. */
const LOOK_BACK = 120;

/** What one settling pass keeps in mind: everything decided so far in this run. */
export interface Mind {
  readonly playbooks: ReadonlyMap<string, Playbook>;
  readonly priorities: ReadonlyMap<string, number>;
  readonly groups: ReadonlyMap<string, string>;
  readonly controls: Controls;
  readonly owners: Owners;
  /** Messages by `channel|sender` today. */
  readonly bySender: Map<string, number>;
  readonly touches: Map<string, Touches>;
  readonly room: Map<string, number | null>;
  /** Acts of this run by episode, by person and by account. */
  readonly acts: {
    readonly episode: Map<string, Act[]>;
    readonly person: Map<string, Act[]>;
    readonly account: Map<string, Act[]>;
  };
  /** Enrolments of lower playbooks that somebody was taken out of in this run, by key. */
  readonly outranked: Map<string, LeaveItem>;
}

/** What is known of everybody on one page of wishes. */
export interface PageFacts {
  readonly accounts: ReadonlyMap<string, StoredRow>;
  readonly contacts: ReadonlyMap<string, StoredRow>;
  readonly inEpisode: ReadonlyMap<string, readonly LedgerEntry[]>;
  readonly sent: readonly LedgerEntry[];
  readonly losers: ReadonlyMap<string, readonly string[]>;
  readonly aliases: Awaited<ReturnType<Run['state']['persons']['aliasesOf']>>;
  readonly known: ReadonlyMap<string, readonly KnownContact[]>;
  readonly consent: ReadonlyMap<string, readonly Reading[]>;
}

interface Reading {
  readonly tool: string;
  readonly reading: ConsentReading | null;
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
  const waits = entry.status === 'deferred' && entry.tryOn !== null && entry.tryOn > today;
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
    consent: await readConsent(run, wishes, bundles.contacts),
  };
}

async function rowsOf(run: Run, ids: readonly string[]): Promise<Pick<PageFacts, 'accounts' | 'contacts'>> {
  const accounts = new Map<string, StoredRow>();
  const contacts = new Map<string, StoredRow>();
  for await (const { account, rows } of bundlesOf(run, ids)) {
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

/** A tool's reading in the domain's words. Nobody answered = nothing is known, which is not the same as a stranger. */
export function consentOf({ tool, reading }: Reading): MarketingConsent {
  if (reading === null)
    return {
      tool,
      known: true,
      optedOut: null,
      bounced: null,
      inSequence: null,
      marketable: null,
      ambiguous: false,
    };
  const { recordId, optedOut, bounced, inSequence, marketable, ambiguous } = reading;
  // Nobody is taken for unknown to the tool because the tool could not be read.
  const unread = optedOut === null || bounced === null;
  return { tool, known: recordId !== null || unread, optedOut, bounced, inSequence, marketable, ambiguous };
}

/** Everything that decides one wish; `owner` = who would send or do it. */
export async function evidenceFor(
  run: Run,
  wish: StepWish,
  { mind, page }: { readonly mind: Mind; readonly page: PageFacts },
): Promise<{ readonly evidence: Evidence; readonly owner: Owner | null } | null> {
  const playbook = mind.playbooks.get(wish.playbook);
  const account = page.accounts.get(wish.account);
  if (playbook === undefined || account === undefined) return null;
  const owner = ownerFor(wish, account, mind.owners);
  const person = wish.person?.key ?? '';
  const contact = page.contacts.get(wish.person?.contactId ?? '');
  const country = String(contact?.values.country ?? account.values.country ?? '').toLowerCase();
  const policy = run.settings.engagement;
  const acts = actsOn(wish, { mind, page });
  const hold = holdOn(mind.controls, policy, { playbook: wish.playbook, channel: wish.step.channel });
  return {
    owner,
    evidence: {
      today: run.today,
      policy,
      playbook,
      priorities: mind.priorities,
      groups: mind.groups,
      ...acts,
      consent: (page.consent.get(person) ?? []).map(consentOf),
      elsewhere: elsewhereOf(wish, page),
      otherMailOn: otherMailOn(run, page.consent.get(person) ?? [], acts.toPerson),
      basis: !policy.basisRequiredIn.includes(country) || (contact?.values.legalBasis ?? null) !== null,
      touches: await touchesOf(run, wish, mind),
      paused: hold,
      listed: isListed(policy.testOnly, contact),
      clock: localClock(run.clock.now(), zoneOf(run, contact)),
      sender: await senderOf(run, wish, { owner, mind }),
    },
  };
}

function ownerFor({ step }: StepWish, account: StoredRow, owners: Owners): Owner | null {
  return step.task === null
    ? owners.find(step.sender, account, 'message')
    : owners.find(step.task.owner, account, 'work');
}

/** From the ledger and from this run, each key once, the run's own word last. */
function actsOn(
  wish: StepWish,
  { mind, page }: { readonly mind: Mind; readonly page: PageFacts },
): Pick<Evidence, 'inEpisode' | 'toPerson' | 'toAccount'> {
  const persons = personsOf(wish, page);
  const accounts = new Set([wish.account, ...(page.losers.get(wish.account) ?? [])]);
  const mine = (act: Act): boolean =>
    persons.has(act.person) || (act.contact !== null && act.contact === wish.person?.contactId);
  // A key that was left open is decided anew: it must not stand in its own way.
  const own = ledgerKey(wish);
  const others = (acts: readonly Act[]): readonly Act[] => latest(acts).filter(({ key }) => key !== own);
  const ofRun = [...persons].flatMap((person) => mind.acts.person.get(person) ?? []);
  const ofRunHere = [...accounts].flatMap((account) => mind.acts.account.get(account) ?? []);
  return {
    inEpisode: latest([
      ...(page.inEpisode.get(wish.episode) ?? []),
      ...(mind.acts.episode.get(wish.episode) ?? []),
    ]),
    toPerson: wish.person === null ? [] : others([...page.sent.filter(mine), ...ofRun]),
    toAccount: others([...page.sent.filter((act) => accounts.has(act.account)), ...ofRunHere]),
  };
}

function personsOf(wish: StepWish, { aliases }: PageFacts): ReadonlySet<string> {
  const key = wish.person?.key ?? '';
  return new Set([key, ...(aliases.get(key)?.persons ?? [])]);
}

function latest(acts: readonly Act[]): readonly Act[] {
  return [...new Map(acts.map((act) => [act.key, act])).values()];
}

function elsewhereOf(wish: StepWish, page: PageFacts): Evidence['elsewhere'] {
  const key = wish.person?.key ?? '';
  const contacts = [...personsOf(wish, page)].flatMap((person) => page.known.get(person) ?? []);
  const alias = page.aliases.get(key);
  return {
    optedOut: contacts.some(({ optedOut }) => optedOut) || alias?.optedOut === true,
    bounced: (page.known.get(key) ?? []).some(({ bounced }) => bounced),
  };
}

/** A mail that the tool sent and that none of our own enrolments explains is marketing's own. */
function otherMailOn(run: Run, readings: readonly Reading[], acts: readonly Act[]): Day | null {
  const days = readings.flatMap(({ reading }) =>
    reading?.lastMailedAt ? [run.dayOf(reading.lastMailedAt)] : [],
  );
  const last = Math.max(-Infinity, ...days);
  if (!Number.isFinite(last)) return null;
  const ours = acts.some((act) => act.channel === 'hubspot-list' && explains(act, last));
  return ours ? null : last;
}

/** A workflow may take until the next day. */
function explains(act: Act, day: Day): boolean {
  return act.touchDays.some((touch) => day === touch || day === touch + 1);
}

async function touchesOf(run: Run, { step }: StepWish, mind: Mind): Promise<Touches> {
  if (step.touches !== null) return step.touches;
  const name = `${step.channel}|${step.target}`;
  const known = mind.touches.get(name);
  if (known !== undefined) return known;
  const told = CHANNELS[step.channel].exclusive
    ? await run.channels.get(step.channel)?.touches(step.target)
    : null;
  const touches = CHANNELS[step.channel].reaches === 'owner' ? { count: 0, days: 1 } : (told ?? ONE_TOUCH);
  mind.touches.set(name, touches);
  return touches;
}

function isListed(only: readonly string[] | null, contact: StoredRow | undefined): boolean {
  if (only === null) return true;
  return only.includes(
    String(contact?.values.email ?? '')
      .trim()
      .toLowerCase(),
  );
}

function zoneOf(run: Run, contact: StoredRow | undefined): string {
  const zone = contact?.values.timeZone;
  return typeof zone === 'string' && zone !== '' ? zone : run.org.timeZone;
}

async function senderOf(
  run: Run,
  { step }: StepWish,
  { owner, mind }: { readonly owner: Owner | null; readonly mind: Mind },
): Promise<Evidence['sender']> {
  if (step.task !== null) return { address: owner?.user.id ?? null, used: 0, room: owner?.room ?? null };
  const address = owner?.user.email || null;
  if (address === null) return { address, used: 0, room: null };
  const name = senderName(step.channel, address);
  if (!mind.room.has(name))
    mind.room.set(name, (await run.channels.get(step.channel)?.room(address)) ?? null);
  const used = [...mind.bySender].reduce(
    (sum, [by, count]) => (by.endsWith(`|${address}`) ? sum + count : sum),
    0,
  );
  return { address, used, room: mind.room.get(name) ?? null };
}

export function senderName(channel: string, sender: string): string {
  return `${channel}|${sender}`;
}

/** Keeps in mind what was just decided, so that the next wish of this run sees it. */
export function remember(mind: Mind, wish: StepWish, act: Act): void {
  const put = (map: Map<string, Act[]>, key: string): void =>
    void map.set(key, [...(map.get(key) ?? []), act]);
  put(mind.acts.episode, wish.episode);
  if (wish.person !== null) put(mind.acts.person, wish.person.key);
  put(mind.acts.account, wish.account);
}
