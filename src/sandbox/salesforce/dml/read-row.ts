import { ApiError } from '../api-error.js';
import { isId, normalId } from '../ids.js';
import type { SObject } from '../schema/schema.js';
import type { FieldDefinition, Value } from '../schema/types.js';
import type { Org } from '../store/org.js';
import type { Caller } from '../store/sessions.js';
import { rowsOf } from '../store/table.js';
import type { DmlRow } from './contract.js';
import { RowRefused, refuse } from './refusal.js';
import { storedValue } from './values.js';

/** A received row, names resolved and values in stored form. */
export interface ReadRow {
  /** 18 characters; null when the row brings none. */
  readonly id: string | null;
  readonly values: ReadonlyMap<string, Value>;
}

export interface Reading {
  readonly org: Org;
  readonly caller: Caller;
  readonly object: SObject;
}

interface NamedValue {
  readonly field: FieldDefinition;
  readonly received: unknown;
  /** The parent's external id, where the value names a parent that way. */
  readonly parentKey: string | null;
}

/** Fails the whole call (ApiError INVALID_FIELD) where a row names a column that does not exist for the caller. */
export function checkNames(reading: Reading, rows: readonly DmlRow[]): void {
  const seen = new Set<string>();
  for (const row of rows) {
    for (const name of Object.keys(row)) {
      if (!seen.has(name)) {
        seen.add(name);
        named(reading, name, row[name]);
      }
    }
  }
}

/** Refuses the row with every fault of its values at once. */
export function readRow(reading: Reading, row: DmlRow, writing: 'insert' | 'update'): ReadRow {
  const values = new Map<string, Value>();
  const refused: RowRefused[] = [];
  let id: string | null = null;
  const shut: string[] = [];
  for (const [name, received] of Object.entries(row)) {
    const one = named(reading, name, received);
    if (one === null) {
      continue;
    }
    if (one.field.name === 'Id') {
      id = idOf(received);
    } else if (writable(reading, one.field, writing)) {
      attempt(refused, () => values.set(one.field.name, receivedValue(reading, one)));
    } else {
      shut.push(one.field.name);
    }
  }
  if (shut.length > 0) {
    const advice =
      'Please check the security settings of this field and verify that it is read/write for your profile or permission set.';
    attempt(refused, () =>
      refuse(
        'INVALID_FIELD_FOR_INSERT_UPDATE',
        `Unable to create/update fields: ${shut.join(', ')}. ${advice}`,
        shut,
      ),
    );
  }
  if (refused.length > 0) {
    throw new RowRefused(refused.flatMap((one) => one.errors));
  }
  return { id, values };
}

function attempt(refused: RowRefused[], step: () => unknown): void {
  try {
    step();
  } catch (error) {
    if (!(error instanceof RowRefused)) {
      throw error;
    }
    refused.push(error);
  }
}

/** The id that a row brings, 18 characters; refuses a malformed one. */
export function idOf(received: unknown): string | null {
  if (received === null || received === undefined || received === '') {
    return null;
  }
  const text = String(received);
  return isId(text) ? normalId(text) : refuse('MALFORMED_ID', `malformed id ${text}`, ['Id']);
}

function named({ org, caller, object }: Reading, name: string, received: unknown): NamedValue | null {
  if (name === 'attributes') {
    return null;
  }
  const field = object.field(name);
  if (field !== null && org.access.field(caller.session.userId, object.name, field.name) !== 'none') {
    return { field, received, parentKey: null };
  }
  const [relationship = '', dotted] = name.replace(/^[A-Za-z_]+:/, '').split('.');
  const reference = object.parent(relationship);
  const nested = dotted === undefined ? nestedKey(received) : { key: dotted, value: received };
  if (
    reference === null ||
    nested === null ||
    org.access.field(caller.session.userId, object.name, reference.name) === 'none'
  ) {
    throw new ApiError(
      400,
      'INVALID_FIELD',
      `No such column '${name}' on sobject of type ${object.name}`,
      [],
    );
  }
  return { field: reference, received: nested.value, parentKey: nested.key };
}

function nestedKey(received: unknown): { key: string; value: unknown } | null {
  if (typeof received !== 'object' || received === null) {
    return null;
  }
  const [entry] = Object.entries(received).filter(([key]) => key !== 'attributes');
  return entry === undefined ? null : { key: entry[0], value: entry[1] };
}

function writable(
  { org, caller, object }: Reading,
  field: FieldDefinition,
  writing: 'insert' | 'update',
): boolean {
  const open = writing === 'insert' ? field.createable : field.updateable;
  return (
    open && !field.calculated && org.access.field(caller.session.userId, object.name, field.name) === 'edit'
  );
}

function receivedValue(reading: Reading, { field, received, parentKey }: NamedValue): Value {
  if (parentKey !== null) {
    return parentByKey(reading.org, field, { key: parentKey, value: received });
  }
  const value = storedValue(field, received);
  if (field.type === 'reference' && typeof value === 'string') {
    checkReference(reading.org, field, value);
  }
  return value;
}

function parentByKey(
  org: Org,
  field: FieldDefinition,
  { key, value }: { readonly key: string; readonly value: unknown },
): Value {
  if (value === null || value === '') {
    return null;
  }
  const parent = field.referenceTo
    .flatMap((name) => org.schema.find(name) ?? [])
    .find((one) => one.field(key) !== null);
  const keyField = parent?.field(key) ?? null;
  if (parent === undefined || keyField === null) {
    return refuse(
      'INVALID_FIELD',
      `No such column '${key}' on sobject of type ${field.referenceTo[0] ?? ''}`,
      [field.name],
    );
  }
  const table = org.table(parent.name);
  const rows = rowsOf(table, table.withValue(keyField.name, String(value)));
  const live = rows.filter((row) => row.IsDeleted !== true);
  if (live.length !== 1) {
    const what = live.length === 0 ? 'not found' : 'matches more than one record';
    const message = `Foreign key external ID: ${String(value)} ${what} for field ${keyField.name} in entity ${parent.name}`;
    return refuse('INVALID_FIELD', message, []);
  }
  return live[0]?.Id ?? null;
}

function checkReference(org: Org, field: FieldDefinition, id: string): void {
  const object = org.schema.byKeyPrefix(id.slice(0, 3));
  if (object === null || !field.referenceTo.includes(object.name)) {
    refuse('FIELD_INTEGRITY_EXCEPTION', `${field.label}: id value of incorrect type: ${id}`, [field.name]);
  }
  const row = object === null ? null : org.table(object.name).get(id);
  if (row === null) {
    refuse('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [field.name]);
  }
  if (row?.IsDeleted === true) {
    refuse('ENTITY_IS_DELETED', 'entity is deleted', [field.name]);
  }
}
