import type { NextFunction, Request, Response } from 'express';
import { ApiError } from '../api-error.js';
import type { Caller } from '../store/sessions.js';
import type { RouteRoom } from './contract.js';

const callers = new WeakMap<Response, Caller>();

/** Who calls. Only behind `sessionGate`. */
export function callerOf(res: Response): Caller {
  const caller = callers.get(res);
  if (caller === undefined) {
    throw new Error('this route is not behind the session gate');
  }
  return caller;
}

/** Lets a request with a living session through, counts it against the day's quota, and says how much is left. */
export function sessionGate(room: RouteRoom): (req: Request, res: Response, next: NextFunction) => void {
  return (req, res, next) => {
    const caller = authenticate(room, req, tokenOf(req));
    callers.set(res, caller);
    countCall(room, res);
    next();
  };
}

/** For APIs that carry their session elsewhere (SOAP header): the caller, or ApiError 401 INVALID_SESSION_ID. */
export function authenticate(room: RouteRoom, req: Request, token: string | null): Caller {
  const { org, loopback } = room;
  const request = `${req.method} ${req.originalUrl}`;
  if (token !== null && loopback.faults.strike('expire-session', request) !== null) {
    org.sessions.end(token);
  }
  const session = token === null ? null : org.sessions.use(token);
  if (session === null) {
    throw new ApiError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  }
  org.late.settle();
  return {
    session,
    version: versionOf(req.originalUrl),
    origin: originOf(req),
    strike: (kind) => loopback.faults.strike(kind, request),
  };
}

/** Takes one API request from the day's quota; ApiError 403 when none is left. */
export function countCall({ org }: RouteRoom, res: Response): void {
  const allowed = org.quota.take();
  res.setHeader('Sforce-Limit-Info', `api-usage=${org.quota.used()}/${org.quota.max()}`);
  if (!allowed) {
    throw new ApiError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
  }
}

/** `Authorization: Bearer T` or `OAuth T`; Bulk 1 sends `X-SFDC-Session`. */
export function tokenOf(req: Request): string | null {
  const bearer = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(req.header('authorization') ?? '')?.[1];
  return bearer ?? req.header('x-sfdc-session') ?? null;
}

const APIS: readonly (readonly [RegExp, string])[] = [
  [/^\/services\/Soap\//i, 'soap'],
  [/^\/services\/async\/|\/jobs\/ingest/, 'bulkapi'],
  [/\/tooling\//, 'toolingrest'],
];

/** `com/salesforce/api/<API>/<version>;client=<id>`; the client names itself in `Sforce-Call-Options` (facts §6). */
function originOf(req: Request): string {
  const api = APIS.find(([path]) => path.test(req.originalUrl))?.[1] ?? 'rest';
  const client = /(?:^|[,;\s])client=([^,;\s]+)/i.exec(req.header('sforce-call-options') ?? '')?.[1];
  const version = versionOf(req.originalUrl).toFixed(1);
  return `com/salesforce/api/${api}/${version}${client === undefined ? '' : `;client=${client}`}`;
}

function versionOf(path: string): number {
  return Number(/\/v?(\d+\.\d)(?:[/?]|$)/.exec(path)?.[1] ?? '0');
}
