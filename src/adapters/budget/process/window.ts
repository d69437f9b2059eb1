import type { Instant } from '../../../domain/day.js';
import type { RateWindow } from '../../../ports/call-budget.js';
import type { Clock } from '../../../ports/clock.js';

/**
 * A call passes a window after the one that lies `size` calls back. Time slept counts as passed even where the
 * clock stands still (`--now`), so that such a clock neither waits for ever nor lets a burst through.
 */
export function rollingWindow(clock: Clock, size: number, windowMs: number): RateWindow {
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
    const wait = (passed[place] ?? Number.NEGATIVE_INFINITY) + windowMs - before;
    if (wait > 0) {
      await clock.sleep(wait);
      latest = Math.max(now(), before + wait);
    }
    passed[place] = now();
    place = (place + 1) % size;
  };
  return {
    turn: () => {
      const mine = queue.then(pass);
      queue = mine.catch(() => {});
      return mine;
    },
  };
}
