import type { JobBegan, RecordChange, WriteOutcome } from '../../../ports/crm.js';
import { salesforceError } from './errors.js';
import { MOST_ROWS_IN_COLLECTIONS } from './forecast.js';
import { requireId } from './ids.js';
import type { Reading } from './reading.js';
import { writeJobs } from './write-bulk.js';
import { writeCollections } from './write-collections.js';

/** Updates in the order of ids: two writers that meet then wait for each other instead of locking each other out. */
export async function* write(
  reading: Reading,
  object: string,
  { changes, began }: { readonly changes: readonly RecordChange[]; readonly began: JobBegan },
): AsyncGenerator<readonly WriteOutcome[]> {
  const given = new Map(changes.map((change) => [requireId(change.id, `update ${object}`), change]));
  if (given.size < changes.length) throw repeated(object);
  const sorted = [...given]
    .map(([id, change]) => ({ id, values: change.values }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const outcomes =
    sorted.length > MOST_ROWS_IN_COLLECTIONS
      ? writeJobs(reading, { object, verb: 'update', keyColumn: 'Id', began }, sorted)
      : writeCollections(reading, object, sorted);
  for await (const some of outcomes) {
    yield some.map((outcome) => ({ ...outcome, id: given.get(outcome.id)?.id ?? outcome.id }));
  }
}

function repeated(object: string) {
  return salesforceError('SF_DUPLICATE_CHANGE', {
    operation: `update ${object}`,
    message: `Two changes of one ${object} record came in one write.`,
  });
}
