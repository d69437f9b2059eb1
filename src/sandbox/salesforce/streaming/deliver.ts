import type { Org } from '../store/org.js';
import type { Message } from './bayeux.js';
import { ALL_CHANGES, channelOf } from './channels.js';
import type { StreamClient, StreamClients } from './clients.js';
import type { EventBus, RetainedEvent } from './event-bus.js';

/** What a client has not been told yet, as messages; 'limit' when the day's deliveries are used up. */
export function undelivered(
  org: Org,
  bus: EventBus,
  { client, clients }: { readonly client: StreamClient; readonly clients: StreamClients },
): readonly Message[] | 'limit' {
  const from = Math.min(...client.channels.values());
  const messages: Message[] = [];
  for (const event of Number.isFinite(from) ? bus.after(from) : []) {
    for (const channel of [ALL_CHANGES, channelOf(event.header.entityName)]) {
      const told = client.channels.get(channel);
      if (told === undefined || told >= event.replayId) continue;
      const lost = clients.settings.deaf;
      // What was not delivered today stays where it is, and is delivered once it may.
      if (!lost && !clients.deliver()) return messages.length > 0 ? messages : 'limit';
      client.channels.set(channel, event.replayId);
      if (!lost) messages.push(messageOf(org, client, { channel, event }));
    }
  }
  return messages;
}

interface Delivery {
  readonly channel: string;
  readonly event: RetainedEvent;
}

/** Fields that the subscriber may not see are left out. */
function messageOf(org: Org, client: StreamClient, { channel, event }: Delivery): Message {
  const { header, fields, replayId } = event;
  const seen = (name: string): boolean => org.access.field(client.userId, header.entityName, name) !== 'none';
  const payload = {
    ChangeEventHeader: { ...header, changedFields: header.changedFields.filter(seen) },
    ...Object.fromEntries(Object.entries(fields).filter(([name]) => seen(name))),
  };
  return { channel, clientId: client.id, data: { schema: SCHEMA, payload, event: { replayId } } };
}

/** The platform's is a fingerprint of the object's fields; nobody here can resolve it. */
const SCHEMA = 'sandbox';
