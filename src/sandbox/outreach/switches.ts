import type { Response, Router } from 'express';
import { z } from 'zod';
import { mountWebhookTarget } from '../http/webhook-target.js';
import { notFound, OutreachError, validation } from './errors.js';
import type { Org } from './org.js';
import { shaped } from './rules/body.js';
import { ENGAGEMENTS, engage } from './rules/engage.js';
import { settle } from './rules/settle.js';
import { isoTime, textOf } from './store/record.js';
import { prospectEvent } from './webhooks.js';

const ENGAGE = z.strictObject({
  prospectId: z.int().optional(),
  email: z.string().optional(),
  kind: z.enum(ENGAGEMENTS),
});

/** Switches beside the shared ones: what people and Outreach itself do, and no API client can. */
export function mountSwitches(router: Router, org: Org): void {
  const webhooks = mountWebhookTarget(router);
  router.post('/engage', (req, res) =>
    attempt(res, () => {
      const { prospectId, kind, done } = engaged(org, req.body);
      webhooks.tell(prospectEvent(org, prospectId, kind));
      return done;
    }),
  );
  router.get('/sequence-states', (_req, res) => {
    res.json(
      org.states.addings().map(({ prospectId, sequenceId, mailboxId, at }) => {
        const sequence = org.sequences.byId(sequenceId);
        const sequenceName = sequence === null ? '' : textOf(sequence, 'name');
        return { prospectId, sequenceId, sequenceName, mailboxId, at: isoTime(at) };
      }),
    );
  });
}

function engaged(org: Org, body: unknown) {
  const { prospectId, email, kind } = shaped(ENGAGE, body);
  if ((prospectId === undefined) === (email === undefined)) {
    throw validation('Name the prospect by prospectId or by email.');
  }
  const id = prospectId ?? org.prospects.ownerOf(email ?? '');
  if (id === null || org.prospects.byId(id) === null) throw notFound('prospect', email ?? id ?? '');
  settle(org);
  return { prospectId: id, kind, done: engage(org, id, kind) };
}

function attempt(res: Response, run: () => unknown): void {
  try {
    res.json(run());
  } catch (error) {
    if (!(error instanceof OutreachError)) throw error;
    res.status(error.status).json({ message: error.message });
  }
}
