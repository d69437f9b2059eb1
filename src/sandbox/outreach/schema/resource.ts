import type { Value } from '../store/record.js';

/** How values of a filterable attribute compare. */
export type Kind = 'text' | 'texts' | 'number' | 'time' | 'boolean';

/** One type of record: what is answered, and what can be asked for. */
export interface Resource {
  /** `sequenceState` */
  readonly type: string;
  /** `sequenceStates` */
  readonly path: string;
  /** Every attribute that is answered, with what it holds when nothing was written. */
  readonly defaults: Readonly<Record<string, Value>>;
  /** What can be filtered by: attributes, and `relation.id`. All but relations and lists can be sorted by too. */
  readonly filterable: Readonly<Record<string, Kind>>;
  /** To-one relationship -> type at its other end. */
  readonly toOne: Readonly<Record<string, string>>;
  /** To-many relationship -> the collection that lists it, filtered by this record. */
  readonly toMany: Readonly<Record<string, string>>;
}

/** Attributes of this kind, as entries for `filterable`. */
export function all(kind: Kind, names: readonly string[]): Readonly<Record<string, Kind>> {
  return Object.fromEntries(names.map((name) => [name, kind]));
}

export function each(value: Value, names: readonly string[]): Readonly<Record<string, Value>> {
  return Object.fromEntries(names.map((name) => [name, value]));
}

/** Names in one text, to keep long lists short. */
export function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

export function canSort(resource: Resource, path: string): boolean {
  const kind = resource.filterable[path];
  return kind !== undefined && kind !== 'texts' && !path.includes('.');
}
