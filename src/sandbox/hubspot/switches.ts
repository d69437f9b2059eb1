import type { Response, Router } from 'express';
import { z } from 'zod';
import { notFound, VendorError, validation } from './errors.js';
import type { Portal } from './portal.js';
import { shaped } from './rules/shape.js';
import { liveObject, stampObject } from './rules/write.js';

const END = z.strictObject({
  contactId: z.string().optional(),
  email: z.string().optional(),
  reason: z.enum(['replied', 'meeting-booked', 'finished', 'unenrolled']).default('finished'),
});

/** Switches beside the shared ones: what people and HubSpot itself do, and no API client can. */
export function mountSwitches(router: Router, portal: Portal): void {
  router.post('/end-enrolment', (req, res) => attempt(res, () => endEnrolment(portal, req.body)));
  router.get('/enrolments', (_req, res) => {
    res.json(
      portal.sequences.made().map(({ contactId, sequenceId, enrolledAt }) => ({
        contactId,
        sequenceId,
        sequenceName: portal.sequences.find(sequenceId)?.name ?? '',
        at: isoTime(enrolledAt),
      })),
    );
  });
  router.get('/list-additions', (_req, res) => {
    res.json(
      portal.lists.additions().map(({ listId, recordId, at }) => ({ listId, recordId, at: isoTime(at) })),
    );
  });
}

/** The contact leaves its sequence; which one was the latest, and since when, stays on record. */
function endEnrolment(portal: Portal, body: unknown): unknown {
  const { contactId, email, reason } = shaped(END, body);
  if ((contactId === undefined) === (email === undefined)) {
    throw validation('Name the contact by contactId or by email.');
  }
  const { id } = liveObject(
    portal.contacts,
    contactId ?? email ?? '',
    email === undefined ? undefined : 'email',
  );
  const running = portal.sequences.running(id);
  if (running === null) throw notFound(`Contact ${id} is in no sequence.`);
  const at = isoTime(Math.floor(portal.clock.now()));
  portal.sequences.finish(id);
  stampObject(portal.contacts, id, {
    hs_sequences_is_enrolled: 'false',
    hs_sequences_actively_enrolled_count: '0',
    hs_latest_sequence_ended_date: at,
    ...(reason === 'replied' ? { hs_sales_email_last_replied: at } : {}),
  });
  return { contactId: id, sequenceId: running.sequenceId, endedAt: at, reason };
}

function attempt(res: Response, run: () => unknown): void {
  try {
    res.json(run());
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    res.status(error.status).json({ message: error.body.message });
  }
}

function isoTime(at: number): string {
  return new Date(at).toISOString();
}
