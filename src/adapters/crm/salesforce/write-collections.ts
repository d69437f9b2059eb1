import type { RecordChange, WriteOutcome } from '../../../ports/crm.js';
import { inSmallerCompanies, refusalOf, sendCollection } from './collections.js';
import type { Reading } from './reading.js';

/** Updates, 200 a request. */
export function writeCollections(
  reading: Reading,
  object: string,
  changes: readonly RecordChange[],
): AsyncGenerator<readonly WriteOutcome[]> {
  return inSmallerCompanies(reading, changes, (some) => send(reading, object, some));
}

/** One request. Field updates may be sent again after a lost answer: the second changes nothing more. */
async function send(
  reading: Reading,
  object: string,
  changes: readonly RecordChange[],
): Promise<readonly WriteOutcome[]> {
  const records = changes.map(({ id, values }) => ({ attributes: { type: object }, id, ...values }));
  const call = {
    operation: `update ${object}`,
    method: 'PATCH',
    path: '/composite/sobjects',
    body: { allOrNone: false, records },
    repeatable: true,
  } as const;
  const results = await sendCollection(reading, call, changes.length);
  return changes.map(({ id }, index) => {
    const result = results[index];
    return result?.success ? { id, ok: true } : { id, ok: false, refusal: refusalOf(result) };
  });
}
