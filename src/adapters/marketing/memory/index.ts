import type { ToolId, Touches } from '../../../domain/engagement/channel.js';
import type { Clock } from '../../../ports/clock.js';
import type { Channel, MarketingTool } from '../../../ports/marketing.js';
import { type ContactBook, type MemoryContact, type StoredContact, startContactBook } from './contacts.js';
import { type Engaged, ended, engaged, readEngagement } from './engagement.js';
import { type Count, memoryList } from './list.js';
import { readConsent, upsertPersons } from './people.js';
import { propertyShelf } from './properties.js';
import { senderRoom } from './sender-room.js';
import { memorySequence } from './sequence.js';

/** HubSpot's limit for one inbox and day. */
const USUAL_ROOM = 1_000;

export interface MemoryOptions {
  readonly clock: Clock;
  /** Whom it plays: `hubspot` (absent) has lists and sequences, `outreach` sequences that people can be taken out of. */
  readonly id?: ToolId;
  readonly contacts?: readonly MemoryContact[];
  /** Names of the sequences that exist. */
  readonly sequences?: readonly string[];
  /** What they send, by name; of the others the tool can't tell. */
  readonly touches?: Readonly<Record<string, Touches>>;
  /** Addresses of users who may send. */
  readonly senders?: readonly string[];
  /** Enrolments in a sequence that each sender may do in 24 hours; absent = 1,000. */
  readonly enrolmentsPerSender?: number;
}

export interface MemoryMarketing extends MarketingTool {
  /** The contact leaves its sequence, as after the last step. */
  readonly endEnrolment: (recordId: string) => void;
  /** The contact does something, or something happens to mail for it, now. */
  readonly engage: (recordId: string, kind: Engaged) => void;
  /** The contact with this address, or null. */
  readonly lookUp: (email: string) => StoredContact | null;
}

/** A marketing tool that ends with the process; the same contract as the real ones, no network. */
export function memoryMarketing(options: MemoryOptions): MemoryMarketing {
  const { clock, id = 'hubspot' } = options;
  const book = startContactBook(contactsOf(options), clock.now());
  const counts = new Map<string, number>();
  const count = (kind: string): void => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  };
  return {
    id,
    identity: async () => ({ account: 'memory', production: false }),
    ...propertyShelf(count),
    consent: async (persons) => {
      count('consent');
      return readConsent(book, persons, clock.now());
    },
    upsert: async (persons) => {
      count('upsert');
      return upsertPersons(book, persons);
    },
    erase: async ({ email, contactId }) => {
      count('erase');
      const found = book.byEmail(email) ?? book.byStamp(contactId);
      if (found !== null) book.erase(found.id);
      return found === null ? 'absent' : 'erased';
    },
    engagement: (reading) => {
      count('engagement');
      return readEngagement(book, reading);
    },
    channels: channelsOf(book, { ...options, id }, count),
    calls: () => Object.fromEntries(counts),
    ...switchesOf(book, clock, id),
  };
}

/** Outreach knows no marketing contacts. */
function contactsOf({ id, contacts = [] }: MemoryOptions): readonly MemoryContact[] {
  return id === 'outreach' ? contacts.map(({ marketable: _, ...contact }) => contact) : contacts;
}

function switchesOf(
  book: ContactBook,
  clock: Clock,
  id: ToolId,
): Pick<MemoryMarketing, 'endEnrolment' | 'engage' | 'lookUp'> {
  const change = (recordId: string, to: (contact: StoredContact) => StoredContact): void => {
    const contact = book.byId(recordId);
    if (contact !== null) book.save(to(contact));
  };
  return {
    lookUp: (email) => book.byEmail(email),
    endEnrolment: (recordId) => change(recordId, (contact) => ended(id, contact, clock.now())),
    engage: (recordId, kind) =>
      change(recordId, (contact) => engaged(id, contact, { kind, at: clock.now() })),
  };
}

function channelsOf(
  book: ContactBook,
  options: MemoryOptions & { readonly id: ToolId },
  count: Count,
): readonly Channel[] {
  const { clock, id } = options;
  const sequence = memorySequence(book, {
    id: `${id}-sequence`,
    names: new Set(options.sequences ?? []),
    touches: options.touches ?? {},
    senders: new Set((options.senders ?? []).map((sender) => sender.toLowerCase())),
    room: senderRoom(clock, options.enrolmentsPerSender ?? USUAL_ROOM),
    count,
    clock,
  });
  return id === 'hubspot' ? [memoryList(book, count), sequence] : [sequence];
}
