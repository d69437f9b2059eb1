import { z } from 'zod';
import { validation } from '../errors.js';
import type { Portal } from '../portal.js';
import { shaped } from '../rules/shape.js';
import { OBJECT_TYPE_IDS } from '../schema/built-in.js';
import type { StoredList } from '../store/lists.js';
import { objectKind, roomOf } from './object-kind.js';
import { pageSize } from './records.js';
import { type Answer, type Ask, NO_CONTENT, ok, type Route } from './route.js';

/** Clearing a list and copying one are only for lists below this size. */
const MOST_AT_ONCE = 100_000;
const LONGEST_PAGE = 250;
/** No limit is published; stricter on purpose, so that a client that does not part its calls shows. */
const MOST_IDS = 10_000;

const IDS = z.array(z.string());
const CHANGE = z.strictObject({ recordIdsToAdd: IDS, recordIdsToRemove: IDS });
const PAGE = z.strictObject({
  limit: z.string().optional(),
  after: z.string().optional(),
  before: z.string().optional(),
});
const BATCH = z.strictObject({
  inputs: z.array(z.strictObject({ objectTypeId: z.string(), recordId: z.string() })),
});

const READ = 'crm.lists.read';
const WRITE = 'crm.lists.write';
const ROOT = '/crm/v3/lists/:listId/memberships';

export const MEMBERSHIP_ROUTES: readonly Route[] = [
  { method: 'post', path: '/crm/v3/lists/records/memberships/batch/read', scope: READ, answer: ofRecords },
  { method: 'get', path: '/crm/v3/lists/records/:type/:recordId/memberships', scope: READ, answer: ofRecord },
  { method: 'get', path: ROOT, scope: READ, answer: page },
  { method: 'delete', path: ROOT, scope: WRITE, answer: clear },
  { method: 'put', path: `${ROOT}/add`, scope: WRITE, answer: add },
  { method: 'put', path: `${ROOT}/remove`, scope: WRITE, answer: remove },
  { method: 'put', path: `${ROOT}/add-and-remove`, scope: WRITE, answer: addAndRemove },
  { method: 'put', path: `${ROOT}/add-from/:sourceListId`, scope: WRITE, answer: addFrom },
];

function add(portal: Portal, ask: Ask): Answer {
  return changed(portal, ask, { toAdd: shaped(IDS, ask.body), toRemove: [] });
}

function remove(portal: Portal, ask: Ask): Answer {
  return changed(portal, ask, { toAdd: [], toRemove: shaped(IDS, ask.body) });
}

function addAndRemove(portal: Portal, ask: Ask): Answer {
  const { recordIdsToAdd, recordIdsToRemove } = shaped(CHANGE, ask.body);
  return changed(portal, ask, { toAdd: recordIdsToAdd, toRemove: recordIdsToRemove });
}

interface Change {
  readonly toAdd: readonly string[];
  readonly toRemove: readonly string[];
}

function changed(portal: Portal, ask: Ask, { toAdd, toRemove }: Change): Answer {
  if (toAdd.length + toRemove.length > MOST_IDS) {
    throw validation(`A request may change at most ${MOST_IDS} memberships.`);
  }
  const list = byHand(portal.lists.byId(ask.params.listId ?? ''));
  const room = roomOf(portal, list.objectTypeId);
  const exists = (id: string): boolean => room.rows.byId(id)?.archived === false;
  const missing = toAdd.filter((id) => !exists(id));
  const added = [...new Set(toAdd)].filter((id) => exists(id) && !list.members.has(id));
  const removed = toRemove.filter((id) => list.members.has(id));
  for (const id of added) portal.lists.join(list, id, Math.floor(portal.clock.now()));
  for (const id of removed) list.members.delete(id);
  return ok({
    // The public page says `recordIdsAdded`, specification and client read `recordsIdsAdded`: both are sent.
    recordsIdsAdded: added,
    recordIdsAdded: added,
    recordIdsRemoved: removed,
    recordIdsMissing: missing,
  });
}

function addFrom(portal: Portal, ask: Ask): Answer {
  const list = byHand(portal.lists.byId(ask.params.listId ?? ''));
  const source = small(portal.lists.byId(ask.params.sourceListId ?? ''));
  for (const id of source.members.keys()) {
    portal.lists.join(list, id, Math.floor(portal.clock.now()));
  }
  return NO_CONTENT;
}

function clear(portal: Portal, ask: Ask): Answer {
  small(byHand(portal.lists.byId(ask.params.listId ?? ''))).members.clear();
  return NO_CONTENT;
}

function page(portal: Portal, ask: Ask): Answer {
  const list = portal.lists.byId(ask.params.listId ?? '');
  const query = shaped(PAGE, ask.query);
  const limit = pageSize(query.limit, { most: LONGEST_PAGE, usual: 100 });
  const members = [...list.members].toSorted(([one], [other]) => Number(one) - Number(other));
  const from = query.after === undefined ? 0 : members.findIndex(([id]) => Number(id) > Number(query.after));
  const rows = from < 0 ? [] : members.slice(from, from + limit);
  const last = rows.at(-1)?.[0];
  const more = last !== undefined && last !== members.at(-1)?.[0];
  return ok({
    total: members.length,
    results: rows.map(([recordId, at]) => ({ recordId, membershipTimestamp: new Date(at).toISOString() })),
    ...(more ? { paging: { next: { after: last } } } : {}),
  });
}

function ofRecord(portal: Portal, ask: Ask): Answer {
  const { type, recordId } = ask.params;
  const results = membershipsOf(portal, type ?? '', recordId ?? '');
  return ok({ total: results.length, results });
}

function ofRecords(portal: Portal, ask: Ask): Answer {
  const { inputs } = shaped(BATCH, ask.body);
  const at = new Date(Math.floor(portal.clock.now())).toISOString();
  const results = inputs.map(({ objectTypeId, recordId }) => ({
    objectTypeId,
    recordId,
    recordListMemberships: membershipsOf(portal, objectTypeId, recordId),
  }));
  return ok({ status: 'COMPLETE', results, startedAt: at, completedAt: at });
}

function membershipsOf(
  portal: Portal,
  type: string,
  recordId: string,
): readonly Readonly<Record<string, unknown>>[] {
  const lists = portal.lists.ofRecord(OBJECT_TYPE_IDS[objectKind(type)], recordId);
  return lists.map((list) => {
    const joined = new Date(list.members.get(recordId) ?? 0).toISOString();
    return {
      listId: list.listId,
      listVersion: list.listVersion,
      firstAddedTimestamp: joined,
      lastAddedTimestamp: joined,
      isPublicList: false,
    };
  });
}

function byHand(list: StoredList): StoredList {
  if (list.processingType === 'DYNAMIC') {
    throw validation(`List ${list.listId} is DYNAMIC; its members follow from its filters.`, {
      subCategory: 'ILS.INVALID_LIST_PROCESSING_TYPE',
    });
  }
  return list;
}

function small(list: StoredList): StoredList {
  if (list.members.size >= MOST_AT_ONCE) {
    throw validation(`List ${list.listId} has ${MOST_AT_ONCE} members or more.`);
  }
  return list;
}
