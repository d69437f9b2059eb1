import type { OrderByClause } from '@jetstreamapp/soql-parser-js';
import type { Row, Value } from '../schema/types.js';
import { compareValues, foldValue } from './compare.js';
import type { Operand } from './functions.js';
import { invalidField, type Scope } from './scope.js';

export interface OrderKey {
  readonly read: (row: Row) => Value;
  readonly descending: boolean;
  readonly nullsLast: boolean;
}

export function orderKey(scope: Scope, operand: Operand, clause: OrderByClause): OrderKey {
  const field = operand.field?.definition;
  const unsortable = field?.type === 'multipicklist' || (field?.type === 'textarea' && field.length > 255);
  if (field !== undefined && unsortable) {
    throw invalidField(scope, operand.name, `field '${field.name}' can not be sorted in a query call`);
  }
  const fold = foldValue(operand.type);
  return {
    read: (row) => fold(operand.read(row)),
    descending: clause.order === 'DESC',
    // Null records come first by default, in both directions (documented).
    nullsLast: clause.nulls === 'LAST',
  };
}

/** Sorts slots by the keys; equal rows keep their order. */
export function sortBy<T>(
  items: readonly T[],
  rowOf: (item: T) => Row | null,
  keys: readonly OrderKey[],
): readonly T[] {
  const decorated = items.map((item) => {
    const row = rowOf(item);
    return { item, values: keys.map((key) => (row === null ? null : key.read(row))) };
  });
  decorated.sort((a, b) => {
    for (const [at, key] of keys.entries()) {
      const order = compareKeys(a.values[at] ?? null, b.values[at] ?? null, key);
      if (order !== 0) {
        return order;
      }
    }
    return 0;
  });
  return decorated.map((entry) => entry.item);
}

function compareKeys(a: Value, b: Value, key: OrderKey): number {
  if (a === null || b === null) {
    const order = a === b ? 0 : a === null ? -1 : 1;
    return key.nullsLast ? -order : order;
  }
  return key.descending ? compareValues(b, a) : compareValues(a, b);
}
