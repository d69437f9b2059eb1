import { z } from 'zod';
import { validation } from '../errors.js';
import type { ObjectRoom, Portal } from '../portal.js';
import { rendered, systemProperties } from '../rules/render.js';
import { compare, matcher, OPERATORS } from '../rules/search.js';
import { shaped } from '../rules/shape.js';
import type { StoredObject } from '../store/stored-object.js';
import { roomOf } from './object-kind.js';
import { type Answer, type Ask, ok, type Route } from './route.js';

const LONGEST_PAGE = 200;
const MOST_RESULTS = 10_000;
const LONGEST_BODY = 3_000;
const MOST = { groups: 5, filtersInGroup: 6, filters: 18 } as const;
/** What a free-text query looks into. */
const QUERIED: Readonly<Record<ObjectRoom['kind'], readonly string[]>> = {
  contacts: ['firstname', 'lastname', 'email', 'hs_additional_emails', 'phone', 'company'],
  companies: ['name', 'domain', 'website', 'phone'],
};

const FILTER = z.strictObject({
  propertyName: z.string(),
  operator: z.enum(OPERATORS),
  value: z.string().optional(),
  highValue: z.string().optional(),
  values: z.array(z.string()).optional(),
});
const SEARCH = z.strictObject({
  filterGroups: z.array(z.strictObject({ filters: z.array(FILTER) })).optional(),
  sorts: z
    .array(z.union([z.string(), z.strictObject({ propertyName: z.string(), direction: z.string() })]))
    .optional(),
  properties: z.array(z.string()).optional(),
  limit: z.number().int().optional(),
  after: z.union([z.string(), z.number()]).optional(),
  query: z.string().optional(),
});
type Search = z.infer<typeof SEARCH>;

export const SEARCH_ROUTES: readonly Route[] = [
  {
    method: 'post',
    path: '/crm/v3/objects/:type/search',
    scope: 'crm.objects.:type.read',
    quota: 'search',
    answer: search,
  },
];

function search(portal: Portal, ask: Ask): Answer {
  const room = roomOf(portal, ask.params.type);
  const asked = shaped(SEARCH, ask.body);
  checkSizes(asked, ask.body);
  const limit = asked.limit ?? 10;
  const from = Number(asked.after ?? 0);
  if (!Number.isInteger(from) || from < 0) throw validation('after must be an integer-formatted string.');
  if (from + limit > MOST_RESULTS)
    throw validation(`There is a limit of ${MOST_RESULTS} results to a search.`);
  const found = matches(portal, room, asked);
  const end = from + limit;
  return ok({
    total: found.length,
    results: found.slice(from, end).map((object) => rendered(room, object, asked.properties)),
    ...(end < found.length ? { paging: { next: { after: String(end) } } } : {}),
  });
}

function matches(portal: Portal, room: ObjectRoom, asked: Search): readonly StoredObject[] {
  const match = matcher(room, asked.filterGroups ?? []);
  const words = (asked.query ?? '').toLowerCase();
  const found: StoredObject[] = [];
  for (const object of room.rows.scanAsOf(portal.clock.now() - portal.searchLagMs)) {
    if (match(object) && (words === '' || mentions(room, object, words))) found.push(object);
  }
  return sorted(room, found, asked.sorts?.[0]);
}

function mentions(room: ObjectRoom, object: StoredObject, words: string): boolean {
  return QUERIED[room.kind].some((name) => object.properties[name]?.toLowerCase().includes(words) ?? false);
}

function sorted(
  room: ObjectRoom,
  found: readonly StoredObject[],
  sort: NonNullable<Search['sorts']>[number] | undefined,
): readonly StoredObject[] {
  if (sort === undefined) return found;
  const name = typeof sort === 'string' ? sort.replace(/^-/, '') : sort.propertyName;
  const down = typeof sort === 'string' ? sort.startsWith('-') : sort.direction === 'DESCENDING';
  const type = room.table.find(name)?.type ?? 'string';
  const cell = (object: StoredObject): string =>
    systemProperties(room, object)[name] ?? object.properties[name] ?? '';
  const ascending = found.toSorted((one, other) => compare(cell(one), cell(other), type));
  return down ? ascending.toReversed() : ascending;
}

function checkSizes(asked: Search, body: unknown): void {
  const groups = asked.filterGroups ?? [];
  const filters = groups.flatMap((group) => group.filters).length;
  const tooMany =
    groups.length > MOST.groups ||
    filters > MOST.filters ||
    groups.some((group) => group.filters.length > MOST.filtersInGroup);
  if (tooMany) {
    throw validation(
      `Up to ${MOST.groups} filter groups with ${MOST.filtersInGroup} filters each, ${MOST.filters} together.`,
    );
  }
  if (JSON.stringify(body).length > LONGEST_BODY)
    throw validation(`The body is longer than ${LONGEST_BODY}.`);
  if ((asked.sorts ?? []).length > 1) throw validation('Only one sort is supported.');
  const limit = asked.limit ?? 10;
  if (limit < 1 || limit > LONGEST_PAGE) throw validation(`limit must be between 1 and ${LONGEST_PAGE}.`);
}
