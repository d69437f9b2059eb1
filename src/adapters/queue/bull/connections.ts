import { Redis, type RedisOptions } from 'ioredis';
import type { Log } from '../../../ports/log.js';

/** Bull's own connections to Redis, of its three kinds. Bull does not close what it did not make: `close` does. */
export interface Connections {
  readonly ofKind: (kind: 'client' | 'subscriber' | 'bclient') => Redis;
  readonly close: () => void;
}

const COMMON: RedisOptions = { connectTimeout: 3_000, keepAlive: 10_000 };

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
  const open = (): Redis => {
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
      if (kind === 'bclient') return open();
      const known = shared.get(kind) ?? open();
      shared.set(kind, known);
      return known;
    },
    close() {
      for (const redis of all) redis.disconnect();
    },
  };
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
