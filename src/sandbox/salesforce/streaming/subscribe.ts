import { isObject } from '../rest/body.js';
import type { Org } from '../store/org.js';
import { done, type Message, refused } from './bayeux.js';
import { ALL_CHANGES, objectOf } from './channels.js';
import type { StreamClient } from './clients.js';
import type { EventBus } from './event-bus.js';

const NEW_ONLY = -1;
const ALL_RETAINED = -2;

/** Takes a client onto a channel, from where its replay extension says. */
export function subscribe(org: Org, bus: EventBus, client: StreamClient, message: Message): Message {
  const channel = String(message.subscription);
  const subscription = { subscription: channel };
  const against = objection(org, client, channel);
  if (against !== null) return refused(message, against, subscription);
  const replayId = askedReplay(message, channel);
  if (replayId >= 0 && !bus.isKnown(replayId)) return refused(message, invalidReplay(replayId), subscription);
  client.channels.set(channel, replayId === NEW_ONLY ? bus.latest() : Math.max(replayId, 0));
  return done(message, subscription);
}

function objection(org: Org, client: StreamClient, channel: string): string | null {
  if (channel === ALL_CHANGES) return null;
  const object = objectOf(org, channel);
  if (object === null) return `400::The channel you requested to subscribe to does not exist {${channel}}`;
  return org.access.object(client.userId, object.name).read
    ? null
    : `403:denied_by_security_policy:create_denied:${channel}`;
}

function askedReplay({ ext }: Message, channel: string): number {
  const replay = isObject(ext) && isObject(ext.replay) ? ext.replay[channel] : undefined;
  const asked = Number(replay ?? NEW_ONLY);
  return asked === ALL_RETAINED || asked >= 0 ? asked : NEW_ONLY;
}

function invalidReplay(replayId: number): string {
  return `400::The replayId {${replayId}} you provided was invalid.  Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.`;
}
