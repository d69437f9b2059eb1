import { IntegrationError } from '../ports/errors.js';

/** What stops work on a run from outside, with nothing wrong in the work itself. */
const STOPS: ReadonlySet<string> = new Set([
  'RUN_PAUSED',
  'RUN_CANCELLED',
  'RUN_LEASE_LOST',
  'RUN_PIECE_LOST',
  'RUN_OVER',
  'RUN_INTERRUPTED',
]);

export function isStop(error: unknown): error is IntegrationError {
  return error instanceof IntegrationError && STOPS.has(error.code);
}

/** The run ended while a piece of it was worked on. */
export function isOver(run: string): IntegrationError {
  return new IntegrationError({
    kind: 'Transient',
    code: 'RUN_OVER',
    message: `Run ${run} is over; this part of it stopped before its next write.`,
    actions: ['Nothing needs to be done: the next run plans anew what is left.'],
    retryable: false,
    provider: 'run',
    operation: 'do a piece of a run',
  });
}

/** This process is to end: somebody else goes on. */
export function interrupted(): IntegrationError {
  return new IntegrationError({
    kind: 'Transient',
    code: 'RUN_INTERRUPTED',
    message: 'This process is to end; the run stays as it is.',
    actions: ['Nothing needs to be done: another worker goes on with it, or this one when it starts again.'],
    retryable: true,
    provider: 'run',
    operation: 'go on with a run',
  });
}
