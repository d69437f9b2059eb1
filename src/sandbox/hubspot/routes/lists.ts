import { z } from 'zod';
import { validation } from '../errors.js';
import type { Portal } from '../portal.js';
import { shaped } from '../rules/shape.js';
import { OBJECT_TYPE_IDS } from '../schema/built-in.js';
import type { StoredList } from '../store/lists.js';
import { type Answer, type Ask, NO_CONTENT, ok, type Route } from './route.js';

const CREATE = z.strictObject({
  name: z.string(),
  objectTypeId: z.string(),
  processingType: z.enum(['MANUAL', 'SNAPSHOT', 'DYNAMIC']),
  filterBranch: z.unknown().optional(),
  listFolderId: z.number().optional(),
  customProperties: z.record(z.string(), z.string()).optional(),
  listPermissions: z.unknown().optional(),
  membershipSettings: z.unknown().optional(),
});
const SEARCH = z.strictObject({
  offset: z.number().int().optional(),
  count: z.number().int().max(500).optional(),
  query: z.string().optional(),
  processingTypes: z.array(z.string()).optional(),
  additionalProperties: z.array(z.string()).optional(),
  listIds: z.array(z.string()).optional(),
  sort: z.string().optional(),
});
const FETCH = z.strictObject({ includeFilters: z.string().optional() });
const RENAME = z.strictObject({ listName: z.string(), includeFilters: z.string().optional() });

const READ = 'crm.lists.read';
const WRITE = 'crm.lists.write';

export const LIST_ROUTES: readonly Route[] = [
  { method: 'post', path: '/crm/v3/lists', scope: WRITE, answer: create },
  { method: 'post', path: '/crm/v3/lists/search', scope: READ, answer: search },
  { method: 'get', path: '/crm/v3/lists/object-type-id/:type/name/:name', scope: READ, answer: named },
  { method: 'get', path: '/crm/v3/lists/:listId', scope: READ, answer: read },
  { method: 'put', path: '/crm/v3/lists/:listId/update-list-name', scope: WRITE, answer: rename },
  { method: 'delete', path: '/crm/v3/lists/:listId', scope: WRITE, answer: remove },
];

/** Answers 200, not 201. */
function create(portal: Portal, ask: Ask): Answer {
  const { name, objectTypeId, processingType, filterBranch } = shaped(CREATE, ask.body);
  if (!Object.values(OBJECT_TYPE_IDS).includes(objectTypeId)) {
    throw validation(`Object type ${objectTypeId} does not support lists.`);
  }
  if (processingType === 'DYNAMIC' && filterBranch === undefined) {
    throw validation('A DYNAMIC list needs a filterBranch.');
  }
  const at = Math.floor(portal.clock.now());
  return ok({ list: shown(portal.lists.add({ name, objectTypeId, processingType, filterBranch }, at)) });
}

function read(portal: Portal, ask: Ask): Answer {
  shaped(FETCH, ask.query);
  return ok({ list: shown(portal.lists.byId(ask.params.listId ?? '')) });
}

function named(portal: Portal, ask: Ask): Answer {
  shaped(FETCH, ask.query);
  return ok({ list: shown(portal.lists.byName(ask.params.type ?? '', ask.params.name ?? '')) });
}

function rename(portal: Portal, ask: Ask): Answer {
  const { listName } = shaped(RENAME, ask.query);
  const at = Math.floor(portal.clock.now());
  return ok({ updatedList: shown(portal.lists.rename(ask.params.listId ?? '', listName, at)) });
}

function remove(portal: Portal, ask: Ask): Answer {
  portal.lists.remove(ask.params.listId ?? '');
  return NO_CONTENT;
}

function search(portal: Portal, ask: Ask): Answer {
  const { offset = 0, count = 20, query = '', processingTypes, listIds } = shaped(SEARCH, ask.body);
  const found = portal.lists
    .all()
    .filter(
      (list) =>
        list.name.toLowerCase().includes(query.toLowerCase()) &&
        (processingTypes?.includes(list.processingType) ?? true) &&
        (listIds?.includes(list.listId) ?? true),
    );
  const end = offset + count;
  const lists = found
    .slice(offset, end)
    .map((list) => ({ ...shown(list), additionalProperties: { hs_list_size: String(list.members.size) } }));
  return ok({ total: found.length, offset: Math.min(end, found.length), hasMore: end < found.length, lists });
}

function shown(list: StoredList): Readonly<Record<string, unknown>> {
  return {
    listId: list.listId,
    name: list.name,
    objectTypeId: list.objectTypeId,
    processingType: list.processingType,
    processingStatus: 'COMPLETE',
    listVersion: list.listVersion,
    size: list.members.size,
    createdAt: new Date(list.createdAt).toISOString(),
    updatedAt: new Date(list.updatedAt).toISOString(),
    filtersUpdatedAt: new Date(list.createdAt).toISOString(),
    ...(list.filterBranch === undefined ? {} : { filterBranch: list.filterBranch }),
  };
}
