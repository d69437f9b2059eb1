import type { BaseContact, BaseContacts } from './base-contacts.js';
import type { BaseObjects } from './objects.js';
import type { StoredObject } from './stored-object.js';

const DAY_MS = 86_400_000;

export interface ContactRows {
  readonly contacts: BaseContacts;
  readonly firstId: number;
  /** When the portal was opened, in milliseconds since 1970; contacts came in the three years before it. */
  readonly openedAt: number;
  readonly sequenceIds: readonly string[];
}

/** The starting contacts as records: id and times follow from the slot. */
export function contactRows(rows: ContactRows): BaseObjects {
  const { contacts, firstId } = rows;
  return {
    count: contacts.count,
    at: (index) => {
      const contact = contacts.at(index);
      return contact === null ? null : rowOf(contact, index, rows);
    },
    indexOf: (id) => {
      const index = Number(id) - firstId;
      return Number.isInteger(index) && index >= 0 && index < contacts.count ? index : -1;
    },
    indexWhere: (property, value) => (property === 'email' ? contacts.indexOfEmail(value) : -1),
  };
}

/** When the contact at this slot joined its sequence. */
export function enrolledAt(index: number, openedAt: number): number {
  return openedAt - (1 + (index % 20)) * DAY_MS;
}

function rowOf(
  contact: BaseContact,
  index: number,
  { firstId, openedAt, sequenceIds }: ContactRows,
): StoredObject {
  const createdAt = openedAt - (30 + (index % 1_000)) * DAY_MS;
  const properties: Record<string, string> = {
    email: contact.email,
    hs_additional_emails: contact.secondaryEmails.join(';'),
    firstname: contact.firstName,
    lastname: contact.lastName,
    company: contact.companyName,
    hs_email_domain: contact.email.slice(contact.email.indexOf('@') + 1),
    lifecyclestage: 'customer',
    hs_object_source: 'IMPORT',
    ...(contact.marketable === null ? {} : { hs_marketable_status: String(contact.marketable) }),
    ...(contact.optedOut ? { hs_email_optout: 'true' } : {}),
    ...(contact.bounced ? { hs_email_bounce: '1', hs_email_hard_bounce_reason_enum: 'UNKNOWN_USER' } : {}),
    ...sequenceProperties(contact, index, { openedAt, sequenceIds }),
  };
  const filled = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== ''));
  return {
    id: String(firstId + index),
    properties: filled,
    createdAt,
    updatedAt: createdAt,
    archived: false,
  };
}

function sequenceProperties(
  contact: BaseContact,
  index: number,
  { openedAt, sequenceIds }: Pick<ContactRows, 'openedAt' | 'sequenceIds'>,
): Readonly<Record<string, string>> {
  if (contact.inSequence === null) return {};
  return {
    hs_sequences_is_enrolled: 'true',
    hs_sequences_enrolled_count: '1',
    hs_sequences_actively_enrolled_count: '1',
    hs_latest_sequence_enrolled: sequenceIds[contact.inSequence] ?? '',
    hs_latest_sequence_enrolled_date: new Date(enrolledAt(index, openedAt)).toISOString(),
  };
}
