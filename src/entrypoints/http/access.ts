import type { Request, RequestHandler, Response } from 'express';
import type { ApiToken, Scope } from '../../ports/service-store.js';
import type { Throttle } from '../../ports/throttle.js';
import { includes, tokenBehind } from '../../service/access/tokens.js';
import type { Asker, Desk } from '../../service/desk.js';
import { Problem } from './problem.js';
import { traceOf } from './trace.js';

/** What may be asked how often. */
export interface AccessLimits {
  /** Requests of one token. */
  readonly requests: Throttle;
  /** The same of a token that sends usage in. */
  readonly usage: Throttle;
  /** Refused tokens from one address. */
  readonly refused: Throttle;
}

const BEARER = /^Bearer (tn_[A-Za-z0-9_-]{43})$/i;

/** Lets a request through whose token may do what the endpoint asks for. Nothing of its body has been read by then. */
export function requiringToken(desk: Desk, scope: Scope, limits: AccessLimits): RequestHandler {
  return async (request, response, next) => {
    const token = await tokenOf(desk, request, limits.refused);
    await pass(token.scope === 'usage' ? limits.usage : limits.requests, token.id);
    if (!includes(token.scope, scope)) throw underScoped(token, scope);
    response.locals.asker = { who: `token:${token.id}`, trace: traceOf(response) } satisfies Asker;
    next();
  };
}

/** Who asks; only behind `requiringToken`. */
export function askerOf({ locals }: Response): Asker {
  return locals.asker as Asker;
}

async function tokenOf(desk: Desk, request: Request, refused: Throttle): Promise<ApiToken> {
  const header = request.headers.authorization;
  if (header === undefined) throw unauthorised('NO_TOKEN', 'This needs a token.', '');
  const secret = BEARER.exec(header)?.[1];
  const token = secret === undefined ? null : await tokenBehind(desk, secret);
  if (token !== null) return token;
  await pass(refused, request.ip ?? '');
  const detail = 'The token is not known here, or was revoked.';
  throw unauthorised('TOKEN_REFUSED', detail, ', error="invalid_token"');
}

/** Counts one more; throws 429 when there were too many. */
export async function pass(throttle: Throttle, key: string): Promise<void> {
  const { waitMs } = await throttle.take(key);
  if (waitMs > 0) throw tooMany(waitMs);
}

export function tooMany(waitMs: number): Problem {
  const seconds = Math.ceil(waitMs / 1000);
  return new Problem({
    status: 429,
    code: 'TOO_MANY_REQUESTS',
    detail: 'That was asked too often.',
    actions: [`Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'}, then try again.`],
    headers: { 'Retry-After': String(seconds) },
  });
}

function unauthorised(code: string, detail: string, error: string): Problem {
  return new Problem({
    status: 401,
    code,
    detail,
    actions: [
      'Send the header `Authorization: Bearer tn_…`; `truenorth tokens create --name NAME --scope SCOPE` makes a token.',
    ],
    headers: { 'WWW-Authenticate': `Bearer realm="truenorth"${error}` },
  });
}

function underScoped(token: ApiToken, scope: Scope): Problem {
  return new Problem({
    status: 403,
    code: 'SCOPE_TOO_SMALL',
    detail: `This needs a token with the scope ${scope}; this one has ${token.scope}.`,
    actions: [`Use another token: \`truenorth tokens create --name NAME --scope ${scope}\` makes one.`],
    headers: { 'WWW-Authenticate': `Bearer realm="truenorth", error="insufficient_scope", scope="${scope}"` },
  });
}
