import { IntegrationError } from '../../../ports/errors.js';
import type { Channel, EnrolmentOutcome, EnrolmentRequest, LeaveOutcome } from '../../../ports/marketing.js';
import { type Context, chunksOf } from './context.js';
import { contentRefused, mayHaveHappened } from './errors.js';
import { byHand, fillsItself, type ListDirectory, listDirectory } from './list-directory.js';
import { addMembers, MOST_AT_ONCE, membersAmong, removeMembers } from './list-members.js';
import { gone, notSent } from './refusals.js';

/** A static list: a workflow of the marketer's starts when somebody joins. */
export function listChannel(context: Context): Channel {
  const lists = listDirectory(context);
  return {
    id: 'hubspot-list',
    exists: async (target) => (await lists.find(target)) !== null,
    prepare: lists.ensure,
    enrol: async (target, requests) => {
      if (requests.length === 0) return [];
      const { listId } = byHand(target, await lists.find(target));
      return inChunks(requests, (chunk) =>
        unlessDeleted(lists, target, addChunk({ context, listId }, chunk)),
      );
    },
    enrolled: async (target, requests) => {
      const list = requests.length === 0 ? null : await lists.find(target);
      if (list === null) return new Map();
      const members = await membersAmong(
        context,
        list.listId,
        requests.map(({ recordId }) => recordId),
      );
      return new Map(
        requests.filter(({ recordId }) => members.has(recordId)).map(({ key }) => [key, ''] as const),
      );
    },
    leave: async (target, requests) =>
      requests.length === 0 ? [] : leaveAll({ context, lists }, target, requests),
    // What a workflow sends is the marketer's affair; no API tells it.
    touches: async () => null,
    room: async () => null,
    forecastCalls: (persons) => (persons === 0 ? 0 : 1 + Math.ceil(persons / MOST_AT_ONCE)),
  };
}

interface Place {
  readonly context: Context;
  readonly listId: string;
}

/** Once only: a second try would call somebody a member whom the first one had just added. */
async function addChunk(
  place: Place,
  chunk: readonly EnrolmentRequest[],
): Promise<readonly EnrolmentOutcome[]> {
  const { added, missing } = await addMembers(place.context, place.listId, idsOf(chunk));
  const fresh = new Set(added);
  return chunk.map(({ key, recordId }) => {
    if (recordId === '' || missing.has(recordId)) return { key, outcome: 'refused', refusal: gone() };
    return { key, outcome: fresh.delete(recordId) ? 'enrolled' : 'already', made: null };
  });
}

interface Room {
  readonly context: Context;
  readonly lists: ListDirectory;
}

/** A list that is gone has let everybody go; nobody can be taken out of one that fills itself. */
async function leaveAll(
  { context, lists }: Room,
  target: string,
  requests: readonly EnrolmentRequest[],
): Promise<readonly LeaveOutcome[]> {
  const list = await lists.find(target);
  if (list === null) return requests.map(({ key }) => ({ key, outcome: 'absent' }));
  if (fillsItself(list)) return requests.map(({ key }) => ({ key, outcome: 'cannot' }));
  return inChunks(requests, (chunk) =>
    unlessDeleted(lists, target, removeChunk({ context, listId: list.listId }, chunk)),
  );
}

async function removeChunk(
  place: Place,
  chunk: readonly EnrolmentRequest[],
): Promise<readonly LeaveOutcome[]> {
  const removed = new Set(await removeMembers(place.context, place.listId, idsOf(chunk)));
  return chunk.map(({ key, recordId }) => ({ key, outcome: removed.delete(recordId) ? 'left' : 'absent' }));
}

function idsOf(chunk: readonly EnrolmentRequest[]): readonly string[] {
  return [...new Set(chunk.map(({ recordId }) => recordId).filter((recordId) => recordId !== ''))];
}

async function unlessDeleted<T>(lists: ListDirectory, target: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (contentRefused(error) && error.cause.code === 404) lists.forget(target);
    throw error;
  }
}

type Failed =
  | { readonly key: string; readonly outcome: 'unclear'; readonly made: null }
  | { readonly key: string; readonly outcome: 'refused'; readonly refusal: ReturnType<typeof notSent> };

/** What happened in earlier chunks is never lost: a failure is thrown only when nothing can have been done. */
async function inChunks<T>(
  requests: readonly EnrolmentRequest[],
  change: (chunk: readonly EnrolmentRequest[]) => Promise<readonly T[]>,
): Promise<readonly (T | Failed)[]> {
  const outcomes: (T | Failed)[] = [];
  for (const chunk of chunksOf(requests, MOST_AT_ONCE)) {
    try {
      outcomes.push(...(await change(chunk)));
    } catch (error) {
      if (!(error instanceof IntegrationError)) throw error;
      if (!mayHaveHappened(error) && outcomes.length === 0) throw error;
      outcomes.push(...chunk.map(({ key }) => afterFailure(key, error)));
    }
  }
  return outcomes;
}

function afterFailure(key: string, error: IntegrationError): Failed {
  return mayHaveHappened(error)
    ? { key, outcome: 'unclear', made: null }
    : { key, outcome: 'refused', refusal: notSent(error) };
}
