import type { Channel, EnrolmentRequest } from '../../../ports/marketing.js';
import type { ContactBook } from './contacts.js';
import { missing, refusal } from './refusal.js';

export type Count = (kind: string) => void;

export function memoryList(book: ContactBook, count: Count): Channel {
  const lists = new Map<string, Set<string>>();
  const among = (target: string, requests: readonly EnrolmentRequest[]): readonly EnrolmentRequest[] =>
    requests.filter(({ recordId }) => lists.get(target)?.has(recordId));
  return {
    id: 'hubspot-list',
    exists: async (target) => lists.has(target),
    prepare: async (target) => {
      if (!lists.has(target)) lists.set(target, new Set());
    },
    enrol: async (target, requests) => {
      count('list-add');
      const members = lists.get(target);
      if (members === undefined) throw missing(`list "${target}"`);
      return requests.map(({ key, recordId }) => {
        if (book.byId(recordId) === null) {
          return { key, outcome: 'refused', refusal: refusal('OBJECT_NOT_FOUND') };
        }
        const outcome = members.has(recordId) ? 'already' : 'enrolled';
        members.add(recordId);
        return { key, outcome, made: null };
      });
    },
    enrolled: async (target, requests) =>
      new Map(among(target, requests).map(({ key }) => [key, ''] as const)),
    leave: async (target, requests) => {
      count('list-remove');
      const members = lists.get(target);
      return requests.map(({ key, recordId }) => ({
        key,
        outcome: members?.delete(recordId) ? 'left' : 'absent',
      }));
    },
    touches: async () => null,
    room: async () => null,
    forecastCalls: (persons) => (persons === 0 ? 0 : 1),
  };
}
