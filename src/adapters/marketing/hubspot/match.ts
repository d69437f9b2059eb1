import type { PersonToMatch } from '../../../ports/marketing.js';
import { BATCH_SIZE, type Context, chunksOf, HISTORY_BATCH_SIZE } from './context.js';
import { addressesOf } from './convert.js';
import { contentRefused } from './errors.js';
import { ANYTHING, BATCH, type RecordAnswer } from './schema.js';

/** Records that may be the person: none, one, or a question. */
export type Matches = ReadonlyMap<string, readonly RecordAnswer[]>;

/**
 * By our stamp first. A stamped record that carries the address is the person: addresses are unique in
 * HubSpot. The others are looked up by address, primary or secondary.
 */
export async function matchPersons(
  context: Context,
  persons: readonly PersonToMatch[],
  properties: readonly string[],
): Promise<Matches> {
  const stamp = context.stamps.contact;
  const wanted = [...new Set([...properties, stamp, 'email', 'hs_additional_emails'])];
  const stamped = await readStamped(context, persons, wanted);
  const byStamp = new Map(stamped.map((record) => [record.properties[stamp] ?? '', record]));
  const open = persons.filter((person) => !carries(byStamp.get(person.contactId), person.email));
  const emails = open.map((person) => person.email.trim().toLowerCase());
  const found = await readRecords(context, emails, { properties: wanted, idProperty: 'email' });
  const byAddress = new Map(
    found.flatMap((record) => addressesOf(record).map((one) => [one, record] as const)),
  );
  return new Map(
    persons.map((person) => {
      const hits = [byStamp.get(person.contactId), byAddress.get(person.email.trim().toLowerCase())];
      const distinct = new Map(hits.flatMap((hit) => (hit === undefined ? [] : [[hit.id, hit] as const])));
      return [person.person, [...distinct.values()]];
    }),
  );
}

function carries(record: RecordAnswer | undefined, email: string): boolean {
  return record !== undefined && addressesOf(record).includes(email.trim().toLowerCase());
}

/** Before our properties are installed nobody is stamped. */
async function readStamped(
  context: Context,
  persons: readonly PersonToMatch[],
  properties: readonly string[],
): Promise<readonly RecordAnswer[]> {
  const idProperty = context.stamps.contact;
  const ids = persons.map((person) => person.contactId);
  try {
    return await readRecords(context, ids, { properties, idProperty });
  } catch (error) {
    if (contentRefused(error) && (await stampMissing(context))) return [];
    throw error;
  }
}

async function stampMissing(context: Context): Promise<boolean> {
  try {
    await context.client.send({
      kind: 'properties',
      method: 'GET',
      path: `${context.paths.properties('contacts')}/${context.stamps.contact}`,
      answer: ANYTHING,
      repeat: 'repeatable',
    });
    return false;
  } catch (error) {
    if (contentRefused(error) && error.cause.code === 404) return true;
    throw error;
  }
}

export interface Reading {
  readonly properties: readonly string[];
  /** Absent = record ids. */
  readonly idProperty?: string;
  /** Properties whose former values are wanted too. */
  readonly history?: readonly string[];
}

/** The records that exist; ids that do not are left out (HubSpot answers 207 for them). */
export async function readRecords(
  context: Context,
  ids: readonly string[],
  { properties, idProperty, history = [] }: Reading,
): Promise<readonly RecordAnswer[]> {
  const distinct = [...new Set(ids.filter((id) => id !== ''))];
  const found: RecordAnswer[] = [];
  for (const chunk of chunksOf(distinct, history.length > 0 ? HISTORY_BATCH_SIZE : BATCH_SIZE)) {
    const answer = await context.client.send({
      kind: 'contacts-batch-read',
      method: 'POST',
      path: context.paths.batch('contacts', 'read'),
      body: {
        inputs: chunk.map((id) => ({ id })),
        properties,
        propertiesWithHistory: history,
        ...(idProperty === undefined ? {} : { idProperty }),
      },
      answer: BATCH,
      repeat: 'repeatable',
    });
    found.push(...answer.results);
  }
  return found;
}
