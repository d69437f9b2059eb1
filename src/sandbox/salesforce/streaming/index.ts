import express, { type Request, type Response, type Router } from 'express';
import { isObject } from '../rest/body.js';
import type { RouteRoom } from '../routes/contract.js';
import { tokenOf } from '../routes/session-gate.js';
import {
  authenticationInvalid,
  done,
  handshakeDenied,
  type Message,
  refused,
  unknownClient,
  welcomed,
} from './bayeux.js';
import { COOKIE, type StreamClient } from './clients.js';
import { connect } from './connect.js';
import type { Streaming } from './streaming.js';
import { subscribe } from './subscribe.js';

/** CometD at `/cometd/62.0`. Its requests are not counted against the day's API requests. */
export function mountStreaming(router: Router, room: RouteRoom, streaming: Streaming): void {
  // Clients that know WebSockets ask for one first; there is none (facts §6).
  router.get('/cometd/:version', (_req, res) => {
    res.status(400).type('text/plain').send('400::Unknown Bayeux Transport');
  });
  router.post('/cometd/:version', express.json({ limit: MOST_BYTES, type: () => true }), (req, res, next) => {
    serve(req, res, { room, streaming }).catch(next);
  });
}

/** What the server takes in one POST. */
const MOST_BYTES = 32_768;

interface Room {
  readonly room: RouteRoom;
  readonly streaming: Streaming;
}

async function serve(req: Request, res: Response, { room, streaming }: Room): Promise<void> {
  const messages: readonly unknown[] = Array.isArray(req.body) ? req.body : [req.body];
  const asked = messages.filter(isObject);
  const gone = new AbortController();
  res.on('close', () => gone.abort());
  const userId = userOf(req, room);
  const call = { streaming, userId, cookies: req.header('cookie') ?? '', gone: gone.signal, res };
  room.org.late.settle();
  // What can be answered at once is done first, so that a connect beside a subscribe already hears from it.
  const plain = new Map(
    asked.filter(({ channel }) => channel !== CONNECT).map((message) => [message, atOnce(call, message)]),
  );
  const answers: Message[] = [];
  for (const message of asked) {
    const answer = plain.get(message) ?? (await held(call, message));
    if (answer === null) return;
    answers.push(...(Array.isArray(answer) ? answer : [answer]));
  }
  res.type('application/json').send(JSON.stringify(answers));
}

const CONNECT = '/meta/connect';

interface Call {
  readonly streaming: Streaming;
  /** Null when nobody is logged in. */
  readonly userId: string | null;
  readonly cookies: string;
  readonly gone: AbortSignal;
  readonly res: Response;
}

function userOf(req: Request, { org, loopback }: RouteRoom): string | null {
  const token = tokenOf(req);
  if (token === null) return null;
  if (loopback.faults.strike('expire-session', `${req.method} ${req.originalUrl}`) !== null)
    org.sessions.end(token);
  return org.sessions.use(token)?.userId ?? null;
}

function atOnce(call: Call, message: Message): Message {
  const { streaming, userId, cookies } = call;
  if (message.channel === '/meta/handshake') return handshake(call, message);
  if (userId === null) return authenticationInvalid(message);
  const client = streaming.clients.use(String(message.clientId), cookies);
  if (client === null) return unknownClient(message);
  return byChannel(streaming, client, message);
}

function byChannel(streaming: Streaming, client: StreamClient, message: Message): Message {
  switch (message.channel) {
    case '/meta/subscribe':
      return subscribe(streaming.org, streaming.bus, client, message);
    case '/meta/unsubscribe':
      client.channels.delete(String(message.subscription));
      return done(message, { subscription: message.subscription });
    case '/meta/disconnect':
      streaming.clients.end(client.id);
      return done(message);
    default:
      return refused(message, `400::Unsupported channel ${String(message.channel)}`);
  }
}

function handshake({ streaming: { clients }, userId, res }: Call, message: Message): Message {
  if (userId === null) return handshakeDenied(message, '401::Authentication invalid');
  const client = clients.open(userId);
  if (client === null) return handshakeDenied(message, '403::Organization concurrent user limit exceeded');
  res.setHeader('Set-Cookie', `${COOKIE}=${client.cookie};Path=/;HttpOnly`);
  return welcomed(message, client.id, clients.settings.holdMs);
}

async function held(call: Call, message: Message): Promise<Message | readonly Message[] | null> {
  const { streaming, userId, cookies, gone } = call;
  if (userId === null) return authenticationInvalid(message);
  const client = streaming.clients.use(String(message.clientId), cookies);
  return client === null ? unknownClient(message) : connect(streaming, client, { message, gone });
}
