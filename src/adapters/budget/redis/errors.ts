import { IntegrationError } from '../../../ports/errors.js';

/** Nobody calls a vendor uncounted: without Redis the call is refused, and may be tried again. */
export function budgetError(operation: string, cause: unknown): IntegrationError {
  return new IntegrationError({
    kind: 'Transient',
    code: 'BUDGET_REDIS_AWAY',
    message: 'Redis, which counts the calls of all workers, did not answer; nothing was called.',
    actions: ['Check that Redis runs and that REDIS_URL is right, then run again.'],
    retryable: true,
    provider: 'redis',
    operation,
    cause,
  });
}
