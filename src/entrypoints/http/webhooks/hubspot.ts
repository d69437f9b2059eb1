import { z } from 'zod';
import type { Heard } from '../../../service/webhooks/heard.js';

/** What is read of an event; everything else of it is left alone. */
const EVENTS = z.array(
  z.object({
    eventId: z.union([z.number(), z.string()]).optional(),
    subscriptionId: z.union([z.number(), z.string()]).optional(),
    subscriptionType: z.string(),
    objectId: z.union([z.int(), z.string().regex(/^\d{1,20}$/)]).optional(),
    occurredAt: z.number().optional(),
    propertyName: z.string().optional(),
  }),
);

/** Contacts that something happened to; null when it is no delivery of HubSpot's. `ours` = properties that we write ourselves. */
export function heardFromHubspot(body: unknown, ours: ReadonlySet<string>): Heard | null {
  const read = EVENTS.safeParse(body);
  if (!read.success) return null;
  const contacts = read.data
    .filter(({ subscriptionType }) => subscriptionType.startsWith('contact.'))
    .filter(({ propertyName }) => propertyName === undefined || !ours.has(propertyName))
    .flatMap(({ objectId }) => (objectId === undefined ? [] : [String(objectId)]));
  const events = read.data.map(({ eventId, subscriptionId, objectId, occurredAt }) =>
    [eventId, subscriptionId, objectId, occurredAt].join(':'),
  );
  return {
    tool: 'hubspot',
    records: [...new Set(contacts)],
    delivery: events.sort().join('\n'),
    sentAt: null,
  };
}
