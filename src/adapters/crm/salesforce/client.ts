import jsforce, { type Connection } from 'jsforce';
import type { ApiUsage } from '../../../ports/crm.js';
import { IntegrationError } from '../../../ports/errors.js';
import type { Token } from './auth.js';
import type { Budget, CallKind } from './budget.js';
import { isCode, salesforceError } from './errors.js';
import type { Limiter } from './limiter.js';
import { answerError } from './responses.js';
import { type RetryPolicy, withRetry } from './retry.js';
import type { Session } from './session.js';
import {
  type Bytes,
  type Exchange,
  exchangeText,
  jsforceTransport,
  open,
  type WholeAnswer,
} from './transport.js';

/** One request, in words for errors and in bytes for the wire. */
export interface Call {
  readonly kind: CallKind;
  /** `query Account`. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** After `/services/data/vXX.X`, or a whole path from `/services/`. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** True when sending it twice leaves the org as sending it once does. */
  readonly repeatable: boolean;
}

export interface Answer {
  readonly body: unknown;
  readonly headers: Headers;
}

export interface Transfer extends Omit<Call, 'body'> {
  readonly bytes: Bytes;
}

/** Every request of this adapter goes through here: budget, limiter, one renewal of the session, retry. */
export interface Client {
  /** JSON there and back, through jsforce. */
  readonly rest: (call: Call) => Promise<Answer>;
  /** Bytes up, a short text back. */
  readonly upload: (transfer: Transfer) => Promise<WholeAnswer>;
  /** XML there and back; the envelope carries the session itself. */
  readonly soap: (call: Omit<Call, 'body'>, envelope: (sessionId: string) => string) => Promise<WholeAnswer>;
  /** An answer whose body is still to be read; not retried once it has begun. */
  readonly download: (call: Call) => Promise<Response>;
  readonly usage: () => ApiUsage;
}

export interface ClientParts {
  readonly session: Session;
  readonly budget: Budget;
  readonly limiter: Limiter;
  readonly retry: RetryPolicy;
  readonly apiVersion: string;
  readonly timeoutMs: number;
}

/** 100 MB take longer than a question. */
const UPLOAD_PATIENCE = 5;

/** Lets the org tell our writes from everybody else's in change events. */
const CLIENT_NAME = 'client=truenorth';

export function createClient(parts: ClientParts): Client {
  const run = <T>(call: Omit<Call, 'body'>, send: (token: Token) => Promise<T>): Promise<T> =>
    withRetry(() => parts.limiter(() => withSession(parts, call.operation, send)), parts.retry);
  const outgoing = (call: Omit<Call, 'body'>, token: Token, bytes: Bytes | null) => ({
    url: `${token.instanceUrl}${fullPath(call.path, parts.apiVersion)}`,
    method: call.method,
    headers: {
      authorization: `Bearer ${token.accessToken}`,
      'sforce-call-options': CLIENT_NAME,
      ...call.headers,
    },
    body: bytes,
  });
  return {
    rest: (call) => run(call, (token) => throughJsforce(parts, call, token)),
    upload: (call) => {
      const exchange = { ...exchangeOf(parts, call), timeoutMs: parts.timeoutMs * UPLOAD_PATIENCE };
      return run(call, (token) => exchangeText(outgoing(call, token, call.bytes), exchange));
    },
    soap: (call, envelope) =>
      run(call, (token) =>
        exchangeText(
          outgoing(call, token, new TextEncoder().encode(envelope(token.accessToken))),
          exchangeOf(parts, call),
        ),
      ),
    download: (call) => run(call, (token) => open(outgoing(call, token, null), exchangeOf(parts, call))),
    usage: parts.budget.usage,
  };
}

/** An expired session is renewed once; a second refusal is final. jsforce itself would ask for ever. */
async function withSession<T>(
  parts: ClientParts,
  operation: string,
  send: (token: Token) => Promise<T>,
): Promise<T> {
  await parts.budget.admit(operation);
  const token = await parts.session.token();
  try {
    return await send(token);
  } catch (error) {
    if (!isCode(error, 'SF_SESSION_REFUSED')) throw error;
    const renewed = await parts.session.renew(token);
    await parts.budget.admit(operation);
    return send(renewed);
  }
}

function exchangeOf(parts: ClientParts, call: Omit<Call, 'body'>): Exchange {
  return {
    operation: call.operation,
    repeatable: call.repeatable,
    timeoutMs: parts.timeoutMs,
    onSend: () => parts.budget.count(call.kind),
    onAnswer: parts.budget.heard,
    toError: (answer) => answerError(answer, call),
  };
}

async function throughJsforce(parts: ClientParts, call: Call, token: Token): Promise<Answer> {
  let headers = new Headers();
  const exchange = exchangeOf(parts, call);
  const onAnswer = (seen: Headers): void => {
    headers = seen;
    exchange.onAnswer(seen);
  };
  const connection: Connection = new jsforce.Connection({
    instanceUrl: token.instanceUrl,
    accessToken: token.accessToken,
    version: parts.apiVersion,
    callOptions: { client: 'truenorth' },
  });
  connection._transport = jsforceTransport({ ...exchange, onAnswer });
  try {
    const body = await connection.request({
      method: call.method,
      url: call.path,
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      headers: { ...(call.body === undefined ? {} : JSON_BODY), ...call.headers },
    });
    return { body, headers };
  } catch (error) {
    throw error instanceof IntegrationError ? error : unforeseen(error, call.operation);
  }
}

const JSON_BODY = { 'content-type': 'application/json' };

function fullPath(path: string, apiVersion: string): string {
  return path.startsWith('/services/') ? path : `/services/data/v${apiVersion}${path}`;
}

function unforeseen(cause: unknown, operation: string): IntegrationError {
  return salesforceError('SF_UNEXPECTED', {
    operation,
    message: `"${operation}" failed in a way that is not known: ${cause instanceof Error ? cause.message : String(cause)}`,
    cause,
  });
}
