import { normalId } from '../ids.js';
import type { FieldDefinition } from '../schema/types.js';
import type { DmlError, DmlRequest, DmlRow } from './contract.js';
import { refusal } from './refusal.js';

/** Rows that name the same record as another of the call, by position: all of them are refused. */
export function repeatedKeys(
  rows: readonly DmlRow[],
  operation: DmlRequest['operation'],
  keyField: FieldDefinition | null,
): ReadonlyMap<number, DmlError> {
  if (operation === 'insert') {
    return new Map();
  }
  const name = keyField?.name ?? 'Id';
  const positions = new Map<string, number[]>();
  for (const [at, row] of rows.entries()) {
    const value = valueNamed(row, name);
    if (value === null || value === undefined || value === '') {
      continue;
    }
    const key = name === 'Id' ? normalId(String(value)) : foldKey(String(value), keyField);
    positions.set(key, [...(positions.get(key) ?? []), at]);
  }
  const repeated = new Map<number, DmlError>();
  for (const [key, places] of positions) {
    // In an update the first of two stands; in an upsert both fall (facts §2).
    for (const at of name === 'Id' ? places.slice(1) : places.length > 1 ? places : []) {
      repeated.set(at, repeatError(name, key));
    }
  }
  return repeated;
}

function foldKey(value: string, field: FieldDefinition | null): string {
  return field?.caseSensitive === true ? value : value.toLowerCase();
}

function repeatError(name: string, key: string): DmlError {
  return name === 'Id'
    ? refusal('DUPLICATE_VALUE', `duplicate id specified: ${key}`, [])
    : refusal('DUPLICATE_VALUE', `Duplicate external id specified: ${key}`, [name]);
}

/** The value of a row's field, its name in any case. */
export function valueNamed(row: DmlRow, name: string): unknown {
  if (name in row) {
    return row[name];
  }
  const wanted = name.toLowerCase();
  return Object.entries(row).find(([key]) => key.toLowerCase() === wanted)?.[1];
}
