import type { Instant } from '../../../domain/day.js';
import type { Clock } from '../../../ports/clock.js';

/** Lets a number of requests through in any hour; the others wait their turn. */
export interface Limiter {
  readonly turn: () => Promise<void>;
}

const HOUR_MS = 3_600_000;

/**
 * A request passes an hour after the one that lies `most` requests back. Time slept counts as passed even
 * where the clock stands still (`--now`).
 */
export function rollingHour(clock: Clock, most: number): Limiter {
  const passed: Instant[] = [];
  let place = 0;
  let latest = Number.NEGATIVE_INFINITY;
  let queue: Promise<void> = Promise.resolve();
  const now = (): Instant => {
    latest = Math.max(latest, clock.now());
    return latest;
  };
  const pass = async (): Promise<void> => {
    const before = now();
    const wait = (passed[place] ?? Number.NEGATIVE_INFINITY) + HOUR_MS - before;
    if (wait > 0) {
      await clock.sleep(wait);
      latest = Math.max(now(), before + wait);
    }
    passed[place] = now();
    place = (place + 1) % most;
  };
  return {
    turn: () => {
      const mine = queue.then(pass);
      queue = mine.catch(() => {});
      return mine;
    },
  };
}
