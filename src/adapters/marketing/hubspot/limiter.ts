import type { Clock } from '../../../ports/clock.js';

/** Lets `size` requests through in any `windowMs`; the others wait their turn. */
export interface Limiter {
  readonly turn: () => Promise<void>;
}

/**
 * A rolling window. Time slept counts as passed even where the clock stands still (`--now`), so that a
 * fixed clock neither waits for ever nor lets a burst through.
 */
export function rollingWindow(clock: Clock, size: number, windowMs: number): Limiter {
  let passed: number[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  let queue: Promise<void> = Promise.resolve();
  const now = (): number => {
    latest = Math.max(latest, clock.now());
    return latest;
  };
  const pass = async (): Promise<void> => {
    passed = passed.filter((at) => at > now() - windowMs);
    const oldest = passed[0];
    if (passed.length >= size && oldest !== undefined) {
      const before = now();
      const wait = oldest + windowMs - before;
      await clock.sleep(wait);
      latest = Math.max(now(), before + wait);
      passed = passed.filter((at) => at > latest - windowMs);
    }
    passed.push(now());
  };
  return {
    turn: () => {
      const mine = queue.then(pass);
      queue = mine.catch(() => {});
      return mine;
    },
  };
}
