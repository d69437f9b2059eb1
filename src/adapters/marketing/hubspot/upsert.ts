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
  const outcomes: UpsertOutcome[] = [];
  for (const chunk of chunksOf(persons, BATCH_SIZE)) outcomes.push(...(await upsertChunk(context, chunk)));
  return outcomes;
}

async function upsertChunk(
  context: Context,
  persons: readonly PersonToUpsert[],
): Promise<readonly UpsertOutcome[]> {
  const byPerson = new Map(persons.map((person) => [person.person, person]));
  const known = [...byPerson.values()].flatMap((person) =>
    person.recordId === null ? [] : [updateOf(context, person, person.recordId)],
  );
  const strangers = [...byPerson.values()].filter((person) => person.recordId === null);
  const unchanged = await unchangedRows(context, known);
  const updated = await writeRows(
    context,
    'update',
    known.filter((row) => !unchanged.has(row.key)),
  );
  const created = await writeRows(
    context,
    'upsert',
    strangers.map((person) => upsertOf(context, person)),
  );
  const adopted = await adoptTaken(context, byPerson, created);
  const done = new Map<string, WriteOutcome>([...updated, ...created, ...adopted]);
  return persons.map((person) => outcomeOf(person, done.get(person.person)));
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
async function adoptTaken(
  context: Context,
  persons: ReadonlyMap<string, PersonToUpsert>,
  created: ReadonlyMap<string, WriteOutcome>,
): Promise<ReadonlyMap<string, WriteOutcome>> {
  const rows = [...created].flatMap(([key, outcome]) => {
    const person = persons.get(key);
    return person === undefined || outcome.ok || outcome.existingId === null
      ? []
      : [updateOf(context, person, outcome.existingId)];
  });
  return writeRows(context, 'update', rows);
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
