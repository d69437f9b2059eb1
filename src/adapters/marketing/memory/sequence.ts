import type { Instant } from '../../../domain/day.js';
import { CHANNELS, type Touches } from '../../../domain/engagement/channel.js';
import type { Clock } from '../../../ports/clock.js';
import {
  type Channel,
  type EnrolmentOutcome,
  type EnrolmentRequest,
  type LeaveOutcome,
  SEQUENCE_REST_DAYS,
} from '../../../ports/marketing.js';
import type { ContactBook, StoredContact } from './contacts.js';
import type { Count } from './list.js';
import { missing, refusal } from './refusal.js';
import type { SenderRoom } from './sender-room.js';

const REST_MS = SEQUENCE_REST_DAYS * 86_400_000;

export interface SequenceShelf {
  readonly id: 'hubspot-sequence' | 'outreach-sequence';
  readonly names: ReadonlySet<string>;
  readonly touches: Readonly<Record<string, Touches>>;
  readonly senders: ReadonlySet<string>;
  readonly room: SenderRoom;
  readonly count: Count;
  readonly clock: Clock;
}

/** Both tools' sequences: a person is in one at a time; only Outreach lets people out again. */
export function memorySequence(book: ContactBook, shelf: SequenceShelf): Channel {
  const { id, names, count } = shelf;
  return {
    id,
    exists: async (target) => names.has(target),
    prepare: async (target) => {
      if (!names.has(target)) throw missing(`sequence "${target}"`);
    },
    enrol: async (target, requests) => {
      count('sequence-enrol');
      if (!names.has(target)) throw missing(`sequence "${target}"`);
      return requests.map((request) => enrolOne({ ...shelf, book }, target, request));
    },
    enrolled: async (target, requests) =>
      new Map(
        requests
          .filter(({ recordId }) => book.byId(recordId)?.latestSequence?.name === target)
          .map(({ key }) => [key, ''] as const),
      ),
    leave: async (target, requests) => {
      if (!CHANNELS[id].leavable) return requests.map(({ key }) => ({ key, outcome: 'cannot' }));
      count('sequence-leave');
      return requests.map((request) => leaveOne(book, target, request));
    },
    touches: async (target) => shelf.touches[target] ?? null,
    room: async (senderEmail) => shelf.room.left(senderEmail),
    forecastCalls: (persons) => persons,
  };
}

interface Shelf extends SequenceShelf {
  readonly book: ContactBook;
}

function enrolOne(shelf: Shelf, target: string, request: EnrolmentRequest): EnrolmentOutcome {
  const { key, recordId, senderEmail } = request;
  const contact = shelf.book.byId(recordId);
  const now = shelf.clock.now();
  const known = shelf.senders.has(senderEmail.toLowerCase());
  if (known && contact !== null && restsFrom(contact, target, now)) {
    return { key, outcome: 'already', made: null };
  }
  const code = known ? obstacle(contact) : 'SENDER_UNKNOWN';
  if (contact === null || code !== null) {
    return { key, outcome: 'refused', refusal: refusal(code ?? 'OBJECT_NOT_FOUND') };
  }
  if (!shelf.room.take(senderEmail)) return { key, outcome: 'refused', refusal: refusal('INBOX_LIMIT') };
  shelf.book.save({ ...contact, inSequence: target, latestSequence: { name: target, at: now } });
  return { key, outcome: 'enrolled', made: null };
}

function leaveOne(book: ContactBook, target: string, { key, recordId }: EnrolmentRequest): LeaveOutcome {
  const contact = book.byId(recordId);
  if (contact === null || contact.inSequence !== target) return { key, outcome: 'absent' };
  book.save({ ...contact, inSequence: null });
  return { key, outcome: 'left' };
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
