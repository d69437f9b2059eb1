import { CHANNELS } from '../domain/engagement/channel.js';
import { IntegrationError } from '../ports/errors.js';

/** Budgets end a run politely; everything else that is thrown ends it as failed. */
export function isPause(error: unknown): error is IntegrationError {
  return error instanceof IntegrationError && error.kind === 'RateLimited' && !error.retryable;
}

const TOOLS: ReadonlySet<string> = new Set(Object.values(CHANNELS).flatMap(({ tool }) => tool ?? []));

/** A marketing tool that can't be reached now: what goes through it waits, and nothing else does. */
export function isOutage(error: unknown): error is IntegrationError {
  return error instanceof IntegrationError && error.retryable && TOOLS.has(error.provider);
}

/** Why a run stopped early and what to do, in words. */
export function pauseSentence({ message, actions }: IntegrationError): string {
  return `${message} ${actions.join(' ')}`;
}

/** What a run that broke off is remembered by. */
export function sentenceOf(error: unknown): string {
  return error instanceof IntegrationError ? `${error.code}: ${error.message}` : String(error);
}
