import type { Clock } from '../../../ports/clock.js';
import type { IntegrationError } from '../../../ports/errors.js';
import { integrationError, mayHaveHappened } from './errors.js';

export interface RetryPolicy {
  readonly clock: Clock;
  /** 0 <= x < 1. */
  readonly random: () => number;
  /** Attempts in total. */
  readonly attempts: number;
}

/** `repeatable`: doing it twice is doing it once. `once`: only what surely did not happen is tried again. */
export type Repeat = 'repeatable' | 'once';

const FIRST_WAIT_MS = 400;
/** The lock that HubSpot holds on fast upserts lasts 2 seconds. */
const LOCK_WAIT_MS = 2_000;
/** A provider that asks for more patience than this gets its error passed on. */
const LONGEST_ASKED_MS = 120_000;

/** Runs the call until it answers, its error is not retryable, or attempts are used up. */
export async function withRetry<T>(
  call: () => Promise<T>,
  operation: string,
  { policy, repeat }: { readonly policy: RetryPolicy; readonly repeat: Repeat },
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (cause) {
      const error = integrationError(cause, operation);
      const again =
        error.retryable &&
        (error.retryAfterMs ?? 0) <= LONGEST_ASKED_MS &&
        (repeat === 'repeatable' || !mayHaveHappened(error));
      if (!again || attempt >= policy.attempts) throw error;
      await policy.clock.sleep(waitBefore(error, attempt, policy.random));
    }
  }
}

/** Never less than what the provider asked for; up to half as much again, so that workers part. */
function waitBefore(error: IntegrationError, attempt: number, random: () => number): number {
  const least = error.code === 'HUBSPOT_LOCKED' ? LOCK_WAIT_MS : FIRST_WAIT_MS * 2 ** (attempt - 1);
  return Math.round((error.retryAfterMs ?? least) * (1 + random() / 2));
}
