import type { Instant } from '../../../domain/day.js';
import type { ConsentReading, PersonToMatch } from '../../../ports/marketing.js';
import type { RecordAnswer } from './schema.js';

/** What is asked for each contact, besides the stamp. */
export const CONSENT_PROPERTIES = [
  'email',
  'hs_additional_emails',
  'hs_email_optout',
  'hs_email_bounce',
  'hs_email_hard_bounce_reason_enum',
  'hs_email_quarantined',
  'hs_sequences_is_enrolled',
  'hs_marketable_status',
  'hs_email_last_send_date',
] as const;

/** Every address of the contact, in lower case. */
export function addressesOf(record: RecordAnswer): readonly string[] {
  const secondary = (record.properties.hs_additional_emails ?? '').split(';');
  return [record.properties.email ?? '', ...secondary]
    .map((address) => address.trim().toLowerCase())
    .filter((address) => address !== '');
}

/** Nobody knows the person: then nothing speaks against mailing either. */
function unknownPerson(person: PersonToMatch, readAt: Instant): ConsentReading {
  return {
    person: person.person,
    recordId: null,
    optedOut: false,
    bounced: false,
    inSequence: false,
    marketable: null,
    lastMailedAt: null,
    ambiguous: false,
    readAt,
  };
}

export function unreadPerson(person: PersonToMatch, readAt: Instant): ConsentReading {
  return { ...unknownPerson(person, readAt), optedOut: null, bounced: null, inSequence: null };
}

/** Several records: what one of them says against mailing counts for all. */
export function consentReading(
  person: PersonToMatch,
  records: readonly RecordAnswer[],
  readAt: Instant,
): ConsentReading {
  const [first, ...others] = records;
  if (first === undefined) return unknownPerson(person, readAt);
  return {
    person: person.person,
    recordId: others.length === 0 ? first.id : null,
    optedOut: anyOf(records.map((record) => flag(record, 'hs_email_optout'))),
    bounced: anyOf(records.map(bounced)),
    inSequence: anyOf(records.map((record) => flag(record, 'hs_sequences_is_enrolled'))),
    marketable: marketable(records.map((record) => record.properties.hs_marketable_status ?? '')),
    lastMailedAt: latest(records.map((record) => instantOf(record, 'hs_email_last_send_date'))),
    ambiguous: others.length > 0,
    readAt,
  };
}

/** A defined but empty property comes as null; one that we may not see does not come at all. */
function flag(record: RecordAnswer, name: string): boolean | null {
  const value = record.properties[name];
  return value === undefined ? null : value === 'true';
}

function bounced(record: RecordAnswer): boolean | null {
  const count = record.properties.hs_email_bounce;
  const reason = record.properties.hs_email_hard_bounce_reason_enum;
  return anyOf([
    count === undefined ? null : Number(count ?? 0) > 0,
    reason === undefined ? null : (reason ?? '') !== '',
    flag(record, 'hs_email_quarantined'),
  ]);
}

/** One that must not get marketing mail decides; an empty status is none. */
function marketable(statuses: readonly string[]): boolean | null {
  if (statuses.includes('false')) return false;
  return statuses.every((status) => status === 'true') ? true : null;
}

function latest(instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce(
    (one, other) => (one === null || other === null ? (one ?? other) : Math.max(one, other)),
    null,
  );
}

export function instantOf({ properties }: RecordAnswer, name: string): Instant | null {
  return parseInstant(properties[name] ?? '');
}

/** HubSpot answers dates in ISO form and takes milliseconds too; both are read. */
export function parseInstant(text: string): Instant | null {
  const at = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

/** One yes decides; without one, one unknown leaves it unknown. */
function anyOf(answers: readonly (boolean | null)[]): boolean | null {
  if (answers.includes(true)) return true;
  return answers.includes(null) ? null : false;
}
