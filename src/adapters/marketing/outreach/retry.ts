import type { Clock } from '../../../ports/clock.js';
import type { IntegrationError } from '../../../ports/errors.js';
import type { Log } from '../../../ports/log.js';
import { integrationError, mayHaveHappened } from './errors.js';

export interface RetryPolicy {
  readonly clock: Clock;
  readonly log: Log;
  /** 0 <= x < 1. */
  readonly random: () => number;
  /** Attempts in total. */
  readonly attempts: number;
}

/** `repeatable`: doing it twice is doing it once. `once`: only what surely did not happen is tried again. */
export type Repeat = 'repeatable' | 'once';

const FIRST_WAIT_MS = 400;
/** The hourly limit starts anew within the hour; whoever asks for more gets the error passed on. */
const LONGEST_ASKED_MS = 3_600_000;
const WORTH_A_LINE_MS = 60_000;

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
      policy.log.debug('outreach call failed', { kind: operation, code: error.code });
      const again =
        error.retryable &&
        (error.retryAfterMs ?? 0) <= LONGEST_ASKED_MS &&
        (repeat === 'repeatable' || !mayHaveHappened(error));
      if (!again || attempt >= policy.attempts) throw error;
      await pause(policy, waitBefore(error, attempt, policy.random));
    }
  }
}

/** Never less than what Outreach asked for; a little more, so that workers part. */
function waitBefore(error: IntegrationError, attempt: number, random: () => number): number {
  if (error.retryAfterMs !== null) return Math.round(error.retryAfterMs + random() * FIRST_WAIT_MS);
  return Math.round(FIRST_WAIT_MS * 2 ** (attempt - 1) * (1 + random() / 2));
}

async function pause({ clock, log }: RetryPolicy, ms: number): Promise<void> {
  if (ms >= WORTH_A_LINE_MS) log.warn('outreach asks to wait', { seconds: Math.ceil(ms / 1_000) });
  await clock.sleep(ms);
}
