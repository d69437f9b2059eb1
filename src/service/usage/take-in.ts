import { type Day, formatDay, parseDay } from '../../domain/day.js';
import type { RecordValue } from '../../domain/facts/record.js';
import { fullRecordId } from '../../domain/facts/record-id.js';
import { takenUsage } from '../../ports/mapping.js';
import type { UsageReading } from '../../ports/service-store.js';
import type { Desk } from '../desk.js';

/** A reading as it was sent, its types checked. */
export interface SentReading {
  readonly id: string;
  readonly account: string;
  /** `YYYY-MM-DD` */
  readonly on: string;
  readonly [attribute: string]: string | number | undefined;
}

/** What became of one reading. Accepted and known ones are stored for good. */
export type ReadingOutcome =
  | { readonly id: string; readonly outcome: 'accepted' | 'known' }
  | { readonly id: string | null; readonly outcome: 'refused'; readonly reason: string };

/** One that was refused before it came here keeps its place. */
export type GivenReading = SentReading | Extract<ReadingOutcome, { outcome: 'refused' }>;

/** Stores what can be taken in, and tells of each what became of it, in their order. */
export async function takeUsageIn(
  desk: Desk,
  source: string,
  given: readonly GivenReading[],
): Promise<readonly ReadingOutcome[]> {
  const settings = desk.settings();
  const at = { ...desk, settings: () => settings };
  const read = given.map((one) => (isRefused(one) ? one : readingOf(at, source, one)));
  const readings = read.filter((one): one is UsageReading => !isRefused(one));
  const told = readings.length > 0 ? await desk.store.usage.add(readings) : [];
  let stored = 0;
  return read.map((one): ReadingOutcome => {
    if (isRefused(one)) return one;
    const outcome = told[stored] === 'known' ? 'known' : 'accepted';
    stored += 1;
    return { id: one.id, outcome };
  });
}

function isRefused(one: GivenReading | UsageReading): one is Extract<ReadingOutcome, { outcome: 'refused' }> {
  return 'outcome' in one && one.outcome === 'refused';
}

function readingOf(desk: Desk, source: string, sent: SentReading): UsageReading | GivenReading {
  const { id, account: written, on, ...attributes } = sent;
  const refused = (reason: string): GivenReading => ({ id, outcome: 'refused', reason });
  const account = fullRecordId(written);
  if (account === null) return refused('account: its last three characters do not fit the others.');
  const day = parseDay(on);
  const why = day === null ? 'on: it is no day of the calendar.' : whyNotOn(desk, day);
  if (day === null || why !== null) return refused(why ?? '');
  const unwanted = whyNotTaken(desk, Object.keys(attributes));
  if (unwanted !== null) return refused(unwanted);
  const values = { on: day, ...known(attributes) };
  const content = desk.digest.content(JSON.stringify([account, Object.entries(values).sort()]));
  return { source, id, content, account, values, receivedAt: desk.clock.now() };
}

function known(
  attributes: Readonly<Record<string, string | number | undefined>>,
): Readonly<Record<string, RecordValue>> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

const DAY_MS = 86_400_000;

/** A day may have begun elsewhere already. */
function whyNotOn({ clock, settings }: Desk, on: Day): string | null {
  const today = Math.floor(clock.now() / DAY_MS);
  if (on > today + 1) return `on: ${formatDay(on)} is still to come.`;
  const days = settings().service.retention.usage;
  return on < today - days
    ? `on: ${formatDay(on)} is longer ago than the ${days} days that usage is kept.`
    : null;
}

function whyNotTaken({ settings }: Desk, attributes: readonly string[]): string | null {
  const taken = takenUsage(settings().crm);
  const where = 'under sentUsage in mappings/salesforce.yaml';
  if (taken.size === 0) return `No usage is taken in here: name what is sent ${where}.`;
  const unwanted = attributes.find((attribute) => !taken.has(attribute));
  return unwanted === undefined ? null : `${unwanted}: it is not taken in here; name it ${where}.`;
}
