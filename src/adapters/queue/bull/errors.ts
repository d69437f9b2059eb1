import { IntegrationError } from '../../../ports/errors.js';

/** Redis did not answer in time, or the queue is closed. An `add` may have been heard all the same. */
export function redisError(operation: string, cause: unknown): IntegrationError {
  return new IntegrationError({
    kind: 'Transient',
    code: 'QUEUE_REDIS_AWAY',
    message: 'Redis, which carries the jobs, did not answer.',
    actions: ['Check that Redis runs and that REDIS_URL is right, then ask again.'],
    retryable: true,
    provider: 'redis',
    operation,
    cause,
  });
}

/** Where a worker dies of the same job again and again. */
export const STALLED_REASON =
  'Worker after worker ended while it did this job. Look for the last lines of its trace in the log, and whether a worker ran out of memory, then retry the job.';
