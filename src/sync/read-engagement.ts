import type { Day, Instant } from '../domain/day.js';
import { CHANNELS, type ChannelId, type ToolId } from '../domain/engagement/channel.js';
import { IntegrationError } from '../ports/errors.js';
import type { EngagementEvent, MarketingTool } from '../ports/marketing.js';
import type { LedgerEntry, StoredRow } from '../ports/state-store.js';
import type { Run } from './context.js';
import { eventRow } from './observed-rows.js';

/** People whom we enrolled are followed this long. */
const FOLLOWED_DAYS = 90;
const PEOPLE = 1_000;
/** Events may reach a vendor's index late; they are told again and have the same id. */
const FIRST = 'engagement-read-first';
const OVERLAP_MS = 60 * 60_000;

interface Source {
  readonly name: string;
  readonly channels: readonly ChannelId[];
  readonly engagement: MarketingTool['engagement'];
  /** The id by which the source knows the person. */
  readonly idOf: (entry: LedgerEntry) => string | null;
}

/**
 * Reads what people did since the last time: replies, clicks, bounces, unsubscribing. A tool that can't be
 * reached does not stop the scoring; it is read from the same moment by the next run.
 */
export async function readEngagement(run: Run): Promise<{ readonly unread: readonly string[] }> {
  const unread: string[] = [];
  for (const source of sourcesOf(run)) {
    try {
      await readSource(run, source);
    } catch (error) {
      if (!(error instanceof IntegrationError) || !error.retryable) throw error;
      run.log.warn('Engagement could not be read', { run: run.id, source: source.name, code: error.code });
      unread.push(source.name);
    }
  }
  return { unread };
}

function sourcesOf(run: Run): readonly Source[] {
  const tools = run.marketing.map(
    (tool): Source => ({
      name: tool.id,
      channels: tool.channels.map(({ id }) => id),
      engagement: tool.engagement,
      idOf: ({ recordId }) => recordId,
    }),
  );
  const campaigns: Source = {
    name: 'salesforce',
    channels: ['salesforce-campaign'],
    engagement: run.responses,
    idOf: ({ contact }) => contact,
  };
  return run.channels.has('salesforce-campaign') ? [...tools, campaigns] : tools;
}

/**
 * The same of named people alone, by the tool's own ids, whatever was read of the others. Returns how many things
 * they did that were not known. Those whom we never enrolled are passed over: their consent is read when it is needed.
 */
export async function readPeopleOf(run: Run, tool: ToolId, records: ReadonlySet<string>): Promise<number> {
  const source = sourcesOf(run).find(({ name }) => name === tool);
  if (source === undefined) return 0;
  const since = await sinceWhen(run, source);
  let news = 0;
  for await (const page of followed(run, source)) {
    await run.checkpoint();
    const people = page.filter((entry) => records.has(source.idOf(entry) ?? ''));
    if (people.length > 0) news += await readPeople(run, source, { people, since });
  }
  return news;
}

function noteOf({ name }: Source): string {
  return `engagement-read:${name}`;
}

async function sinceWhen(run: Run, source: Source): Promise<Instant> {
  const last = await run.state.notes.get(noteOf(source));
  const earliest = run.clock.now() - FOLLOWED_DAYS * 86_400_000;
  return typeof last === 'number' ? Math.max(last - OVERLAP_MS, earliest) : earliest;
}

function followed(run: Run, { channels }: Source): AsyncIterable<readonly LedgerEntry[]> {
  return run.state.ledger.through(channels, run.today - FOLLOWED_DAYS, PEOPLE);
}

async function readSource(run: Run, source: Source): Promise<void> {
  const now = run.clock.now();
  const since = await sinceWhen(run, source);
  for await (const people of followed(run, source)) {
    await run.checkpoint();
    await readPeople(run, source, { people, since });
  }
  await run.state.notes.set(noteOf(source), now);
  if ((await firstOutcomes(run.state)) === null) await run.state.notes.set(FIRST, run.today);
}

/** Day on which what people did was first read from any channel; null before. */
export async function firstOutcomes({ notes }: Pick<Run['state'], 'notes'>): Promise<Day | null> {
  const noted = await notes.get(FIRST);
  return typeof noted === 'number' ? noted : null;
}

async function readPeople(
  run: Run,
  source: Source,
  { people, since }: { readonly people: readonly LedgerEntry[]; readonly since: Instant },
): Promise<number> {
  const asked = new Map<string, string>();
  for (const entry of people) {
    const id = source.idOf(entry);
    if (id !== null && CHANNELS[entry.channel].reaches === 'person') asked.set(entry.person, id);
  }
  const places = await placesOf(run, people);
  const reading = { people: [...asked].map(([person, recordId]) => ({ person, recordId })), since };
  let news = 0;
  for await (const events of source.engagement(reading)) {
    const rows = events.flatMap((event) => rowsOf(run, event, places));
    if (rows.length > 0) news += await run.state.rows.save('engagement', rows);
  }
  return news;
}

type Places = ReadonlyMap<string, readonly { readonly account: string; readonly contact: string }[]>;

/** Every account in which a person stands: what they answered there counts everywhere. */
async function placesOf(run: Run, people: readonly LedgerEntry[]): Promise<Places> {
  const known = await run.state.persons.contactsOf([...new Set(people.map(({ person }) => person))]);
  const places = new Map<string, Map<string, string>>();
  const put = (person: string, account: string, contact: string): void => {
    const here = places.get(person) ?? new Map<string, string>();
    if (!here.has(account)) here.set(account, contact);
    places.set(person, here);
  };
  for (const { person, account, contact } of people) if (contact !== null) put(person, account, contact);
  for (const { person, account, contact } of known) put(person, account, contact);
  return new Map(
    [...places].map(([person, here]) => [
      person,
      [...here].map(([account, contact]) => ({ account, contact })),
    ]),
  );
}

/** That a mail went out we know from the ledger, and marketing's own mails from consent. */
function rowsOf(run: Run, event: EngagementEvent, places: Places): readonly StoredRow[] {
  if (event.kind === 'sent') return [];
  return (places.get(event.person) ?? []).map((place) => eventRow(run, event, place));
}
