import type { WriteOutcome } from '../../../ports/crm.js';
import { IntegrationError } from '../../../ports/errors.js';
import { inSmallerCompanies, refusalOf, refusalOfAll, sendCollection } from './collections.js';
import { salesforceError } from './errors.js';
import { requireId } from './ids.js';
import type { Reading } from './reading.js';

/** What Salesforce says of a record that is in the recycle bin, or gone from there, too. */
const GONE: ReadonlySet<string> = new Set(['ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY', 'NOT_FOUND']);

/** Deletes, 200 a request. One that was sent twice finds the record gone the second time. */
export async function remove(
  reading: Reading,
  object: string,
  ids: readonly string[],
): Promise<readonly WriteOutcome[]> {
  if (ids.length === 0) return [];
  const operation = `delete ${object}`;
  const wanted = [...new Set(ids.map((id) => requireId(id, operation)))].sort();
  await refuseOtherObjects(reading, object, wanted);
  const found = new Map<string, WriteOutcome>();
  const send = async (some: readonly string[]): Promise<readonly WriteOutcome[]> => {
    try {
      return await sendIds(reading, operation, some);
    } catch (error) {
      if (!(error instanceof IntegrationError) || found.size === 0) throw error;
      return some.map((id) => ({ id, ok: false, refusal: refusalOfAll(error) }));
    }
  };
  for await (const some of inSmallerCompanies(reading, wanted, send)) {
    for (const outcome of some) found.set(outcome.id, outcome);
  }
  return ids.flatMap((id) => {
    const outcome = found.get(requireId(id, operation));
    return outcome === undefined ? [] : [{ ...outcome, id }];
  });
}

async function sendIds(
  reading: Reading,
  operation: string,
  ids: readonly string[],
): Promise<readonly WriteOutcome[]> {
  const path = `/composite/sobjects?ids=${ids.join(',')}&allOrNone=false`;
  const call = { operation, method: 'DELETE', path, repeatable: true } as const;
  const results = await sendCollection(reading, call, ids.length);
  return ids.map((id, index) => {
    const refused = results[index]?.success === true ? null : refusalOf(results[index]);
    return refused === null || GONE.has(refused.code)
      ? { id, ok: true }
      : { id, ok: false, refusal: refused };
  });
}

/** The request itself names no object and would delete whatever the ids mean. */
async function refuseOtherObjects(reading: Reading, object: string, ids: readonly string[]): Promise<void> {
  const { keyPrefix } = await reading.catalogue.known(object);
  const other = ids.find((id) => typeof keyPrefix === 'string' && !id.startsWith(keyPrefix));
  if (other === undefined) return;
  throw salesforceError('SF_BAD_ID', {
    operation: `delete ${object}`,
    message: `"${other}" is not the id of a ${object}; nothing was deleted.`,
  });
}
