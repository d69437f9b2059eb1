import { badParameter } from '../errors.js';
import { canSort, type Resource } from '../schema/resource.js';
import { type Filter, filterOf } from './filter.js';

/** What a request for a collection asks. */
export interface Listing {
  readonly filters: readonly Filter[];
  readonly order: readonly Order[];
  readonly size: number;
  /** Opaque to the client. */
  readonly after: string | null;
  readonly count: boolean;
  /** Attributes that are answered; null = all. */
  readonly fields: ReadonlySet<string> | null;
}

export interface Order {
  readonly path: string;
  readonly descending: boolean;
}

export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const USUAL_PAGE = 50;
const LONGEST_PAGE = 1_000;
const KNOWN_KEYS = ['page[size]', 'page[after]', 'sort', 'count', 'newFilterSyntax'];

/** Stricter than the real server where that is not known: a key that is not understood is refused. */
export function listingOf(resource: Resource, query: Query): Listing {
  const modern = first(query, 'newFilterSyntax') === 'true';
  const keys = Object.keys(query);
  const unknown = keys.find((key) => !isKnown(resource, key));
  if (unknown !== undefined) throw badParameter(unknown, `'${unknown}' is not supported.`);
  return {
    filters: keys
      .filter((key) => key.startsWith('filter['))
      .map((key) => filterOf(resource, key, { text: every(query, key), modern })),
    order: orderOf(resource, first(query, 'sort')),
    size: sizeOf(first(query, 'page[size]')),
    after: first(query, 'page[after]') ?? null,
    count: first(query, 'count') === 'true',
    fields: fieldsOf(resource, query),
  };
}

/** `fields[prospect]=emails,optedOut`; every other key is refused by the caller. */
function fieldsOf(resource: Resource, query: Query): ReadonlySet<string> | null {
  const key = `fields[${resource.type}]`;
  const asked = first(query, key);
  if (asked === undefined) return null;
  const names = asked.split(',').filter((name) => name !== '');
  const unknown = names.find((name) => !(name in resource.defaults) && !(name in resource.toOne));
  if (unknown !== undefined) throw badParameter(key, `${resource.type} has no attribute '${unknown}'.`);
  return new Set(names);
}

/** A single record is asked for with `fields[…]` at most. */
export function onlyFields(resource: Resource, query: Query): ReadonlySet<string> | null {
  const unknown = Object.keys(query).find((key) => key !== `fields[${resource.type}]`);
  if (unknown !== undefined) throw badParameter(unknown, `'${unknown}' is not supported.`);
  return fieldsOf(resource, query);
}

function isKnown(resource: Resource, key: string): boolean {
  return KNOWN_KEYS.includes(key) || key === `fields[${resource.type}]` || /^filter(\[[^\]]*\])+$/.test(key);
}

function orderOf(resource: Resource, sort: string | undefined): readonly Order[] {
  if (sort === undefined) return [];
  return sort.split(',').map((word) => {
    const descending = word.startsWith('-');
    const path = descending ? word.slice(1) : word;
    if (!canSort(resource, path)) throw badParameter('sort', `Cannot sort ${resource.path} by '${path}'.`);
    return { path, descending };
  });
}

function sizeOf(text: string | undefined): number {
  const size = text === undefined ? USUAL_PAGE : Number(text);
  if (!Number.isInteger(size) || size < 1 || size > LONGEST_PAGE) {
    throw badParameter('page[size]', `page[size] must be between 1 and ${LONGEST_PAGE}.`);
  }
  return size;
}

function every(query: Query, key: string): readonly string[] {
  const value = query[key] ?? [];
  return typeof value === 'string' ? [value] : value;
}

function first(query: Query, key: string): string | undefined {
  return every(query, key)[0];
}
