import type { Instant } from '../domain/day.js';

/** What the service does by itself, or when asked. Closed: each name has one handler in `src/service/jobs/`. */
export const JOB_NAMES = [
  'run',
  'piece',
  'refresh',
  'read-back',
  'housekeeping',
  'digest',
  'drift',
  'what-if',
  'trial',
] as const;
export type JobName = (typeof JOB_NAMES)[number];

/** A job as it is asked for. `payload` is JSON, ids and options only: never a name, an address or a secret. */
export interface JobToDo {
  readonly name: JobName;
  /**
   * The same id is one job while it waits, runs, or is among the last that ended, whether done or failed:
   * adding it again changes nothing. Unique over all names; what shall happen again carries its day or round.
   */
  readonly id: string;
  readonly payload: unknown;
  /** Milliseconds from now; 0 = at once. */
  readonly delayMs: number;
  /** A whole number from 0; smaller goes first, within one name. Equals go in the order in which they came. */
  readonly priority: number;
  /** Handed through to the job: what asked for it. */
  readonly trace: string;
}

export interface Job {
  readonly name: JobName;
  readonly id: string;
  readonly payload: unknown;
  /** 1 at the first try. A try that a worker's stop cut short does not count, nor do those before a retry by hand. */
  readonly attempt: number;
  /** Links every log line and call that this job leads to with what asked for it. */
  readonly trace: string;
}

/**
 * Does one job; resolves once it is done. A throw after `signal` hands the job back: it waits again, for any
 * worker, and goes on from what it left in the state. Otherwise an `IntegrationError` with `retryable` is tried
 * again with backoff, not before its `retryAfterMs` (`afterFailure`); any other throw is final.
 */
export type JobHandler = (job: Job, signal: AbortSignal) => Promise<void>;

export interface JobWorker {
  /** Takes no further job, aborts the signal of those under way, resolves once each has ended or `graceMs` is over. */
  readonly stop: (graceMs: number) => Promise<void>;
}

export interface FailedJob {
  readonly id: string;
  readonly name: JobName;
  readonly attempts: number;
  /** One sentence with what to do. */
  readonly reason: string;
  readonly failedAt: Instant;
}

export interface QueueCounts {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
  /** How long the job that has waited longest could have been taken, in milliseconds; null when none waits. */
  readonly lagMs: number | null;
}

/**
 * Jobs, at least once: a worker that is killed leaves its jobs to the others, so every handler can be
 * repeated. Nothing is decided by the queue: the truth about a run lies in the state, and what was lost
 * here is asked for again from there. Throws only `IntegrationError`.
 */
export interface JobQueue {
  readonly add: (job: JobToDo) => Promise<void>;
  /** How many jobs of each name may run at once in this process; a name that is left out is not taken. */
  readonly work: (
    handlers: Readonly<Record<JobName, JobHandler>>,
    concurrency: Readonly<Partial<Record<JobName, number>>>,
  ) => Promise<JobWorker>;
  readonly counts: () => Promise<QueueCounts>;
  /** Latest first. */
  readonly failed: (limit: number) => Promise<readonly FailedJob[]>;
  /** Lets a failed job wait again, with all its tries before it. False when it is not among the failed. */
  readonly retry: (id: string) => Promise<boolean>;
  /** Forgets a failed job, so that its id may be asked for again. False when it is not among the failed. */
  readonly discard: (id: string) => Promise<boolean>;
  /** Ends the workers that were started here without grace, then lets go of everything. */
  readonly close: () => Promise<void>;
}
