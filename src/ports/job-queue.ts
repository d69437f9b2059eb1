import type { Instant } from '../domain/day.js';

/** What the service does by itself, or when asked. Closed: each name has one handler in `src/service/jobs/`. */
export const JOB_NAMES = ['run', 'piece', 'refresh', 'read-back', 'housekeeping', 'digest'] as const;
export type JobName = (typeof JOB_NAMES)[number];

/** A job as it is asked for. `payload` is JSON, ids and options only: never a name, an address or a secret. */
export interface JobToDo {
  readonly name: JobName;
  /** The same id is one job while it waits, runs, or is among the last that ended: adding it again changes nothing. */
  readonly id: string;
  readonly payload: unknown;
  /** Milliseconds from now; 0 = at once. */
  readonly delayMs: number;
  /** Smaller goes first. */
  readonly priority: number;
}

export interface Job {
  readonly name: JobName;
  readonly id: string;
  readonly payload: unknown;
  /** 1 at the first try. */
  readonly attempt: number;
  /** Links every log line and call that this job leads to with what asked for it. */
  readonly trace: string;
}

/**
 * Does one job; resolves once it is done, or handed back where it can go on (a checkpoint). A throw with
 * `retryable` is tried again with backoff, not before its `retryAfterMs`; any other throw is final.
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
  /** Age of the oldest job that waits, in milliseconds; null when none does. */
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
  /** False when it is not there any more. */
  readonly retry: (id: string) => Promise<boolean>;
  readonly discard: (id: string) => Promise<boolean>;
  readonly close: () => Promise<void>;
}
