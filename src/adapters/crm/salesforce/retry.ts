import type { Clock } from '../../../ports/clock.js';
import { IntegrationError } from '../../../ports/errors.js';

export interface RetryPolicy {
  readonly clock: Clock;
  /** Sendings in all, the first included. */
  readonly attempts: number;
  readonly random: () => number;
}

/** Waits before the next sending, or throws the error when there shall be none. */
export type Patience = (error: unknown) => Promise<void>;

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** A server that asks for more patience than this gets its error passed on. */
const LONGEST_ASKED_MS = 120_000;

/** The one place that decides on sending again. It asks nothing but `retryable`, and waits as long as the server said. */
export function patience(policy: RetryPolicy): Patience {
  let sent = 0;
  return async (error) => {
    sent += 1;
    if (!(error instanceof IntegrationError) || !error.retryable || sent >= policy.attempts) throw error;
    if ((error.retryAfterMs ?? 0) > LONGEST_ASKED_MS) throw error;
    await policy.clock.sleep(error.retryAfterMs ?? backoff(sent, policy.random));
  };
}

export async function withRetry<T>(attempt: () => Promise<T>, policy: RetryPolicy): Promise<T> {
  const waitOrThrow = patience(policy);
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      await waitOrThrow(error);
    }
  }
}

/** Exponential, with jitter over the upper half. */
function backoff(sent: number, random: () => number): number {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (sent - 1));
  return Math.round(longest * (0.5 + random() / 2));
}
