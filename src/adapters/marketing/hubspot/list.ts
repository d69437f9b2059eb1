import { IntegrationError } from '../../../ports/errors.js';
import type { EnrolmentOutcome, EnrolmentRequest, MarketingChannel } from '../../../ports/marketing.js';
import { BATCH_SIZE, CONTACT_TYPE, type Context, chunksOf } from './context.js';
import { configError, contentRefused, mayHaveHappened } from './errors.js';
import { notSent, refusalOf } from './refusals.js';
import { ADDED, LIST, MEMBERSHIPS } from './schema.js';

/** The specification names no limit for one call; 100,000 belongs to copying and clearing. */
const MOST_TO_ADD = 1_000;

interface ManualList {
  readonly listId: string;
  readonly processingType: string;
}

/** A static list: a workflow of the marketer's starts when somebody joins. */
export function listChannel(context: Context): MarketingChannel {
  const known = new Map<string, ManualList>();
  const find = async (target: string): Promise<ManualList | null> => {
    const list = known.get(target) ?? (await findList(context, target));
    if (list !== null) known.set(target, list);
    return list;
  };
  return {
    exists: async (target) => (await find(target)) !== null,
    prepare: async (target) => {
      if ((await find(target)) === null) await createList(context, target);
    },
    enrol: async (target, requests) => addAll(context, byHand(target, await find(target)), requests),
    enrolled: async (target, recordIds) => {
      const list = await find(target);
      return list === null ? new Set() : membersAmong(context, list.listId, recordIds);
    },
    forecastCalls: (persons) => (persons === 0 ? 0 : 1 + Math.ceil(persons / MOST_TO_ADD)),
  };
}

async function findList(context: Context, name: string): Promise<ManualList | null> {
  try {
    const { list } = await context.client.send({
      kind: 'lists',
      method: 'GET',
      path: context.paths.listByName(CONTACT_TYPE, name),
      answer: LIST,
      repeat: 'repeatable',
    });
    return list;
  } catch (error) {
    if (contentRefused(error) && error.cause.code === 404) return null;
    throw error;
  }
}

/** Names are unique: when another worker was faster, its list is ours. */
async function createList(context: Context, name: string): Promise<void> {
  try {
    await context.client.send({
      kind: 'lists',
      method: 'POST',
      path: context.paths.lists,
      body: { name, objectTypeId: CONTACT_TYPE, processingType: 'MANUAL' },
      answer: LIST,
      repeat: 'repeatable',
    });
  } catch (error) {
    if (!contentRefused(error) || (await findList(context, name)) === null) throw error;
  }
}

function byHand(target: string, list: ManualList | null): ManualList {
  if (list !== null && list.processingType !== 'DYNAMIC') return list;
  throw configError('HUBSPOT_LIST_UNUSABLE', 'find list', {
    message:
      list === null
        ? `HubSpot has no contact list named "${target}".`
        : `The list "${target}" fills itself by a filter; nobody can be added to it.`,
    actions: [
      list === null
        ? 'Check the name in the playbook, or let `truenorth install` make the list.'
        : `Give the step of the playbook another list name, or make "${target}" a static list.`,
    ],
  });
}

async function addAll(
  context: Context,
  list: ManualList,
  requests: readonly EnrolmentRequest[],
): Promise<readonly EnrolmentOutcome[]> {
  const outcomes: EnrolmentOutcome[] = [];
  for (const chunk of chunksOf(requests, MOST_TO_ADD)) {
    try {
      outcomes.push(...(await addChunk(context, list, chunk)));
    } catch (error) {
      if (!(error instanceof IntegrationError)) throw error;
      if (!mayHaveHappened(error) && outcomes.length === 0) throw error;
      outcomes.push(...chunk.map(({ person }) => afterFailure(person, error)));
    }
  }
  return outcomes;
}

function afterFailure(person: string, error: IntegrationError): EnrolmentOutcome {
  return mayHaveHappened(error)
    ? { person, outcome: 'unclear' }
    : { person, outcome: 'refused', refusal: notSent(error) };
}

/** Once only: a second try would call somebody a member whom the first one had just added. */
async function addChunk(
  context: Context,
  list: ManualList,
  chunk: readonly EnrolmentRequest[],
): Promise<readonly EnrolmentOutcome[]> {
  const { added, missing } = await context.client.send({
    kind: 'list-add',
    method: 'PUT',
    path: context.paths.addToList(list.listId),
    body: [...new Set(chunk.map((request) => request.recordId))],
    answer: ADDED,
    repeat: 'once',
  });
  const fresh = new Set(added);
  return chunk.map(({ person, recordId }) => {
    if (missing.includes(recordId)) return { person, outcome: 'refused', refusal: gone() };
    return { person, outcome: fresh.delete(recordId) ? 'enrolled' : 'already' };
  });
}

function gone() {
  return refusalOf({ category: 'OBJECT_NOT_FOUND', message: 'The contact does not exist any more.' });
}

async function membersAmong(
  context: Context,
  listId: string,
  recordIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const members = new Set<string>();
  for (const chunk of chunksOf([...new Set(recordIds)], BATCH_SIZE)) {
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
