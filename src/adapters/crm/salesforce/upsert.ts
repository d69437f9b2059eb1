import type { JobBegan, RecordToUpsert, UpsertOutcome } from '../../../ports/crm.js';
import { inSmallerCompanies } from './collections.js';
import { salesforceError } from './errors.js';
import { MOST_ROWS_IN_COLLECTIONS } from './forecast.js';
import type { Reading } from './reading.js';
import { name } from './soql.js';
import { writeJobs } from './write-bulk.js';
import { sendUpserts, type UpsertTarget } from './write-upserts.js';

interface Upserting {
  readonly keyField: string;
  readonly records: readonly RecordToUpsert[];
  readonly began: JobBegan;
}

/** Inserts or updates by an external id, in the order of the keys. May be sent twice. */
export async function* upsert(
  reading: Reading,
  object: string,
  { keyField, records, began }: Upserting,
): AsyncGenerator<readonly UpsertOutcome[]> {
  const target: UpsertTarget = { object: name(object), keyField: name(keyField) };
  const operation = `upsert ${target.object}`;
  if (new Set(records.map(({ key }) => key)).size < records.length) throw repeated(operation);
  const sorted = records
    .map(({ key, values }) => ({ id: key, values }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const outcomes =
    sorted.length > MOST_ROWS_IN_COLLECTIONS
      ? writeJobs(reading, { object, verb: 'upsert', keyColumn: keyField, began }, sorted)
      : inSmallerCompanies(reading, sorted, (some) => sendUpserts(reading, target, some));
  for await (const some of outcomes) yield some.map(({ id, ...outcome }) => ({ key: id, ...outcome }));
}

function repeated(operation: string) {
  return salesforceError('SF_DUPLICATE_CHANGE', {
    operation,
    message: `Two records came with one key in one "${operation}".`,
  });
}
