import type { IntegrationError } from '../../../ports/errors.js';
import { type SalesforceErrorCode, salesforceError } from './errors.js';
import { shorten } from './refusals.js';

/** An answer that is no success, as far as classification needs it. */
export interface FailedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export interface Sending {
  readonly operation: string;
  /** True when sending it twice leaves the org as sending it once does. */
  readonly repeatable: boolean;
}

const BY_CODE: Readonly<Record<string, SalesforceErrorCode>> = {
  INVALID_SESSION_ID: 'SF_SESSION_REFUSED',
  InvalidSessionId: 'SF_SESSION_REFUSED',
  INVALID_FIELD: 'SF_FIELD_NOT_VISIBLE',
  INVALID_TYPE: 'SF_OBJECT_NOT_VISIBLE',
  MALFORMED_QUERY: 'SF_QUERY_REFUSED',
  INVALID_QUERY_FILTER_OPERATOR: 'SF_QUERY_REFUSED',
  QUERY_TOO_COMPLICATED: 'SF_QUERY_REFUSED',
  INVALID_QUERY_LOCATOR: 'SF_CURSOR_LOST',
  INVALIDENTITY: 'SF_BULK_UNSUPPORTED',
  InvalidEntity: 'SF_BULK_UNSUPPORTED',
  INSUFFICIENT_ACCESS: 'SF_ACCESS_DENIED',
  INSUFFICIENT_ACCESS_OR_READONLY: 'SF_ACCESS_DENIED',
  FUNCTIONALITY_NOT_ENABLED: 'SF_ACCESS_DENIED',
  API_DISABLED_FOR_ORG: 'SF_API_DISABLED',
  API_CURRENTLY_DISABLED: 'SF_API_DISABLED',
  QUERY_TIMEOUT: 'SF_UNAVAILABLE',
  SERVER_UNAVAILABLE: 'SF_UNAVAILABLE',
  UNKNOWN_EXCEPTION: 'SF_UNAVAILABLE',
  UNABLE_TO_LOCK_ROW: 'SF_UNAVAILABLE',
};

/** Refused before anything was done: may be sent again even when it is not repeatable. */
const NOT_EXECUTED: ReadonlySet<SalesforceErrorCode> = new Set(['SF_CONCURRENT_LIMIT', 'SF_THROTTLED']);

/** Turns an error answer into an `IntegrationError`; whether it is retryable depends on what was sent. */
export function answerError(answer: FailedAnswer, sending: Sending): IntegrationError {
  const said = vendorError(answer.body);
  const code = classify(answer.status, said);
  const waited = retryAfter(answer.headers);
  const safe = sending.repeatable || NOT_EXECUTED.has(code);
  return salesforceError(code, {
    operation: sending.operation,
    message: `Salesforce answered ${answer.status} ${said.code} to "${sending.operation}": ${shorten(said.message)}`,
    ...(safe ? {} : { retryable: false }),
    ...(waited === null ? {} : { retryAfterMs: waited }),
  });
}

function classify(status: number, said: VendorError): SalesforceErrorCode {
  if (said.code === 'REQUEST_LIMIT_EXCEEDED') return limitCause(said.message);
  if (/Found multiple contents for job/i.test(said.message)) return 'SF_BULK_CONTENT_KNOWN';
  const known = BY_CODE[said.code];
  if (known !== undefined) return known;
  if (status === 401) return 'SF_SESSION_REFUSED';
  if (status === 403) return 'SF_ACCESS_DENIED';
  if (status === 404 || status === 409 || status === 410) return 'SF_NOT_FOUND';
  if (status === 429) return 'SF_THROTTLED';
  return status >= 500 || status === 420 ? 'SF_UNAVAILABLE' : 'SF_REQUEST_REFUSED';
}

/** One code, three causes: only the daily quota lasts for hours (facts of 2026-11, OrgCheck#181, #432). */
function limitCause(message: string): SalesforceErrorCode {
  return /Concurrent/i.test(message) ? 'SF_CONCURRENT_LIMIT' : 'SF_DAILY_LIMIT';
}

interface VendorError {
  readonly code: string;
  readonly message: string;
}

function vendorError(body: string): VendorError {
  const fault = /<(?:\w+:)?faultcode>(?:\w+:)?([^<]*)<[\s\S]*?<(?:\w+:)?faultstring>([^<]*)</.exec(body);
  if (fault) return { code: fault[1] ?? '', message: fault[2] ?? '' };
  const parsed = parseJson(body);
  const first: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
  if (typeof first !== 'object' || first === null) return { code: '', message: 'no readable answer' };
  const text = (key: string): string => {
    const value: unknown = Reflect.get(first, key);
    return typeof value === 'string' ? value : '';
  };
  return { code: text('errorCode') || text('error'), message: text('message') || text('error_description') };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** `Retry-After` in milliseconds; it comes in seconds or as a date. */
function retryAfter(headers: Headers): number | null {
  const value = headers.get('retry-after');
  if (value === null) return null;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const until = Date.parse(value);
  const from = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(until) || Number.isNaN(from) ? null : Math.max(0, until - from);
}

/** The token endpoint says `{error, error_description}` with 400, or the server is not there. */
export function loginError(answer: FailedAnswer, operation: string): IntegrationError {
  const said = vendorError(answer.body);
  if (answer.status >= 500 || answer.status === 429) {
    return answerError(answer, { operation, repeatable: true });
  }
  return salesforceError('SF_LOGIN_REFUSED', {
    operation,
    message: `Salesforce refused the login: ${said.code || answer.status} ${shorten(said.message)}.`,
  });
}

/** No answer, or half of one. */
export function connectionError(cause: unknown, sending: Sending): IntegrationError {
  const reason = causeOf(cause);
  return salesforceError('SF_UNREACHABLE', {
    operation: sending.operation,
    message: `No complete answer from Salesforce to "${sending.operation}" (${reason}).`,
    ...(sending.repeatable ? {} : { retryable: false }),
    cause,
  });
}

/** By what it says, not by its class: fetch throws TypeErrors with a cause, timers DOMExceptions. */
function causeOf(cause: unknown): string {
  const name = property(cause, 'name');
  if (name === 'TimeoutError' || name === 'AbortError') return 'timed out';
  return property(property(cause, 'cause'), 'code')?.toString() ?? String(property(cause, 'message'));
}

function property(of: unknown, key: string): unknown {
  return typeof of === 'object' && of !== null ? Reflect.get(of, key) : undefined;
}
