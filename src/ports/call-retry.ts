import type { Clock } from './clock.js';
import type { IntegrationError } from './errors.js';
import type { Log } from './log.js';

export interface CallPatience {
  readonly clock: Clock;
  readonly log: Log;
  /** 0 <= x < 1; parts the retries of several workers. */
  readonly random: () => number;
  /** Attempts in total. */
  readonly attempts: number;
  /** Milliseconds that may be waited for one call, all its waits together. */
  readonly longestWaitMs: number;
}

/** How a vendor fails. */
export interface CallFaults {
  readonly provider: string;
  /** Whatever a call threw, as one of ours. */
  readonly toError: (cause: unknown, operation: string) => IntegrationError;
  /** False only when the request surely did nothing: it was refused, or never arrived. */
  readonly mayHaveHappened: (error: IntegrationError) => boolean;
}

/** `repeatable`: doing it twice is doing it once. `once`: only what surely did not happen is tried again. */
export type Repeat = 'repeatable' | 'once';

const FIRST_WAIT_MS = 400;
/** Workers that were all told the same moment part by up to so much. */
const MOST_APART_MS = 5_000;
const WORTH_A_LINE_MS = 60_000;

/**
 * Makes the call until it answers. Throws its last `IntegrationError` when that is not retryable, when attempts
 * or patience are used up, or when the call may have happened and must not happen twice.
 */
export async function withCallRetry<T>(
  call: () => Promise<T>,
  { operation, repeat }: { readonly operation: string; readonly repeat: Repeat },
  { patience, faults }: { readonly patience: CallPatience; readonly faults: CallFaults },
): Promise<T> {
  const { clock, log, attempts, longestWaitMs } = patience;
  const told = { provider: faults.provider, operation };
  let waited = 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (cause) {
      const error = faults.toError(cause, operation);
      const { code } = error;
      log.debug('vendor call failed', { ...told, code, attempt });
      if (!error.retryable || (repeat === 'once' && faults.mayHaveHappened(error))) throw error;
      const wait = waitBefore(error, attempt, patience.random);
      if (attempt >= attempts || waited + wait > longestWaitMs) {
        log.warn('vendor call given up', { ...told, code, attempts: attempt, waitedMs: waited });
        throw error;
      }
      if (wait >= WORTH_A_LINE_MS) log.warn('vendor asks to wait', { ...told, code, waitMs: wait });
      await clock.sleep(wait);
      waited += wait;
    }
  }
}

/** Never less than what the vendor asked for; a little more, so that workers part. */
function waitBefore({ retryAfterMs }: IntegrationError, attempt: number, random: () => number): number {
  const least = retryAfterMs ?? FIRST_WAIT_MS * 2 ** (attempt - 1);
  return Math.round(least + random() * Math.min(least / 2, MOST_APART_MS));
}
