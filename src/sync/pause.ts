import { IntegrationError } from '../ports/errors.js';

/** Budgets end a run politely; everything else that is thrown ends it as failed. */
export function isPause(error: unknown): error is IntegrationError {
  return error instanceof IntegrationError && error.kind === 'RateLimited' && !error.retryable;
}

/** Why a run stopped early and what to do, in words. */
export function pauseSentence({ message, actions }: IntegrationError): string {
  return `${message} ${actions.join(' ')}`;
}
