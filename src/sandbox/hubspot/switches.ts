import type { Response, Router } from 'express';
import { mountWebhookTarget } from '../http/webhook-target.js';
import { endEnrolment, engage } from './contact-switches.js';
import { VendorError } from './errors.js';
import type { Portal } from './portal.js';
import { contactChange } from './webhooks.js';

/** Switches beside the shared ones: what people and HubSpot itself do, and no API client can. */
export function mountSwitches(router: Router, portal: Portal): void {
  const webhooks = mountWebhookTarget(router);
  router.post('/end-enrolment', (req, res) => attempt(res, () => endEnrolment(portal, req.body)));
  router.post('/engage', (req, res) =>
    attempt(res, () => {
      const done = engage(portal, req.body);
      const property = done.kind === 'unsubscribed' ? 'hs_email_optout' : 'lastmodifieddate';
      webhooks.tell(contactChange(portal, done.contactId, property));
      return done;
    }),
  );
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
