import { Redis } from 'ioredis';
import type { Log } from '../../../ports/log.js';
import { budgetError } from './errors.js';
import { CALLS, TURN } from './scripts.js';

type Argument = string | number;

export interface Connection {
  readonly calls: (
    operation: string,
    keys: readonly [string, string],
    args: readonly Argument[],
  ) => Promise<number>;
  readonly turn: (keys: readonly [string, string], args: readonly Argument[]) => Promise<number>;
  readonly fields: (key: string, names: readonly string[]) => Promise<readonly (string | null)[]>;
  readonly close: () => void;
}

type Scripted = Redis & Readonly<Record<'calls' | 'turn', (...args: readonly Argument[]) => Promise<number>>>;

/** Answers, or is away within seconds. */
export function openConnection(url: string, log: Log): Connection {
  const redis = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 1,
    connectTimeout: 3_000,
    commandTimeout: 4_000,
    disconnectTimeout: 300,
    retryStrategy: (times) => Math.min(2_000, times * 100),
  }) as Scripted;
  redis.defineCommand('calls', { numberOfKeys: 2, lua: CALLS });
  redis.defineCommand('turn', { numberOfKeys: 2, lua: TURN });
  sayWhenAway(redis, log);
  const told = async <T>(operation: string, ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask();
    } catch (cause) {
      throw budgetError(operation, cause);
    }
  };
  return {
    calls: (operation, keys, args) => told(operation, () => redis.calls(...keys, ...args)),
    turn: (keys, args) => told('wait for a turn', () => redis.turn(...keys, ...args)),
    fields: (key, names) => told('read usage', () => redis.hmget(key, ...names)),
    close: () => redis.disconnect(),
  };
}

function sayWhenAway(redis: Redis, log: Log): void {
  let away = false;
  // Without a listener an error of the connection would end the process.
  redis.on('error', () => undefined);
  redis.on('reconnecting', () => {
    if (!away) log.warn('redis of the budgets is away');
    away = true;
  });
  redis.on('ready', () => {
    if (away) log.info('redis of the budgets is back');
    away = false;
  });
}
