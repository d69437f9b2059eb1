import type { Instant } from '../../../domain/day.js';
import type { Clock } from '../../../ports/clock.js';
import type { CrmRecord, CrmValue, ObjectDescription } from '../../../ports/crm.js';
import type { Refusal } from '../../../ports/errors.js';
import { gone, noSuchObject } from './errors.js';

type Values = Readonly<Record<string, CrmValue>>;

export interface MemoryRow {
  readonly id: string;
  readonly stamp: Instant;
  readonly deleted: boolean;
  readonly mergedInto: string | null;
  readonly values: Values;
}

export interface MemoryTables {
  readonly has: (object: string) => boolean;
  readonly description: (object: string) => ObjectDescription;
  readonly rows: (object: string) => readonly MemoryRow[];
  /** The new row's id. */
  readonly insert: (object: string, values: Values) => string;
  /** Null, or why it could not be changed. */
  readonly update: (object: string, id: string, values: Values) => Refusal | null;
  readonly remove: (object: string, id: string, mergedInto: string | null) => void;
}

export function openTables(objects: readonly ObjectDescription[], clock: Clock): MemoryTables {
  const described = new Map(objects.map((object) => [object.name, object]));
  const tables = new Map(objects.map((object) => [object.name, new Map<string, MemoryRow>()]));
  const table = (object: string): Map<string, MemoryRow> => {
    const found = tables.get(object);
    if (!found) throw noSuchObject(object, 'read');
    return found;
  };
  /** Whole seconds, as Salesforce stamps. */
  const stamp = (): Instant => Math.floor(clock.now() / 1000) * 1000;
  let made = 0;
  return {
    has: (object) => tables.has(object),
    description: (object) => described.get(object) ?? missing(object),
    rows: (object) => [...table(object).values()],
    insert(object, values) {
      made += 1;
      const prefix = described.get(object)?.keyPrefix ?? 'a00';
      const id = `${prefix}${String(made).padStart(12, '0')}AAA`;
      const at = stamp();
      const whole = { CreatedDate: new Date(at).toISOString(), ...values };
      table(object).set(id, { id, stamp: at, deleted: false, mergedInto: null, values: whole });
      return id;
    },
    update(object, id, values) {
      const row = table(object).get(id);
      if (!row || row.deleted) return gone();
      table(object).set(id, { ...row, stamp: stamp(), values: { ...row.values, ...values } });
      return null;
    },
    remove(object, id, mergedInto) {
      const row = table(object).get(id);
      if (row) table(object).set(id, { ...row, stamp: stamp(), deleted: true, mergedInto });
    },
  };
}

function missing(object: string): never {
  throw noSuchObject(object, 'describe');
}

/** The wanted fields of a row, parent paths followed. */
export function readRow(
  tables: MemoryTables,
  row: MemoryRow,
  want: { readonly object: string; readonly fields: readonly string[] },
): CrmRecord {
  const values = Object.fromEntries(
    want.fields.map((field) => [field, valueAt(tables, row, { object: want.object, path: field })]),
  );
  return { id: row.id, stamp: row.stamp, deleted: row.deleted, mergedInto: row.mergedInto, values };
}

function valueAt(
  tables: MemoryTables,
  row: MemoryRow,
  at: { readonly object: string; readonly path: string },
): CrmValue {
  const [step = '', ...rest] = at.path.split('.');
  if (rest.length === 0) return step === 'Id' ? row.id : (row.values[step] ?? null);
  const reference = tables.description(at.object).fields.find((field) => field.relationshipName === step);
  const parentId = reference ? row.values[reference.name] : null;
  for (const object of reference?.referenceTo ?? []) {
    const parent = tables.rows(object).find((candidate) => candidate.id === parentId);
    if (parent) return valueAt(tables, parent, { object, path: rest.join('.') });
  }
  return null;
}
