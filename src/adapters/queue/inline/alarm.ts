import type { Clock } from '../../../ports/clock.js';

/** Rings once, at the earliest of the moments that it was set to. */
export interface Alarm {
  readonly setTo: (at: number | null) => void;
}

/** Longer timers than 24.8 days go off at once. */
const LONGEST_SLEEP_MS = 86_400_000;

export function createAlarm(clock: Clock, now: () => number, ring: (at: number) => void): Alarm {
  let current: { readonly at: number; readonly given: AbortController } | null = null;
  return {
    setTo(at) {
      if (at === (current?.at ?? null)) return;
      current?.given.abort();
      current = null;
      if (at === null) return;
      const mine = { at, given: new AbortController() };
      current = mine;
      const wait = Math.min(LONGEST_SLEEP_MS, Math.max(0, at - now()));
      const until = now() + wait;
      clock.sleep(wait, mine.given.signal).then(
        () => {
          if (current !== mine) return;
          current = null;
          ring(until);
        },
        () => undefined,
      );
    },
  };
}
