import { z } from 'zod';
import { notFound, VendorError, validation } from '../errors.js';
import type { Portal } from '../portal.js';
import { detailed, summary } from '../rules/sequence-render.js';
import { shaped } from '../rules/shape.js';
import { liveObject, stampObject } from '../rules/write.js';
import type { Enrolment, Sequence } from '../store/sequences.js';
import type { ConnectedUser } from '../store/users.js';
import { pageSize } from './records.js';
import { type Answer, type Ask, ok, type Route } from './route.js';

/** Enrolments from one inbox in 24 hours. */
const MOST_PER_INBOX = 1_000;
const DAY_MS = 86_400_000;
const LONGEST_PAGE = 100;

const USER = z.strictObject({ userId: z.string() });
const PAGE = USER.extend({
  limit: z.string().optional(),
  after: z.string().optional(),
  name: z.string().optional(),
});
const ENROL = z.strictObject({
  sequenceId: z.string(),
  contactId: z.string(),
  senderEmail: z.string(),
  senderAliasAddress: z.string().optional(),
});

const READ = 'automation.sequences.read';
const WRITE = 'automation.sequences.enrollments.write';
const ROOT = '/automation/v4/sequences';

export const SEQUENCE_ROUTES: readonly Route[] = [
  { method: 'get', path: `${ROOT}/enrollments/contact/:contactId`, scope: READ, answer: state },
  { method: 'post', path: `${ROOT}/enrollments`, scope: WRITE, answer: enrol },
  { method: 'get', path: ROOT, scope: READ, answer: page },
  { method: 'get', path: `${ROOT}/:sequenceId`, scope: READ, answer: read },
];

function page(portal: Portal, ask: Ask): Answer {
  const query = shaped(PAGE, ask.query);
  userOf(portal, query.userId);
  const limit = pageSize(query.limit, { most: LONGEST_PAGE, usual: 50 });
  const wanted = (query.name ?? '').toLowerCase();
  const found = portal.sequences.all().filter((one) => one.name.toLowerCase().includes(wanted));
  const from = Number(query.after ?? 0);
  const end = from + limit;
  return ok({
    total: found.length,
    results: found.slice(from, end).map(summary),
    ...(end < found.length ? { paging: { next: { after: String(end) } } } : {}),
  });
}

function read(portal: Portal, ask: Ask): Answer {
  userOf(portal, shaped(USER, ask.query).userId);
  const sequence = known(portal, ask.params.sequenceId ?? '');
  return ok(detailed(sequence));
}

function state(portal: Portal, ask: Ask): Answer {
  const contactId = ask.params.contactId ?? '';
  liveObject(portal.contacts, contactId);
  const running = portal.sequences.running(contactId);
  if (running === null) throw notFound(`No sequence enrollment found for contact ${contactId}.`);
  return ok({
    ...answered(running),
    sequenceId: running.sequenceId,
    sequenceName: known(portal, running.sequenceId).name,
    enrolledBy: running.enrolledBy,
    enrolledByEmail: running.enrolledByEmail,
  });
}

function enrol(portal: Portal, ask: Ask): Answer {
  const user = userOf(portal, shaped(USER, ask.query).userId);
  const { sequenceId, contactId, senderEmail } = shaped(ENROL, ask.body);
  const sequence = known(portal, sequenceId);
  const contact = liveObject(portal.contacts, contactId);
  const sender = senderEmail.trim().toLowerCase();
  if (!user.inbox || user.email !== sender)
    throw refused('SENDER_NOT_CONNECTED', 'The inbox is not connected.');
  checkRecipient(portal, contactId, contact.properties);
  const at = Math.floor(portal.clock.now());
  if (portal.sequences.enrolledFrom(sender, at - DAY_MS) >= MOST_PER_INBOX) {
    throw refused('ENROLLMENT_LIMIT_REACHED', `The inbox has reached ${MOST_PER_INBOX} enrollments today.`);
  }
  const enrolment = portal.sequences.enrol({
    contactId,
    sequenceId,
    toEmail: contact.properties.email ?? '',
    enrolledAt: at,
    enrolledBy: user.userId,
    enrolledByEmail: sender,
  });
  stampObject(portal.contacts, contactId, enrolledProperties(sequence, contact.properties, at));
  return ok(answered(enrolment));
}

/** Reasons as HubSpot's knowledge base publishes them; how the API words them is not published. */
function checkRecipient(
  portal: Portal,
  contactId: string,
  properties: Readonly<Record<string, string>>,
): void {
  if ((properties.email ?? '') === '')
    throw refused('OTHER_SEND_REJECTED', 'The contact has no email address.');
  if (portal.sequences.running(contactId) !== null) {
    throw refused('ALREADY_ENROLLED', 'The contact is already enrolled in a sequence.');
  }
  if (properties.hs_email_optout === 'true') throw refused('UNSUBSCRIBED', 'The contact has unsubscribed.');
  if ((properties.hs_email_hard_bounce_reason_enum ?? '') !== '') {
    throw refused('BOUNCED', 'An earlier email to the contact bounced.');
  }
  if (properties.hs_email_quarantined === 'true') {
    throw refused('BLOCKED_ADDRESS', 'The address of the contact is quarantined.');
  }
}

/** ASSUMPTION, in one place: the JSON of a refused enrolment is not published anywhere. */
function refused(reason: string, message: string): VendorError {
  return validation(message, { subCategory: `SequenceError.${reason}`, context: { reason: [reason] } });
}

function userOf(portal: Portal, userId: string): ConnectedUser {
  const user = portal.users.byUserId(userId);
  if (user === null) {
    throw new VendorError(403, {
      category: 'USER_NOT_FOUND',
      message: `User ${userId} does not exist or has no seat that may use sequences.`,
    });
  }
  return user;
}

function known(portal: Portal, sequenceId: string): Sequence {
  const sequence = portal.sequences.find(sequenceId);
  if (sequence === null) throw notFound(`Sequence ${sequenceId} not found.`);
  return sequence;
}

function answered(enrolment: Enrolment): Readonly<Record<string, unknown>> {
  const at = new Date(enrolment.enrolledAt).toISOString();
  return { id: enrolment.id, toEmail: enrolment.toEmail, enrolledAt: at, updatedAt: at };
}

function enrolledProperties(sequence: Sequence, before: Readonly<Record<string, string>>, at: number) {
  return {
    hs_sequences_is_enrolled: 'true',
    hs_sequences_enrolled_count: String(Number(before.hs_sequences_enrolled_count ?? 0) + 1),
    hs_sequences_actively_enrolled_count: '1',
    hs_latest_sequence_enrolled: sequence.id,
    hs_latest_sequence_enrolled_date: new Date(at).toISOString(),
  };
}
