import type { Instant } from '../../src/domain/day.js';
import type { Clock } from '../../src/ports/clock.js';

export interface MovedClock extends Clock {
  /** Lets that much time pass, stopping at every sleep that ends on the way. */
  readonly move: (ms: number) => Promise<void>;
}

interface Sleeper {
  readonly until: Instant;
  readonly rise: () => void;
}

/** A clock on which nothing passes but what a test lets pass. */
export function movedClock(startAt: Instant): MovedClock {
  let now = startAt;
  const sleepers = new Set<Sleeper>();
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const sleeper: Sleeper = { until: now + ms, rise: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        });
      }),
    async move(ms) {
      const end = now + ms;
      for (;;) {
        await settle();
        const [next] = [...sleepers].filter(({ until }) => until <= end).sort((a, b) => a.until - b.until);
        if (next === undefined) break;
        sleepers.delete(next);
        now = Math.max(now, next.until);
        next.rise();
      }
      now = end;
      await settle();
    },
  };
}
