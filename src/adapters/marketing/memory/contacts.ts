import type { Instant } from '../../../domain/day.js';
import type { EngagementEvent } from '../../../ports/marketing.js';

export interface MemoryContact {
  readonly email: string;
  readonly secondaryEmails?: readonly string[];
  /** Salesforce id that stamps the contact. */
  readonly stamp?: string;
  readonly optedOut?: boolean;
  readonly bounced?: boolean;
  /** Absent = the tool does not say. */
  readonly marketable?: boolean;
  /** Name of the sequence that the contact is in. */
  readonly inSequence?: string;
}

export interface LatestSequence {
  readonly name: string;
  readonly at: Instant;
}

/** What happened to a contact, whoever it stands for. */
export type StoredEvent = Omit<EngagementEvent, 'person'>;

export interface StoredContact {
  readonly id: string;
  readonly emails: readonly string[];
  readonly stamp: string | null;
  readonly optedOut: boolean;
  readonly bounced: boolean;
  readonly marketable: boolean | null;
  readonly lastMailedAt: Instant | null;
  readonly inSequence: string | null;
  /** Kept when the contact leaves the sequence; null when it never was in one. */
  readonly latestSequence: LatestSequence | null;
  readonly events: readonly StoredEvent[];
  readonly properties: Readonly<Record<string, string>>;
}

export interface ContactBook {
  readonly byId: (id: string) => StoredContact | null;
  readonly byStamp: (stamp: string) => StoredContact | null;
  readonly byEmail: (email: string) => StoredContact | null;
  readonly save: (contact: StoredContact) => void;
  readonly erase: (id: string) => void;
  readonly newId: () => string;
}

export function startContactBook(contacts: readonly MemoryContact[], openedAt: Instant): ContactBook {
  const stored = new Map<string, StoredContact>();
  let lastId = 0;
  const newId = (): string => {
    lastId += 1;
    return String(lastId);
  };
  const find = (test: (contact: StoredContact) => boolean): StoredContact | null =>
    [...stored.values()].find(test) ?? null;
  for (const contact of contacts) {
    const id = newId();
    stored.set(id, { ...storedFrom(contact, openedAt), id });
  }
  return {
    byId: (id) => stored.get(id) ?? null,
    byStamp: (stamp) => find((contact) => contact.stamp === stamp),
    byEmail: (email) => find((contact) => contact.emails.includes(email.trim().toLowerCase())),
    save: (contact) => {
      stored.set(contact.id, contact);
    },
    erase: (id) => {
      stored.delete(id);
    },
    newId,
  };
}

/** Nobody has written to the contact yet. */
export function storedFrom(contact: MemoryContact, openedAt: Instant): Omit<StoredContact, 'id'> {
  const { email, secondaryEmails = [], stamp, optedOut, bounced, marketable, inSequence } = contact;
  return {
    emails: [email, ...secondaryEmails].map((address) => address.trim().toLowerCase()),
    stamp: stamp ?? null,
    optedOut: optedOut ?? false,
    bounced: bounced ?? false,
    marketable: marketable ?? null,
    lastMailedAt: null,
    inSequence: inSequence ?? null,
    latestSequence: inSequence === undefined ? null : { name: inSequence, at: openedAt },
    events: [],
    properties: {},
  };
}
