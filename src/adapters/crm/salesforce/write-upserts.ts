import type { CrmValue, RecordToUpsert, WriteOutcome } from '../../../ports/crm.js';
import { refusalOf, sendCollection } from './collections.js';
import type { Reading } from './reading.js';

export interface UpsertTarget {
  readonly object: string;
  readonly keyField: string;
}

type Keyed = { readonly id: string; readonly values: RecordToUpsert['values'] };

/** One request. */
export async function sendUpserts(
  reading: Reading,
  { object, keyField }: UpsertTarget,
  some: readonly Keyed[],
): Promise<readonly WriteOutcome[]> {
  const records = some.map(({ id, values }) => ({
    attributes: { type: object },
    [keyField]: id,
    ...nested(values),
  }));
  const call = {
    operation: `upsert ${object}`,
    method: 'PATCH',
    path: `/composite/sobjects/${object}/${keyField}`,
    body: { allOrNone: false, records },
    repeatable: true,
  } as const;
  const results = await sendCollection(reading, call, some.length);
  return some.map(({ id }, index) => {
    const result = results[index];
    return result?.success ? { id, ok: true } : { id, ok: false, refusal: refusalOf(result) };
  });
}

/** `Episode__r.Key__c` names another record by its key: `{ Episode__r: { Key__c } }`. */
function nested(values: RecordToUpsert['values']): Readonly<Record<string, CrmValue | object>> {
  return Object.fromEntries(
    Object.entries(values).map(([path, value]) => {
      const [relationship = '', field] = path.split('.');
      return field === undefined ? [path, value] : [relationship, { [field]: value }];
    }),
  );
}
