import type { Instant } from '../../../domain/day.js';

export interface MemoryContact {
  readonly email: string;
  readonly secondaryEmails?: readonly string[];
  /** Salesforce id that stamps the contact. */
  readonly stamp?: string;
  readonly optedOut?: boolean;
  readonly bounced?: boolean;
  /** Name of the sequence that the contact is in. */
  readonly inSequence?: string;
}

export interface LatestSequence {
  readonly name: string;
  readonly at: Instant;
}

export interface StoredContact {
  readonly id: string;
  readonly emails: readonly string[];
  readonly stamp: string | null;
  readonly optedOut: boolean;
  readonly bounced: boolean;
  readonly inSequence: string | null;
  /** Kept when the contact leaves the sequence; null when it never was in one. */
  readonly latestSequence: LatestSequence | null;
  readonly properties: Readonly<Record<string, string>>;
}

export interface ContactBook {
  readonly byId: (id: string) => StoredContact | null;
  readonly byStamp: (stamp: string) => StoredContact | null;
  readonly byEmail: (email: string) => StoredContact | null;
  readonly save: (contact: StoredContact) => void;
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
  const save = (contact: StoredContact): void => {
    stored.set(contact.id, contact);
  };
  for (const contact of contacts) {
    save({
      id: newId(),
      emails: [contact.email, ...(contact.secondaryEmails ?? [])].map((email) => email.toLowerCase()),
      stamp: contact.stamp ?? null,
      optedOut: contact.optedOut ?? false,
      bounced: contact.bounced ?? false,
      inSequence: contact.inSequence ?? null,
      latestSequence: contact.inSequence === undefined ? null : { name: contact.inSequence, at: openedAt },
      properties: {},
    });
  }
  return {
    byId: (id) => stored.get(id) ?? null,
    byStamp: (stamp) => find((contact) => contact.stamp === stamp),
    byEmail: (email) => find((contact) => contact.emails.includes(email.trim().toLowerCase())),
    save,
    newId,
  };
}
