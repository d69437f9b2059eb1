import { BATCH_SIZE, CONTACT_TYPE, type Context, chunksOf } from './context.js';
import { ADDED, MEMBERSHIPS, REMOVED } from './schema.js';

/**
 * Ids in one call that adds or removes members. HubSpot's specification (collection of 2026-08-21) and its page
 * "Add records to a list" (2026-03, seen 2026-11-22) name no limit; 100,000 belongs to copying and clearing.
 * 10,000 is ours: about 130 KB, answered well within the timeout.
 */
export const MOST_AT_ONCE = 10_000;

export interface Added {
  /** In the order of HubSpot's answer. */
  readonly added: readonly string[];
  /** Contacts that do not exist. */
  readonly missing: ReadonlySet<string>;
}

export async function addMembers(
  context: Context,
  listId: string,
  recordIds: readonly string[],
): Promise<Added> {
  if (recordIds.length === 0) return { added: [], missing: new Set() };
  const { added, missing } = await context.client.send({
    kind: 'list-add',
    method: 'PUT',
    path: context.paths.addToList(listId),
    body: recordIds,
    answer: ADDED,
    repeat: 'once',
  });
  return { added, missing: new Set(missing) };
}

/** Ids that were in the list until now. Tried again freely: out twice is out; only the words may differ. */
export async function removeMembers(
  context: Context,
  listId: string,
  recordIds: readonly string[],
): Promise<readonly string[]> {
  if (recordIds.length === 0) return [];
  const { recordIdsRemoved } = await context.client.send({
    kind: 'list-remove',
    method: 'PUT',
    path: context.paths.removeFromList(listId),
    body: recordIds,
    answer: REMOVED,
    repeat: 'repeatable',
  });
  return recordIdsRemoved;
}

export async function membersAmong(
  context: Context,
  listId: string,
  recordIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const members = new Set<string>();
  const distinct = [...new Set(recordIds.filter((recordId) => recordId !== ''))];
  for (const chunk of chunksOf(distinct, BATCH_SIZE)) {
    const { results } = await context.client.send({
      kind: 'list-members',
      method: 'POST',
      path: context.paths.membershipsOfRecords,
      body: { inputs: chunk.map((recordId) => ({ objectTypeId: CONTACT_TYPE, recordId })) },
      answer: MEMBERSHIPS,
      repeat: 'repeatable',
    });
    for (const { recordId, recordListMemberships } of results) {
      if (recordListMemberships.some((one) => String(one.listId) === listId)) members.add(recordId);
    }
  }
  return members;
}
