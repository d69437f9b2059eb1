import type { CrmRecord } from '../../../ports/crm.js';
import { type RowShape, readJson, toRecord } from './convert.js';
import { requireId } from './ids.js';
import { pull } from './pull.js';
import { QUERIES_TOGETHER, queryPage, queryTogether, rowsOf } from './query.js';
import type { Reading } from './reading.js';
import type { ObjectDescribe } from './schema.js';
import { oneOf, select } from './soql.js';

/** 500 quoted ids stay below the 16 KB that one query address may have. */
const IDS_PER_QUERY = 500;
const MOST_SAMPLED = 200;
const STAMPS = ['SystemModstamp', 'LastModifiedDate', 'CreatedDate'];

/** Some rows, in no promised order. */
export async function sampleRecords(
  reading: Reading,
  object: string,
  ask: { readonly fields: readonly string[]; readonly limit: number },
): Promise<readonly CrmRecord[]> {
  const shape = await shapeOf(reading, object, ask.fields);
  const limit = Math.max(1, Math.min(MOST_SAMPLED, Math.floor(ask.limit)));
  const soql = select({ object, fields: columns(shape), conditions: [], limit });
  const page = await queryPage(reading.client, `/query?q=${encodeURIComponent(soql)}`, `query ${object}`);
  return page.records.map((row) => toRecord(readJson(row), shape));
}

/** Current values by id, 2,500 a request. */
export async function fetchRecords(
  reading: Reading,
  object: string,
  ask: { readonly ids: readonly string[]; readonly fields: readonly string[] },
): Promise<readonly CrmRecord[]> {
  if (ask.ids.length === 0) return [];
  const shape = await shapeOf(reading, object, ask.fields);
  const ids = [...new Set(ask.ids.map((id) => requireId(id, `fetch ${object}`)))];
  const queries = chunks(ids, IDS_PER_QUERY).map((some) =>
    select({ object, fields: columns(shape), conditions: [oneOf('Id', some)] }),
  );
  const found: CrmRecord[] = [];
  for (const together of chunks(queries, QUERIES_TOGETHER)) {
    const named = Object.fromEntries(together.map((soql, index) => [`part${index + 1}`, soql]));
    const outcomes = await queryTogether(reading.client, reading.apiVersion, named);
    for (const outcome of outcomes.values()) {
      found.push(...rowsOf(outcome).map((row) => toRecord(readJson(row), shape)));
    }
  }
  return found;
}

/** Ids of all rows that exist now: a pull that reads nothing else. */
export async function* pullIds(
  reading: Reading,
  object: string,
  where: string | null,
): AsyncGenerator<readonly string[]> {
  const stampField = stampOf(await reading.catalogue.known(object));
  const request = { object, fields: [], stampField, where, since: null, expectedRows: null, resume: null };
  for await (const page of pull(reading, request)) yield page.records.map((record) => record.id);
}

export async function shapeOf(
  reading: Reading,
  object: string,
  fields: readonly string[],
): Promise<RowShape> {
  const stampField = stampOf(await reading.catalogue.known(object));
  return { fields, stampField, types: await reading.catalogue.types(object, fields, 'if-known') };
}

function stampOf(object: ObjectDescribe): string {
  const names = new Set(object.fields.map((field) => field.name));
  return STAMPS.find((stamp) => names.has(stamp)) ?? 'SystemModstamp';
}

export function columns(shape: RowShape): readonly string[] {
  return ['Id', shape.stampField, ...shape.fields];
}

export function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
