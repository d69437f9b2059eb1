import { IntegrationError } from '../../../ports/errors.js';
import { SERVICE_ERRORS } from './errors-service.js';
import { type ErrorEntry, SETUP_ERRORS } from './errors-setup.js';

/** Every failure that this adapter can throw, with what to do about it. */
export const SALESFORCE_ERRORS = { ...SETUP_ERRORS, ...SERVICE_ERRORS } as const;

export type SalesforceErrorCode = keyof typeof SALESFORCE_ERRORS;

export interface Occurrence {
  readonly operation: string;
  readonly message: string;
  /** Overrides the catalogue: an unrepeatable request is never retried, whatever failed. */
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

export function salesforceError(code: SalesforceErrorCode, occurrence: Occurrence): IntegrationError {
  const entry: ErrorEntry = SALESFORCE_ERRORS[code];
  return new IntegrationError({ ...entry, code, provider: 'salesforce', ...occurrence });
}

export function isCode(error: unknown, ...codes: readonly SalesforceErrorCode[]): error is IntegrationError {
  return error instanceof IntegrationError && codes.some((code) => code === error.code);
}
