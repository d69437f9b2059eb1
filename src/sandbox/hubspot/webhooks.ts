import { createHmac } from 'node:crypto';
import type { Signed, Target } from '../http/webhook-target.js';
import type { Portal } from './portal.js';

const APP = 186_886;
const SUBSCRIPTION = 92_894;

/** A change of a contact's property as HubSpot tells it, signed by its third version: method, URI, body, time. */
export function contactChange(portal: Portal, contactId: string, propertyName: string) {
  const at = Math.floor(portal.clock.now());
  return ({ url, secret }: Target): Signed => {
    const event = {
      eventId: at * 1_000 + (Number(contactId) % 1_000),
      subscriptionId: SUBSCRIPTION,
      portalId: portal.portalId,
      appId: APP,
      occurredAt: at,
      subscriptionType: 'contact.propertyChange',
      attemptNumber: 0,
      objectId: Number(contactId),
      propertyName,
      propertyValue: '',
      changeSource: 'CONTACTS',
    };
    const body = JSON.stringify([event]);
    const signature = createHmac('sha256', secret).update(`POST${url}${body}${at}`).digest('base64');
    return {
      body,
      headers: { 'X-HubSpot-Signature-v3': signature, 'X-HubSpot-Request-Timestamp': String(at) },
    };
  };
}
