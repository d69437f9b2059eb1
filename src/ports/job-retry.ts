import { IntegrationError } from './errors.js';

/** How patient a queue is with a job whose handler throws. */
export interface JobPatience {
  /** Tries in all, the first included. */
  readonly attempts: number;
  /** Milliseconds before the second try; doubled before each further one. */
  readonly firstWaitMs: number;
  /** The longest wait of our own, in milliseconds; what a vendor asks for may be longer. */
  readonly longestWaitMs: number;
}

/** Eight tries over about a quarter of an hour. */
export const USUAL_JOB_PATIENCE: JobPatience = { attempts: 8, firstWaitMs: 5_000, longestWaitMs: 300_000 };

/** What becomes of a job whose handler threw. */
export type AfterFailure =
  | { readonly kind: 'again'; readonly waitMs: number }
  /** `reason`: one sentence, and one with what to do. */
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * The one rule by which every queue tries again. It asks only `retryable`, waits twice as long each time and
 * never less than `retryAfterMs`, up to half as much again so that workers part. `attempt` is 1 at the first
 * try; `random` gives 0 <= x < 1.
 */
export function afterFailure(
  error: unknown,
  attempt: number,
  { patience, random }: { readonly patience: JobPatience; readonly random: () => number },
): AfterFailure {
  const retryable = error instanceof IntegrationError && error.retryable;
  if (!retryable || attempt >= patience.attempts) return { kind: 'failed', reason: reasonOf(error) };
  const backoff = Math.min(patience.longestWaitMs, patience.firstWaitMs * 2 ** (attempt - 1));
  const least = Math.max(backoff, error.retryAfterMs ?? 0);
  return { kind: 'again', waitMs: Math.ceil(least * (1 + random() / 2)) };
}

/** One sentence for people, with what to do. What is not an `IntegrationError` is not quoted: it may carry anything. */
function reasonOf(error: unknown): string {
  if (error instanceof IntegrationError) return `${error.message} ${error.actions[0] ?? ''}`.trim();
  const kind = error instanceof Error ? error.name : typeof error;
  return `The job stopped with a fault of ours (${kind}). Find it in the log by its trace, then retry the job.`;
}
