import { validation } from '../errors.js';
import type { ObjectRoom } from '../portal.js';
import type { StoredObject } from '../store/stored-object.js';
import { systemProperties } from './render.js';

interface Filter {
  readonly propertyName: string;
  readonly operator: string;
  readonly value?: string | undefined;
  readonly highValue?: string | undefined;
  readonly values?: readonly string[] | undefined;
}

export interface FilterGroup {
  readonly filters: readonly Filter[];
}

type Cell = string | null;
type Test = (cell: Cell, filter: Filter, type: string) => boolean;

const TESTS: Readonly<Record<string, Test>> = {
  EQ: (cell, filter, type) => cell !== null && compare(cell, filter.value ?? '', type) === 0,
  NEQ: (cell, filter, type) => cell === null || compare(cell, filter.value ?? '', type) !== 0,
  LT: (cell, filter, type) => cell !== null && compare(cell, filter.value ?? '', type) < 0,
  LTE: (cell, filter, type) => cell !== null && compare(cell, filter.value ?? '', type) <= 0,
  GT: (cell, filter, type) => cell !== null && compare(cell, filter.value ?? '', type) > 0,
  GTE: (cell, filter, type) => cell !== null && compare(cell, filter.value ?? '', type) >= 0,
  BETWEEN: (cell, filter, type) =>
    cell !== null &&
    compare(cell, filter.value ?? '', type) >= 0 &&
    compare(cell, filter.highValue ?? '', type) <= 0,
  // Values of IN and NOT_IN must come in lower case: they are not folded, the cell is.
  IN: (cell, filter, type) => cell !== null && (filter.values ?? []).includes(folded(cell, type)),
  NOT_IN: (cell, filter, type) => cell === null || !(filter.values ?? []).includes(folded(cell, type)),
  HAS_PROPERTY: (cell) => cell !== null,
  NOT_HAS_PROPERTY: (cell) => cell === null,
  CONTAINS_TOKEN: (cell, filter) => cell !== null && hasToken(cell, filter.value ?? ''),
  NOT_CONTAINS_TOKEN: (cell, filter) => cell === null || !hasToken(cell, filter.value ?? ''),
};

export const OPERATORS = Object.keys(TESTS);

/** Groups are alternatives; the filters of a group must all hold. */
export function matcher(room: ObjectRoom, groups: readonly FilterGroup[]): (object: StoredObject) => boolean {
  for (const filter of groups.flatMap((group) => group.filters)) checkFilter(room, filter);
  return (object) => {
    const cells: Record<string, string> = { ...object.properties, ...systemProperties(room, object) };
    return (
      groups.length === 0 || groups.some((group) => group.filters.every((one) => holds(room, one, cells)))
    );
  };
}

function holds(room: ObjectRoom, filter: Filter, cells: Readonly<Record<string, string>>): boolean {
  const type = room.table.find(filter.propertyName)?.type ?? 'string';
  return TESTS[filter.operator]?.(cells[filter.propertyName] ?? null, filter, type) ?? false;
}

function checkFilter(room: ObjectRoom, filter: Filter): void {
  if (room.table.find(filter.propertyName) === null) {
    throw validation(
      `There was a problem with the request. Property "${filter.propertyName}" does not exist`,
    );
  }
  const lists = filter.operator === 'IN' || filter.operator === 'NOT_IN';
  const bare = filter.operator === 'HAS_PROPERTY' || filter.operator === 'NOT_HAS_PROPERTY';
  if (lists ? filter.values === undefined : !bare && filter.value === undefined) {
    throw validation(`Filter on ${filter.propertyName} needs ${lists ? 'values' : 'a value'}.`);
  }
  if (filter.operator === 'BETWEEN' && filter.highValue === undefined) {
    throw validation(`Filter on ${filter.propertyName} needs a highValue.`);
  }
}

/** Numbers and times by size, enumerations with case, other text without. */
export function compare(one: string, other: string, type: string): number {
  if (type === 'number') return Number(one) - Number(other);
  if (type === 'date' || type === 'datetime') return instant(one) - instant(other);
  const [a, b] = [folded(one, type), folded(other, type)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function folded(text: string, type: string): string {
  return type === 'enumeration' ? text : text.toLowerCase();
}

function instant(text: string): number {
  return /^-?\d+$/.test(text) ? Number(text) : Date.parse(text);
}

/** A word of the value; `*` stands for any letters. */
function hasToken(cell: string, wanted: string): boolean {
  const escaped = wanted
    .toLowerCase()
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*');
  const whole = new RegExp(`^${escaped}$`);
  return [cell.toLowerCase(), ...cell.toLowerCase().split(/[^\p{L}\p{N}]+/u)].some((token) =>
    whole.test(token),
  );
}
