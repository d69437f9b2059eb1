import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../ports/clock.js';

/** A clock that says `startAt` now and runs on with real time; null = the machine's own. */
export function runClock(startAt: number | null): Clock {
  const offset = startAt === null ? 0 : startAt - Date.now();
  return {
    now: () => Date.now() + offset,
    sleep: (ms, signal) => wait(ms, undefined, signal === undefined ? {} : { signal }),
  };
}
