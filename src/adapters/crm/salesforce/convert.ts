import type { CrmRecord, CrmValue } from '../../../ports/crm.js';
import { salesforceError } from './errors.js';
import { id18, isId } from './ids.js';

/** How a field's values are read, from describe's type name. */
export type ValueType = 'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'id';

const VALUE_TYPES: Readonly<Record<string, ValueType>> = {
  id: 'id',
  reference: 'id',
  int: 'number',
  long: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
};

export function valueType(describedType: string): ValueType {
  return VALUE_TYPES[describedType] ?? 'text';
}

/** REST writes `+0000`, Bulk writes `Z`. */
const REST_DATETIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}\+0000$/;

/**
 * One value, the same whether it came as JSON or as a CSV cell. Without a type (a parent's field
 * whose object was never described) JSON's own types are taken.
 */
export function convertValue(raw: unknown, type: ValueType | undefined): CrmValue {
  if (raw === null || raw === undefined || raw === '') return null;
  if (typeof raw === 'number' || typeof raw === 'boolean') return raw;
  if (typeof raw !== 'string') return null;
  if (type === 'number') return Number.isFinite(Number(raw)) ? Number(raw) : null;
  if (type === 'boolean') return raw.toLowerCase() === 'true';
  if (type === 'datetime' || (type === undefined && REST_DATETIME.test(raw))) return isoDatetime(raw);
  if (type === 'id') return isId(raw) ? id18(raw) : raw;
  return raw;
}

function isoDatetime(text: string): string | null {
  const instant = parseInstant(text);
  return instant === null ? null : new Date(instant).toISOString();
}

function parseInstant(text: string): number | null {
  const instant = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(instant) ? null : instant;
}

/** What is read of each row of one pull. */
export interface RowShape {
  readonly fields: readonly string[];
  readonly types: ReadonlyMap<string, ValueType>;
  readonly stampField: string;
}

/** One row, by a function that gives the raw value of a (dotted) field. */
export function toRecord(read: (path: string) => unknown, shape: RowShape): CrmRecord {
  const id = read('Id');
  const stamp = read(shape.stampField);
  const instant = typeof stamp === 'string' ? parseInstant(stamp) : null;
  if (typeof id !== 'string' || !isId(id) || instant === null) throw unidentified(shape.stampField);
  const master = read('MasterRecordId');
  const values: Record<string, CrmValue> = {};
  for (const field of shape.fields) values[field] = convertValue(read(field), shape.types.get(field));
  return {
    id: id18(id),
    stamp: instant,
    deleted: convertValue(read('IsDeleted'), 'boolean') === true,
    mergedInto: typeof master === 'string' && isId(master) ? id18(master) : null,
    values,
  };
}

function unidentified(stampField: string) {
  return salesforceError('SF_UNEXPECTED', {
    operation: 'read records',
    message: `A record came without a readable Id or ${stampField}.`,
  });
}

/** Reads `Owner.Email` from nested JSON, whatever the capitals of the path. */
export function readJson(row: Readonly<Record<string, unknown>>): (path: string) => unknown {
  return (path) => {
    let value: unknown = row;
    for (const step of path.split('.')) value = child(value, step);
    return value;
  };
}

function child(value: unknown, step: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, step)) return Reflect.get(value, step);
  const found = Object.keys(value).find((key) => key.toLowerCase() === step.toLowerCase());
  return found === undefined ? undefined : Reflect.get(value, found);
}

/** Reads columns of a CSV row by its header. */
export function csvColumns(header: readonly string[]): (row: readonly string[]) => (path: string) => unknown {
  const at = new Map(header.map((column, index) => [column.toLowerCase(), index]));
  const known = new Map<string, number>();
  const indexOf = (path: string): number => {
    const index = known.get(path) ?? at.get(path.toLowerCase()) ?? -1;
    known.set(path, index);
    return index;
  };
  return (row) => (path) => row[indexOf(path)];
}
