import { badRequest, notFound } from '../errors.js';
import type { Org } from '../org.js';
import { type Listing, listingOf, onlyFields } from '../rules/listing.js';
import { pageOf } from '../rules/page.js';
import { rendered } from '../rules/render.js';
import { PROSPECT } from '../schema/prospect.js';
import type { Resource } from '../schema/resource.js';
import { ACCOUNT, MAILBOX, MAILING, RULESET, SEQUENCE, SEQUENCE_STATE, USER } from '../schema/resources.js';
import type { ApiRecord } from '../store/record.js';
import type { Rows } from '../store/rows.js';
import type { Answer, Ask, Route } from './route.js';

type Shelf = (org: Org) => Rows;

const SHELVES: readonly (readonly [resource: Resource, rows: Shelf])[] = [
  [ACCOUNT, (org) => org.accounts],
  [MAILBOX, (org) => org.mailboxes],
  [MAILING, (org) => org.mailings],
  [PROSPECT, (org) => org.prospects],
  [RULESET, (org) => org.rulesets],
  [SEQUENCE, (org) => org.sequences],
  [SEQUENCE_STATE, (org) => org.states],
  [USER, (org) => org.users],
];

/** `GET /things` and `GET /things/{id}` of every type. */
export const COLLECTION_ROUTES: readonly Route[] = SHELVES.flatMap(([resource, rows]) => [
  {
    method: 'get',
    path: `/${resource.path}`,
    scope: `${resource.path}.read`,
    answer: (org, ask) => list(org, ask, { resource, rows: rows(org) }),
  },
  {
    method: 'get',
    path: `/${resource.path}/:id`,
    scope: `${resource.path}.read`,
    answer: (org, ask) => {
      const record = existing(resource, rows(org), ask);
      return { status: 200, body: document(org, resource, record, onlyFields(resource, ask.query)) };
    },
  },
]);

/** The record that the path names. */
export function existing(resource: Resource, rows: Rows, { params }: Ask): ApiRecord {
  const id = Number(params.id);
  const record = Number.isInteger(id) ? rows.byId(id) : null;
  if (record === null) throw notFound(resource.type, params.id ?? '');
  return record;
}

/** What a write answers: the whole record, and nothing beside it. */
export function written(org: Org, resource: Resource, record: ApiRecord, status: 200 | 201 = 200): Answer {
  return { status, body: document(org, resource, record, null) };
}

/** Writes take no parameters; including related records in their answers ended in 2023. */
export function noParameters({ query }: Ask): void {
  const [key] = Object.keys(query);
  if (key !== undefined) throw badRequest(`The parameter '${key}' is not accepted here.`);
}

function document(
  org: Org,
  resource: Resource,
  record: ApiRecord,
  fields: ReadonlySet<string> | null,
): Readonly<Record<string, unknown>> {
  return { data: rendered(resource, record, { root: org.root(), fields }) };
}

interface Collection {
  readonly resource: Resource;
  readonly rows: Rows;
}

function list(org: Org, ask: Ask, { resource, rows }: Collection): Answer {
  const listing = listingOf(resource, ask.query);
  const page = pageOf(resource, rows, listing);
  const rendering = { root: org.root(), fields: listing.fields };
  return {
    status: 200,
    body: {
      data: page.rows.map((record) => rendered(resource, record, rendering)),
      links: links(`${org.root()}/${resource.path}`, ask, { listing, next: page.next }),
      meta: { count: page.count, count_truncated: false },
    },
  };
}

/** The same question again, from the start and from where the page ended. */
function links(
  url: string,
  { query }: Ask,
  { listing, next }: { readonly listing: Listing; readonly next: string | null },
): Readonly<Record<string, string>> {
  const question = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) question.append(key, one);
  }
  question.set('page[size]', String(listing.size));
  question.delete('page[after]');
  const first = `${url}?${question}`;
  if (next === null) return { first };
  question.set('page[after]', next);
  return { first, next: `${url}?${question}` };
}
