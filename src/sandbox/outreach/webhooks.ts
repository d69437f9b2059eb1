import { createHmac } from 'node:crypto';
import type { Signed, Target } from '../http/webhook-target.js';
import type { Org } from './org.js';

/** What happened to a prospect as Outreach tells it: the resource, and who signed. */
export function prospectEvent({ clock }: Org, prospectId: number, kind: string) {
  const at = new Date(Math.floor(clock.now())).toISOString();
  return ({ secret }: Target): Signed => {
    const body = JSON.stringify({
      data: { type: 'prospect', id: prospectId, attributes: {}, relationships: {} },
      meta: { eventName: `prospect.${kind}`, deliveredAt: at },
    });
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    return { body, headers: { 'Outreach-Webhook-Signature': signature } };
  };
}
