import type { Instant } from '../domain/day.js';

/** Time as an argument. The system clock, a fixed one for `--now`, or one that a test moves. */
export interface Clock {
  readonly now: () => Instant;
  /** Resolves after `ms`; a moved clock may resolve at once. Rejects when `signal` aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}
