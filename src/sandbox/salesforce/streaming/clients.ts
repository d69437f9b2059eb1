import { randomBytes } from 'node:crypto';
import type { Org } from '../store/org.js';
import { startQuota } from '../store/quota.js';

/** One CometD session. */
export interface StreamClient {
  readonly id: string;
  readonly cookie: string;
  readonly userId: string;
  /** Channel -> replay id up to which it was delivered. */
  readonly channels: Map<string, number>;
  /** By the org's clock. */
  heardAt: number;
  /** Answers the connect that is waiting for something to tell; null when none is. */
  release: (() => void) | null;
}

export interface StreamClients {
  /** Null when the org has as many as it may have. */
  readonly open: (userId: string) => StreamClient | null;
  /** Null when it is unknown, came without its cookie, or was away for too long. */
  readonly use: (id: string, cookies: string) => StreamClient | null;
  readonly end: (id: string) => void;
  /** As when the server that kept them went away. */
  readonly cutAll: () => void;
  readonly list: () => readonly StreamClient[];
  /** Counts deliveries of 24 hours, all clients together; false when they are used up. */
  readonly deliver: () => boolean;
  readonly delivered: () => number;
  readonly settings: ClientSettings;
}

/** What the switches change. */
export interface ClientSettings {
  /** Longest that a connect is held, in milliseconds of real time. */
  holdMs: number;
  mostClients: number;
  /** Connects are taken and never answered. */
  mute: boolean;
  /** Everything looks well, and nothing is delivered. */
  deaf: boolean;
}

const HOLD_MS = 110_000;
const RECONNECT_WITHIN_MS = 40_000;
/** Developer Edition. */
const MOST_CLIENTS = 20;
const DAILY_DELIVERIES = 10_000;

export interface DeliveryLimit {
  readonly limitDeliveries: (max: number) => void;
}

export function startClients(org: Org): StreamClients & DeliveryLimit {
  const clients = new Map<string, StreamClient>();
  const deliveries = startQuota(org.clock, DAILY_DELIVERIES);
  const settings: ClientSettings = { holdMs: HOLD_MS, mostClients: MOST_CLIENTS, mute: false, deaf: false };
  const sweep = (): void => {
    const since = org.clock.now() - RECONNECT_WITHIN_MS;
    for (const client of clients.values())
      if (client.release === null && client.heardAt < since) clients.delete(client.id);
  };
  return {
    settings,
    open: (userId) => {
      sweep();
      if (clients.size >= settings.mostClients) return null;
      const [id, cookie] = [randomBytes(14).toString('hex'), randomBytes(8).toString('hex')];
      const made = { id, cookie, userId, channels: new Map(), heardAt: org.clock.now(), release: null };
      clients.set(id, made);
      return made;
    },
    use: (id, cookies) => {
      sweep();
      const client = clients.get(id);
      if (client === undefined || !cookies.includes(`${COOKIE}=${client.cookie}`)) return null;
      client.heardAt = org.clock.now();
      return client;
    },
    end: (id) => {
      clients.get(id)?.release?.();
      clients.delete(id);
    },
    cutAll: () => clients.clear(),
    list: () => [...clients.values()],
    deliver: deliveries.take,
    delivered: deliveries.used,
    limitDeliveries: deliveries.limit,
  };
}

/** Ties a client to the server that keeps it; without it nobody knows the client (facts §6). */
export const COOKIE = 'BAYEUX_BROWSER';
