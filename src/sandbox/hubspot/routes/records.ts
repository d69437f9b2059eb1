import { z } from 'zod';
import { validation } from '../errors.js';
import type { ObjectRoom, Portal } from '../portal.js';
import { echoed, rendered } from '../rules/render.js';
import { PROPERTIES, shaped } from '../rules/shape.js';
import { archiveObject, createObject, findObject, liveObject, updateObject } from '../rules/write.js';
import { roomOf } from './object-kind.js';
import { type Answer, type Ask, NO_CONTENT, ok, type Route } from './route.js';

const LONGEST_PAGE = 100;

export const ASSOCIATIONS = z
  .array(
    z.strictObject({
      to: z.strictObject({ id: z.string() }),
      types: z.array(z.strictObject({ associationCategory: z.string(), associationTypeId: z.number() })),
    }),
  )
  .optional();

const CREATE = z.strictObject({ properties: PROPERTIES, associations: ASSOCIATIONS });
const UPDATE = z.strictObject({ properties: PROPERTIES });
const ONE_QUERY = z.strictObject({
  properties: z.union([z.string(), z.array(z.string())]).optional(),
  propertiesWithHistory: z.union([z.string(), z.array(z.string())]).optional(),
  associations: z.union([z.string(), z.array(z.string())]).optional(),
  archived: z.enum(['true', 'false']).optional(),
  idProperty: z.string().optional(),
});
const PAGE_QUERY = ONE_QUERY.omit({ idProperty: true }).extend({
  limit: z.string().optional(),
  after: z.string().optional(),
});
const FORGET = z.strictObject({ objectId: z.string(), idProperty: z.string().optional() });

export const RECORD_ROUTES: readonly Route[] = [
  {
    method: 'post',
    path: '/crm/v3/objects/contacts/gdpr-delete',
    scope: 'crm.objects.contacts.write',
    answer: forget,
  },
  { method: 'get', path: '/crm/v3/objects/:type', scope: 'crm.objects.:type.read', answer: page },
  { method: 'post', path: '/crm/v3/objects/:type', scope: 'crm.objects.:type.write', answer: create },
  { method: 'get', path: '/crm/v3/objects/:type/:id', scope: 'crm.objects.:type.read', answer: read },
  { method: 'patch', path: '/crm/v3/objects/:type/:id', scope: 'crm.objects.:type.write', answer: update },
  {
    method: 'delete',
    path: '/crm/v3/objects/:type/:id',
    scope: 'crm.objects.:type.write',
    answer: remove,
  },
];

function create(portal: Portal, ask: Ask): Answer {
  const room = roomOf(portal, ask.params.type);
  const { properties } = shaped(CREATE, ask.body);
  return { status: 201, body: echoed(room, createObject(room, properties).object) };
}

function read(portal: Portal, ask: Ask): Answer {
  const room = roomOf(portal, ask.params.type);
  const query = shaped(ONE_QUERY, ask.query);
  const id = ask.params.id ?? '';
  const found = findObject(room, id, query.idProperty);
  const object =
    query.archived === 'true' && found?.archived === true ? found : liveObject(room, id, query.idProperty);
  return ok(rendered(room, object, listed(query.properties)));
}

function update(portal: Portal, ask: Ask): Answer {
  const room = roomOf(portal, ask.params.type);
  const { idProperty } = shaped(ONE_QUERY.pick({ idProperty: true }), ask.query);
  const { id } = liveObject(room, ask.params.id ?? '', idProperty);
  const { properties } = shaped(UPDATE, ask.body);
  return ok(echoed(room, updateObject(room, id, properties).object));
}

function remove(portal: Portal, ask: Ask): Answer {
  archiveObject(roomOf(portal, ask.params.type), ask.params.id ?? '');
  return NO_CONTENT;
}

function forget(portal: Portal, ask: Ask): Answer {
  const { objectId, idProperty } = shaped(FORGET, ask.body);
  const { id } = liveObject(portal.contacts, objectId, idProperty);
  for (const list of portal.lists.ofRecord('0-1', id)) list.members.delete(id);
  portal.sequences.finish(id);
  portal.contacts.rows.forget(id);
  return NO_CONTENT;
}

function page(portal: Portal, ask: Ask): Answer {
  const room = roomOf(portal, ask.params.type);
  const query = shaped(PAGE_QUERY, ask.query);
  const limit = pageSize(query.limit, { most: LONGEST_PAGE, usual: 10 });
  const rows = firstOf(room.rows.scan(query.after), limit + 1);
  const next = rows[limit];
  return ok({
    results: rows.slice(0, limit).map((object) => rendered(room, object, listed(query.properties))),
    ...(next === undefined ? {} : { paging: nextPage(room, next.id) }),
  });
}

function nextPage(room: ObjectRoom, after: string) {
  return { next: { after, link: `https://api.hubapi.com/crm/v3/objects/${room.kind}?after=${after}` } };
}

/** `a,b` or repeated keys. */
function listed(value: string | readonly string[] | undefined): readonly string[] | undefined {
  if (value === undefined) return undefined;
  return (typeof value === 'string' ? [value] : value)
    .flatMap((one) => one.split(','))
    .map((one) => one.trim());
}

export function pageSize(
  limit: string | undefined,
  { most, usual }: { most: number; usual: number },
): number {
  const size = limit === undefined ? usual : Number(limit);
  if (!Number.isInteger(size) || size < 1 || size > most)
    throw validation(`limit must be between 1 and ${most}.`);
  return size;
}

function firstOf<T>(rows: Iterable<T>, count: number): readonly T[] {
  const taken: T[] = [];
  for (const row of rows) {
    taken.push(row);
    if (taken.length >= count) break;
  }
  return taken;
}
