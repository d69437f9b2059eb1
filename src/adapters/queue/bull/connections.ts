import { Redis, type RedisOptions } from 'ioredis';
import type { Log } from '../../../ports/log.js';

/** Bull's own connections to Redis, of its three kinds. Bull does not close what it did not make: `close` does. */
export interface Connections {
  readonly ofKind: (kind: 'client' | 'subscriber' | 'bclient') => Redis;
  readonly close: () => void;
}

const COMMON: RedisOptions = { connectTimeout: 3_000, disconnectTimeout: 300, keepAlive: 10_000 };

/** For whoever asks for work: an answer, or a refusal within seconds. */
const HASTY: RedisOptions = { ...COMMON, maxRetriesPerRequest: 1, commandTimeout: 4_000 };

/** For whoever does it: waits for Redis for ever. Bull refuses other settings for two of its three kinds. */
const PATIENT: RedisOptions = { ...COMMON, maxRetriesPerRequest: null, enableReadyCheck: false };

/**
 * One client and one subscriber for all queues, a blocking connection for each. A kind is made when it is asked for.
 * Trouble is said once when it begins and once when it is over.
 */
export function openConnections(url: string, manner: 'hasty' | 'patient', log: Log): Connections {
  const options = { ...(manner === 'hasty' ? HASTY : PATIENT), retryStrategy: waitBeforeReconnecting };
  const shared = new Map<string, Redis>();
  const all: Redis[] = [];
  let closed = false;
  const open = (): Redis => {
    if (closed) throw new Error('The queue is closed.');
    const redis = new Redis(url, options);
    // Each queue listens for errors on the connections that it shares.
    redis.setMaxListeners(50);
    if (all.length === 0) sayWhenAway(redis, log);
    // Without a listener an error of the connection would end the process.
    redis.on('error', () => undefined);
    all.push(redis);
    return redis;
  };
  return {
    ofKind(kind) {
      if (kind === 'bclient') return quietlyReconnecting(open(), () => closed);
      const known = shared.get(kind) ?? open();
      shared.set(kind, known);
      return known;
    },
    close() {
      closed = true;
      for (const redis of all) redis.disconnect();
    },
  };
}

/**
 * A pause makes Bull reconnect its blocking connection, and nobody listens to what comes of it
 * (4.16.5, seen 2026-11): without Redis that would end the process.
 */
function quietlyReconnecting(redis: Redis, isClosed: () => boolean): Redis {
  const connect = redis.connect.bind(redis);
  return Object.assign(redis, {
    connect: async () => (isClosed() ? undefined : connect().catch(() => undefined)),
  });
}

function waitBeforeReconnecting(times: number): number {
  return Math.min(2_000, times * 100);
}

function sayWhenAway(redis: Redis, log: Log): void {
  let away = false;
  redis.on('reconnecting', () => {
    if (!away) log.warn('redis of the job queue is away');
    away = true;
  });
  redis.on('ready', () => {
    if (away) log.info('redis of the job queue is back');
    away = false;
  });
}
