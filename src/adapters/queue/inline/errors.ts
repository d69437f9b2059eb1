import { IntegrationError } from '../../../ports/errors.js';

/** After `close`: nobody would do the job. */
export function closedError(operation: string): IntegrationError {
  return new IntegrationError({
    kind: 'Transient',
    code: 'QUEUE_CLOSED',
    message: 'The job queue is closed, as the service is stopping.',
    actions: ['Ask again once the service is running.'],
    retryable: true,
    provider: 'queue',
    operation,
  });
}

/** The thread that holds the queue ended, or is too busy to answer. */
export function awayError(operation: string): IntegrationError {
  return new IntegrationError({
    kind: 'Transient',
    code: 'QUEUE_AWAY',
    message: 'The thread that does the jobs did not answer.',
    actions: [
      'Ask again in a moment; if it goes on, look for its last error in the log and restart the service.',
    ],
    retryable: true,
    provider: 'queue',
    operation,
  });
}

/** `work` through a port: a handler cannot be sent to another thread. */
export function elsewhereError(): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code: 'QUEUE_ELSEWHERE',
    message: 'Jobs of this queue are done in the thread that holds it, not through its port.',
    actions: ['Report this: the service was put together wrongly.'],
    retryable: false,
    provider: 'queue',
    operation: 'work',
  });
}
