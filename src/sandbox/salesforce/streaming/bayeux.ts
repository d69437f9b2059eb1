import type { JsonObject } from '../rest/body.js';

/** A Bayeux message in either direction: a JSON object with a channel. */
export type Message = JsonObject;

const EXT = { replay: true, 'payload.format': true };
const RETRY = { interval: 0, reconnect: 'retry' } as const;

/** The answer to a message that was taken. */
export function done(to: Message, more: JsonObject = {}): Message {
  return { channel: to.channel, ...idOf(to), ...clientOf(to), successful: true, ...more };
}

export function refused(to: Message, error: string, more: JsonObject = {}): Message {
  return { channel: to.channel, ...idOf(to), ...clientOf(to), successful: false, error, ...more };
}

export function welcomed(to: Message, clientId: string, timeout: number): Message {
  const versions = { version: '1.0', minimumVersion: '1.0', supportedConnectionTypes: ['long-polling'] };
  return done(to, { ...versions, clientId, ext: EXT, advice: { ...RETRY, timeout } });
}

export function connected(to: Message, timeout: number): Message {
  return done(to, { advice: { ...RETRY, timeout } });
}

export const NO_RECONNECT = { advice: { reconnect: 'none', interval: 0 } };
const HANDSHAKE_AGAIN = { advice: { reconnect: 'handshake', interval: 0 } };

export function handshakeDenied(to: Message, failureReason: string): Message {
  const ext = { ...EXT, sfdc: { failureReason } };
  return refused(to, '403::Handshake denied', { ext, ...NO_RECONNECT });
}

export function authenticationInvalid(to: Message): Message {
  return refused(to, '401::Authentication invalid', NO_RECONNECT);
}

export function unknownClient(to: Message): Message {
  return refused(to, '403::Unknown client', HANDSHAKE_AGAIN);
}

function idOf({ id }: Message): JsonObject {
  return id === undefined ? {} : { id };
}

function clientOf({ clientId }: Message): JsonObject {
  return clientId === undefined ? {} : { clientId };
}
