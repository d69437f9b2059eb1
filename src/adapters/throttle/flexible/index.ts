import { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Throttle, ThrottleRule, Throttles, Tried } from '../../../ports/throttle.js';

/** Counts tries in this process. */
export function memoryThrottles(): Throttles {
  return {
    of: (name, rule) => throttleOn(new RateLimiterMemory(optionsOf(name, rule))),
    close: async () => {},
  };
}

/** Longer than this nobody waits to be counted. */
const PATIENCE_MS = 1_000;

/** Counts tries in Redis, for every process that serves the same people; while Redis is away, each for itself. */
export function redisThrottles(url: string, prefix: string): Throttles {
  const redis = new Redis(url, { maxRetriesPerRequest: 1, commandTimeout: PATIENCE_MS });
  // Whoever is counted meanwhile is counted in memory: the queue says that Redis is away.
  redis.on('error', () => {});
  return {
    of: (name, rule) =>
      throttleOn(
        new RateLimiterRedis({
          ...optionsOf(`${prefix}:throttle:${name}`, rule),
          storeClient: redis,
          insuranceLimiter: new RateLimiterMemory(optionsOf(name, rule)),
        }),
      ),
    close: async () => redis.disconnect(),
  };
}

function optionsOf(keyPrefix: string, { most, windowMs }: ThrottleRule) {
  return { keyPrefix, points: most, duration: Math.ceil(windowMs / 1000) };
}

type Limiter = RateLimiterMemory | RateLimiterRedis;

function throttleOn(limiter: Limiter): Throttle {
  return {
    take: (key) => take(limiter, key),
    block: async (key, waitMs) => void (await limiter.block(key, Math.ceil(waitMs / 1000))),
    forget: async (key) => void (await limiter.delete(key)),
  };
}

async function take(limiter: Limiter, key: string): Promise<Tried> {
  try {
    return { count: (await limiter.consume(key)).consumedPoints, waitMs: 0 };
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return { count: refused.consumedPoints, waitMs: Math.max(1, refused.msBeforeNext) };
  }
}
