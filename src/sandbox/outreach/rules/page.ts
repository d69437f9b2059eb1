import { z } from 'zod';
import { badParameter } from '../errors.js';
import type { Resource } from '../schema/resource.js';
import type { ApiRecord } from '../store/record.js';
import type { Rows } from '../store/rows.js';
import { compare, type Filter, valueAt } from './filter.js';
import type { Listing, Order } from './listing.js';

export interface Page {
  readonly rows: readonly ApiRecord[];
  /** Cursor of the page that follows, or null. */
  readonly next: string | null;
  /** Null unless it was asked for. */
  readonly count: number | null;
}

/** The last record of the page before: its values in the order asked for, and its id. */
const CURSOR = z.strictObject({ values: z.array(z.string().nullable()), id: z.int() });
type Cursor = z.infer<typeof CURSOR>;

export function pageOf(resource: Resource, rows: Rows, listing: Listing): Page {
  const { order, size, count } = listing;
  const after = readCursor(listing);
  if (order.length === 0 && !count) {
    return cut(matching(rows, listing.filters, after?.id ?? 0, size + 1), order, { size, count: null });
  }
  const found = matching(rows, listing.filters, 0, Number.POSITIVE_INFINITY);
  const place = (one: ApiRecord): Cursor => ({ values: valuesOf(one, order), id: one.id });
  const sorted = found.toSorted((a, b) => compareAt(resource, order, place(a), place(b)));
  const left =
    after === null ? sorted : sorted.filter((one) => compareAt(resource, order, place(one), after) > 0);
  return cut(left, order, { size, count: count ? found.length : null });
}

function cut(
  left: readonly ApiRecord[],
  order: readonly Order[],
  { size, count }: { readonly size: number; readonly count: number | null },
): Page {
  const rows = left.slice(0, size);
  const last = rows.at(-1);
  const more = left.length > size && last !== undefined;
  return { rows, count, next: more ? written({ values: valuesOf(last, order), id: last.id }) : null };
}

function matching(
  rows: Rows,
  filters: readonly Filter[],
  afterId: number,
  most: number,
): readonly ApiRecord[] {
  const found: ApiRecord[] = [];
  for (const record of candidates(rows, filters, afterId)) {
    if (!filters.every((filter) => filter.holds(record))) continue;
    found.push(record);
    if (found.length >= most) break;
  }
  return found;
}

/** By an index when a filter names values that have one, so that a million records are not looked at. */
function candidates(rows: Rows, filters: readonly Filter[], afterId: number): Iterable<ApiRecord> {
  for (const { path, exact } of filters) {
    const lookup = rows.lookups[path];
    if (lookup === undefined || exact === null) continue;
    const ids = [...new Set(exact.flatMap((value) => lookup(value)))].filter((id) => id > afterId);
    return ids
      .toSorted((a, b) => a - b)
      .map(rows.byId)
      .filter((record) => record !== null);
  }
  return rows.scan(afterId);
}

function valuesOf(record: ApiRecord, order: readonly Order[]): Cursor['values'] {
  return order.map(({ path }) => {
    const value = valueAt(record, path);
    return value === null ? null : String(value);
  });
}

/** Empty values come first, as smallest. */
function compareAt(resource: Resource, order: readonly Order[], one: Cursor, other: Cursor): number {
  for (const [place, { path, descending }] of order.entries()) {
    const [a, b] = [one.values[place] ?? null, other.values[place] ?? null];
    const kind = resource.filterable[path] ?? 'text';
    const sign = a === null || b === null ? Number(a !== null) - Number(b !== null) : compare(a, b, kind);
    if (sign !== 0) return descending ? -sign : sign;
  }
  return one.id - other.id;
}

function written(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function readCursor({ after, order }: Listing): Cursor | null {
  if (after === null) return null;
  const read = CURSOR.safeParse(parsed(Buffer.from(after, 'base64url').toString('utf8')));
  if (!read.success || read.data.values.length !== order.length) {
    throw badParameter('page[after]', 'page[after] is not a cursor of this collection.');
  }
  return read.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
