import type { Instant } from '../../../domain/day.js';
import type { Clock } from '../../../ports/clock.js';
import { IntegrationError } from '../../../ports/errors.js';
import {
  type EnrolmentOutcome,
  type EnrolmentRequest,
  type MarketingChannel,
  SEQUENCE_REST_DAYS,
} from '../../../ports/marketing.js';
import type { ContactBook, StoredContact } from './contacts.js';
import { refusal } from './refusal.js';

const REST_MS = SEQUENCE_REST_DAYS * 86_400_000;

type Count = (kind: string) => void;

export function memoryList(book: ContactBook, count: Count): MarketingChannel {
  const lists = new Map<string, Set<string>>();
  const join = (members: Set<string>, { person, recordId }: EnrolmentRequest): EnrolmentOutcome => {
    if (book.byId(recordId) === null) {
      return { person, outcome: 'refused', refusal: refusal('OBJECT_NOT_FOUND') };
    }
    const outcome = members.has(recordId) ? 'already' : 'enrolled';
    members.add(recordId);
    return { person, outcome };
  };
  return {
    exists: async (target) => lists.has(target),
    prepare: async (target) => {
      if (!lists.has(target)) lists.set(target, new Set());
    },
    enrol: async (target, requests) => {
      count('list-add');
      const members = lists.get(target);
      if (members === undefined) throw missing(`list "${target}"`);
      return requests.map((request) => join(members, request));
    },
    enrolled: async (target, recordIds) =>
      new Set(recordIds.filter((recordId) => lists.get(target)?.has(recordId))),
    forecastCalls: (persons) => (persons === 0 ? 0 : 1),
  };
}

export interface SequenceShelf {
  readonly names: ReadonlySet<string>;
  readonly senders: ReadonlySet<string>;
  readonly count: Count;
  readonly clock: Clock;
}

export function memorySequence(
  book: ContactBook,
  { names, senders, count, clock }: SequenceShelf,
): MarketingChannel {
  const enrol = (target: string, request: EnrolmentRequest): EnrolmentOutcome => {
    const { person, recordId, senderEmail } = request;
    if (!senders.has(senderEmail.toLowerCase())) {
      return { person, outcome: 'refused', refusal: refusal('SENDER_UNKNOWN') };
    }
    const contact = book.byId(recordId);
    if (contact !== null && restsFrom(contact, target, clock.now())) return { person, outcome: 'already' };
    const code = obstacle(contact);
    if (contact === null || code !== null) {
      return { person, outcome: 'refused', refusal: refusal(code ?? 'OBJECT_NOT_FOUND') };
    }
    book.save({ ...contact, inSequence: target, latestSequence: { name: target, at: clock.now() } });
    return { person, outcome: 'enrolled' };
  };
  return {
    exists: async (target) => names.has(target),
    prepare: async (target) => {
      if (!names.has(target)) throw missing(`sequence "${target}"`);
    },
    enrol: async (target, requests) => {
      count('sequence-enrol');
      if (!names.has(target)) throw missing(`sequence "${target}"`);
      return requests.map((request) => enrol(target, request));
    },
    enrolled: async (target, recordIds) =>
      new Set(recordIds.filter((recordId) => book.byId(recordId)?.latestSequence?.name === target)),
    forecastCalls: (persons) => persons,
  };
}

/** In it now, or so lately that the same is not sent again. */
function restsFrom({ inSequence, latestSequence }: StoredContact, target: string, now: Instant): boolean {
  if (inSequence === target) return true;
  return latestSequence?.name === target && latestSequence.at > now - REST_MS;
}

function obstacle(contact: StoredContact | null) {
  if (contact === null) return 'OBJECT_NOT_FOUND';
  if (contact.inSequence !== null) return 'ALREADY_ENROLLED';
  if (contact.optedOut) return 'UNSUBSCRIBED';
  return contact.bounced ? 'BOUNCED' : null;
}

function missing(what: string): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'MEMORY_TARGET_MISSING',
    message: `There is no ${what}.`,
    actions: [`Make the ${what}, or correct the playbook.`],
    retryable: false,
    provider: 'memory',
    operation: 'find target',
  });
}
