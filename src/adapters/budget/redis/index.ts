import type { Budgets, CallBudget, CallLimits, RateWindow } from '../../../ports/call-budget.js';
import type { Clock } from '../../../ports/clock.js';
import type { Log } from '../../../ports/log.js';
import { type Connection, openConnection } from './connection.js';

export interface RedisBudgetsOptions {
  readonly url: string;
  /** First part of every key: `truenorth:<org>`. */
  readonly prefix: string;
  /** For waits; what is counted is counted in Redis's own time. */
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds for which a call counts; absent = 24 hours. */
  readonly spanMs?: number;
  /** Milliseconds of one bucket; absent = five minutes. */
  readonly bucketMs?: number;
}

const DAY_MS = 86_400_000;
const BUCKET_MS = 300_000;

/** Budgets of all processes that name the same Redis and prefix. */
export function redisBudgets(options: RedisBudgetsOptions): Budgets {
  const { url, prefix, clock, log, spanMs = DAY_MS, bucketMs = BUCKET_MS } = options;
  const connection = openConnection(url, log);
  return {
    calls: (name, limits) =>
      callBudget(connection, limits, { key: `${prefix}:calls:${name}`, span: [spanMs, bucketMs] }),
    window: (name, size, windowMs): RateWindow => ({
      async turn() {
        const key = `${prefix}:window:${name}`;
        const wait = await connection.turn([key, `${key}:given`], [size, windowMs]);
        if (wait > 0) await clock.sleep(wait);
      },
    }),
    close: async () => connection.close(),
  };
}

interface Place {
  readonly key: string;
  readonly span: readonly [number, number];
}

function callBudget(connection: Connection, limits: CallLimits, { key, span }: Place): CallBudget {
  const keys = [key, `${key}:heard`] as const;
  let toppedUp = limits.spentBefore === 0;
  const topUp = async (): Promise<void> => {
    if (toppedUp) return;
    await connection.calls('count earlier calls', keys, [...span, 'top-up', limits.spentBefore]);
    toppedUp = true;
  };
  return {
    async take(count, org) {
      await topUp();
      const { share, ceiling } = limits;
      const told = org === null ? ['', ''] : [org.used, org.max];
      return (
        (await connection.calls('take calls', keys, [...span, 'take', count, share, ceiling, ...told])) === 1
      );
    },
    async spent() {
      await topUp();
      return connection.calls('count calls', keys, [...span, 'spent']);
    },
    async heard() {
      const [used, max] = await connection.fields(keys[1], ['used', 'max']);
      return used == null || max == null ? null : { used: Number(used), max: Number(max) };
    },
  };
}
