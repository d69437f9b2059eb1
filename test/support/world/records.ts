import type { CrmValue } from '../../../src/ports/crm.js';
import { CRM_RECORDS, type CrmRecordKind } from '../../../src/ports/crm-records.js';
import type { World } from './world.js';

export type Held = Readonly<Record<string, CrmValue | undefined>>;

/** What the CRM holds of a kind, by our names, in the order in which the records were made. */
export function recordsOf({ crm }: Pick<World, 'crm'>, kind: CrmRecordKind): readonly Held[] {
  const { object, fields } = CRM_RECORDS[kind];
  return crm.tables
    .rows(object)
    .filter(({ deleted }) => !deleted)
    .map(({ values }) => ({
      key: values.Key__c ?? null,
      ...Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, values[field] ?? null])),
    }));
}

/** Ticks the retry box of every error, as an admin does. */
export function tickRetry({ crm }: Pick<World, 'crm'>): void {
  const { object, fields } = CRM_RECORDS.error;
  for (const { id, deleted } of crm.tables.rows(object))
    if (!deleted) crm.tables.update(object, id, { [fields.retry]: true });
}
