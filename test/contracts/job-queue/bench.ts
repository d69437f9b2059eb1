import type { Instant } from '../../../src/domain/day.js';
import { IntegrationError } from '../../../src/ports/errors.js';
import type { Job, JobHandler, JobName, JobQueue, JobToDo } from '../../../src/ports/job-queue.js';
import type { JobPatience } from '../../../src/ports/job-retry.js';

/** Waits short enough for real time. */
export const PATIENCE: JobPatience = { attempts: 3, firstWaitMs: 60, longestWaitMs: 500 };

/** Both sides of one queue, as different processes have them. */
export interface QueueBench {
  /** Where jobs are asked for. */
  readonly asking: JobQueue;
  /** Where they are done. */
  readonly doing: JobQueue;
  readonly now: () => Instant;
  /** Lets time pass where it does not by itself. */
  readonly pass: (ms: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** `kept`: how many of the last done, and of the last failed, the queue remembers. */
export type OpenQueue = (kept: number) => Promise<QueueBench>;

export function aJob(id: string, told: Partial<JobToDo> = {}): JobToDo {
  return { name: 'refresh', id, payload: {}, delayMs: 0, priority: 10, trace: `trace-${id}`, ...told };
}

/** The same handler for every name. */
export function handling(handle: JobHandler): Readonly<Record<JobName, JobHandler>> {
  return {
    run: handle,
    piece: handle,
    refresh: handle,
    'read-back': handle,
    housekeeping: handle,
    digest: handle,
    drift: handle,
    'what-if': handle,
    trial: handle,
  };
}

export interface Doing {
  readonly job: Job;
  readonly at: Instant;
}

/** Writes down what is done, and does `also`. */
export function writing(
  bench: QueueBench,
  also: JobHandler = async () => {},
): { readonly done: Doing[]; readonly handlers: Readonly<Record<JobName, JobHandler>> } {
  const done: Doing[] = [];
  const handlers = handling(async (job, signal) => {
    done.push({ job, at: bench.now() });
    await also(job, signal);
  });
  return { done, handlers };
}

export function busyError(retryAfterMs?: number): IntegrationError {
  return new IntegrationError({
    kind: 'RateLimited',
    code: 'VENDOR_BUSY',
    message: 'The vendor is busy.',
    actions: ['Wait a moment.'],
    retryable: true,
    provider: 'vendor',
    operation: 'ask',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

export function refusedError(): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'KEY_MISSING',
    message: 'The key is missing.',
    actions: ['Write the key into the environment.'],
    retryable: false,
    provider: 'config',
    operation: 'connect',
  });
}
