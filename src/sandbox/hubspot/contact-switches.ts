import { z } from 'zod';
import { notFound, validation } from './errors.js';
import type { Portal } from './portal.js';
import { shaped } from './rules/shape.js';
import { liveObject, stampObject } from './rules/write.js';
import type { StoredObject } from './store/stored-object.js';

const WHOM = { contactId: z.string().optional(), email: z.string().optional() };
const END = z.strictObject({
  ...WHOM,
  reason: z.enum(['replied', 'meeting-booked', 'finished', 'unenrolled']).default('finished'),
});
const ENGAGE = z.strictObject({
  ...WHOM,
  kind: z.enum([
    'mailed',
    'opened',
    'clicked',
    'replied',
    'bounced',
    'unsubscribed',
    'meeting-booked',
    'finished',
  ]),
  channel: z.enum(['marketing', 'sales']).optional(),
});

/** The contact leaves its sequence; which one was the latest, and since when, stays on record. */
export function endEnrolment(portal: Portal, body: unknown): unknown {
  const { reason, ...whom } = shaped(END, body);
  const { id } = contactOf(portal, whom);
  const sequenceId = leaveSequence(portal, id);
  if (sequenceId === null) throw notFound(`Contact ${id} is in no sequence.`);
  if (reason === 'replied') mark(portal, id, MARKS.replied.sales);
  if (reason === 'meeting-booked') mark(portal, id, MARKS['meeting-booked'].sales);
  return { contactId: id, sequenceId, endedAt: isoNow(portal), reason };
}

/** What happened moves: dates to now, counts by one, states to their value. */
interface Marks {
  readonly date?: string;
  readonly count?: string;
  readonly state?: Readonly<Record<string, string>>;
  /** The contact leaves its sequence by it. */
  readonly ends?: true;
}

type Sent = 'marketing' | 'sales';

const BOOKED: Marks = { date: 'engagements_last_meeting_booked', ends: true };
const OPTED_OUT: Marks = { state: { hs_email_optout: 'true' }, ends: true };
const HARD_BOUNCE = { hs_email_hard_bounce_reason_enum: 'UNKNOWN_USER' };

/** A reply and a bounce end a sequence when they answer its mail, the other two in any case. */
const MARKS: Readonly<Record<Exclude<z.infer<typeof ENGAGE>['kind'], 'finished'>, Record<Sent, Marks>>> = {
  mailed: {
    marketing: { date: 'hs_email_last_send_date', count: 'hs_email_delivered' },
    sales: { date: 'notes_last_contacted' },
  },
  opened: {
    marketing: { date: 'hs_email_last_open_date', count: 'hs_email_open' },
    sales: { date: 'hs_sales_email_last_opened' },
  },
  clicked: {
    marketing: { date: 'hs_email_last_click_date', count: 'hs_email_click' },
    sales: { date: 'hs_sales_email_last_clicked' },
  },
  replied: {
    marketing: { date: 'hs_email_last_reply_date', count: 'hs_email_replied' },
    sales: { date: 'hs_sales_email_last_replied', ends: true },
  },
  bounced: {
    marketing: { count: 'hs_email_bounce', state: HARD_BOUNCE },
    sales: { state: HARD_BOUNCE, ends: true },
  },
  unsubscribed: { marketing: OPTED_OUT, sales: OPTED_OUT },
  'meeting-booked': { marketing: BOOKED, sales: BOOKED },
};

export interface Engaged {
  readonly contactId: string;
  readonly kind: string;
  readonly [more: string]: unknown;
}

/** Something that the contact did, or that happened to mail for it, as HubSpot itself would note it. */
export function engage(portal: Portal, body: unknown): Engaged {
  const { kind, channel, ...whom } = shaped(ENGAGE, body);
  const contact = contactOf(portal, whom);
  if (kind === 'finished') {
    const ended = endEnrolment(portal, { ...whom, reason: 'finished' });
    return { ...Object(ended), contactId: contact.id, kind };
  }
  const sent = channel ?? sentBy(portal, contact.id, kind);
  const marks = MARKS[kind][sent];
  mark(portal, contact.id, marks);
  if (kind === 'unsubscribed') {
    portal.consent.leaveAll(contact.properties.email ?? '', Math.floor(portal.clock.now()));
  }
  const sequenceId = marks.ends === true ? leaveSequence(portal, contact.id) : null;
  return { contactId: contact.id, kind, channel: sent, at: isoNow(portal), endedSequenceId: sequenceId };
}

/** Unless told, it is about the sequence that the contact is in. */
function sentBy(portal: Portal, contactId: string, kind: string): Sent {
  return kind !== 'mailed' && portal.sequences.running(contactId) !== null ? 'sales' : 'marketing';
}

function mark(portal: Portal, contactId: string, { date, count, state }: Marks): void {
  const { properties } = liveObject(portal.contacts, contactId);
  stampObject(portal.contacts, contactId, {
    ...(date === undefined ? {} : { [date]: isoNow(portal) }),
    ...(count === undefined ? {} : { [count]: String(Number(properties[count] ?? 0) + 1) }),
    ...state,
  });
}

/** Id of the sequence that was left, or null. */
function leaveSequence(portal: Portal, contactId: string): string | null {
  const running = portal.sequences.running(contactId);
  if (running === null) return null;
  portal.sequences.finish(contactId);
  stampObject(portal.contacts, contactId, {
    hs_sequences_is_enrolled: 'false',
    hs_sequences_actively_enrolled_count: '0',
    hs_latest_sequence_ended_date: isoNow(portal),
  });
  return running.sequenceId;
}

interface Whom {
  readonly contactId?: string | undefined;
  readonly email?: string | undefined;
}

function contactOf(portal: Portal, { contactId, email }: Whom): StoredObject {
  if ((contactId === undefined) === (email === undefined)) {
    throw validation('Name the contact by contactId or by email.');
  }
  return contactId === undefined
    ? liveObject(portal.contacts, email ?? '', 'email')
    : liveObject(portal.contacts, contactId);
}

function isoNow(portal: Portal): string {
  return new Date(Math.floor(portal.clock.now())).toISOString();
}
