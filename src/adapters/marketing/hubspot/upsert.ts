import type { PersonToUpsert, UpsertOutcome } from '../../../ports/marketing.js';
import { BATCH_SIZE, type Context, chunksOf } from './context.js';
import { readRecords } from './match.js';
import { type Row, type WriteOutcome, writeRows } from './write-batch.js';

/**
 * Persons that HubSpot knows are updated by record id, where a value differs; the others are upserted by the
 * stamp, which makes the call repeatable. An address that turns out to be taken means that record.
 */
export async function upsertPersons(
  context: Context,
  persons: readonly PersonToUpsert[],
): Promise<readonly UpsertOutcome[]> {
  const each = new Map(persons.map((person) => [person.person, person]));
  const done = new Map<string, WriteOutcome>([
    ...(await updateKnown(context, each)),
    ...(await createStrangers(context, each)),
  ]);
  return persons.map((person) => outcomeOf(person, done.get(person.person)));
}

type Persons = ReadonlyMap<string, PersonToUpsert>;
type Outcomes = ReadonlyMap<string, WriteOutcome>;

/** Apart from the strangers, and from those that hold it all already: every batch is a full one. */
async function updateKnown(context: Context, persons: Persons): Promise<Outcomes> {
  const known = [...persons.values()].flatMap((person) =>
    person.recordId === null ? [] : [updateOf(context, person, person.recordId)],
  );
  const unchanged = await unchangedRows(context, known);
  const changed = known.filter((row) => !unchanged.has(row.key));
  return inBatches(changed, (batch) => writeRows(context, 'update', batch));
}

async function createStrangers(context: Context, persons: Persons): Promise<Outcomes> {
  const strangers = [...persons.values()].filter((person) => person.recordId === null);
  const rows = strangers.map((person) => upsertOf(context, person));
  const created = await inBatches(rows, (batch) => writeRows(context, 'upsert', batch));
  return new Map([...created, ...(await adoptTaken(context, persons, created))]);
}

async function inBatches(
  rows: readonly Row[],
  write: (batch: readonly Row[]) => Promise<Outcomes>,
): Promise<Outcomes> {
  const outcomes = new Map<string, WriteOutcome>();
  for (const batch of chunksOf(rows, BATCH_SIZE)) {
    for (const [key, outcome] of await write(batch)) outcomes.set(key, outcome);
  }
  return outcomes;
}

function updateOf(context: Context, person: PersonToUpsert, recordId: string): Row {
  const properties = { ...person.properties, [context.stamps.contact]: person.contactId };
  return { key: person.person, id: recordId, properties };
}

function upsertOf(context: Context, person: PersonToUpsert): Row {
  const stamped = { ...person.properties, [context.stamps.contact]: person.contactId, email: person.email };
  return { key: person.person, id: person.contactId, properties: stamped };
}

/** Rows that already hold what we would write. */
async function unchangedRows(context: Context, rows: readonly Row[]): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const properties = [...new Set(rows.flatMap((row) => Object.keys(row.properties)))];
  const records = await readRecords(
    context,
    rows.map((row) => row.id),
    { properties },
  );
  const held = new Map(records.map((record) => [record.id, record.properties]));
  const same = (row: Row): boolean => {
    const now = held.get(row.id);
    return (
      now !== undefined &&
      Object.entries(row.properties).every(([name, value]) => (now[name] ?? '') === value)
    );
  };
  return new Set(rows.filter(same).map((row) => row.key));
}

/** Somebody made the contact since it was looked for, or it carries the address as a secondary one. */
async function adoptTaken(context: Context, persons: Persons, created: Outcomes): Promise<Outcomes> {
  const rows = [...created].flatMap(([key, outcome]) => {
    const person = persons.get(key);
    return person === undefined || outcome.ok || outcome.existingId === null
      ? []
      : [updateOf(context, person, outcome.existingId)];
  });
  return inBatches(rows, (batch) => writeRows(context, 'update', batch));
}

function outcomeOf(person: PersonToUpsert, outcome: WriteOutcome | undefined): UpsertOutcome {
  if (outcome === undefined) {
    // Not written because nothing differed.
    return { person: person.person, ok: true, recordId: person.recordId ?? '', created: false };
  }
  return outcome.ok
    ? { person: person.person, ok: true, recordId: outcome.recordId, created: outcome.created }
    : { person: person.person, ok: false, refusal: outcome.refusal };
}
