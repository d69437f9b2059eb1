import { type OutreachError, rateLimitExceeded } from '../errors.js';

interface QuotaAnswer {
  readonly refusal: OutreachError | null;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Quota {
  /** Counts one request of the user; a refused one is not counted. */
  readonly take: () => QuotaAnswer;
}

export interface QuotaOptions {
  /** Requests that a user may make in an hour. */
  readonly hourly: number;
  /** Milliseconds since 1970: the sandbox clock or real time. */
  readonly now: () => number;
}

const HOUR_MS = 3_600_000;

/** Hours of the clock, not rolling ones. */
export function startQuota({ hourly, now }: QuotaOptions): Quota {
  let hour = Number.NaN;
  let used = 0;
  return {
    take: () => {
      const current = Math.floor(now() / HOUR_MS);
      if (current !== hour) used = 0;
      hour = current;
      const free = used < hourly;
      used += free ? 1 : 0;
      const resetsAt = (hour + 1) * HOUR_MS;
      return {
        refusal: free ? null : rateLimitExceeded(hourly, resetsAt),
        headers: {
          'X-RateLimit-Limit': String(hourly),
          'X-RateLimit-Remaining': String(hourly - used),
          'X-RateLimit-Reset': String(resetsAt / 1_000),
        },
      };
    },
  };
}
