import type { SandboxClock } from '../../clock.js';

const DAY = 24 * 60 * 60 * 1000;
const HOUR = 60 * 60 * 1000;

/** API requests of the last 24 hours against what the org may use. */
export interface Quota {
  readonly max: () => number;
  readonly used: () => number;
  /** Counts one request; false when the day's are used up. */
  readonly take: () => boolean;
  readonly limit: (max: number) => void;
}

/** Counts by hour: a request leaves the window 24 hours after the hour it was made in. */
export function startQuota(clock: SandboxClock, dailyApiRequests: number): Quota {
  const hours = new Map<number, number>();
  let max = dailyApiRequests;
  const used = (): number => {
    const oldest = Math.floor((clock.now() - DAY) / HOUR);
    let total = 0;
    for (const [hour, count] of hours) {
      if (hour <= oldest) {
        hours.delete(hour);
      } else {
        total += count;
      }
    }
    return total;
  };
  return {
    max: () => max,
    used,
    take: () => {
      if (used() >= max) {
        return false;
      }
      const hour = Math.floor(clock.now() / HOUR);
      hours.set(hour, (hours.get(hour) ?? 0) + 1);
      return true;
    },
    limit: (next) => {
      max = next;
    },
  };
}
