import type { Request, RequestHandler, Response } from 'express';
import type { ConsoleSession, ConsoleUser } from '../../../ports/service-store.js';
import type { Settings } from '../../../ports/settings.js';
import { hashOf, newSecret, sameText } from '../../../service/access/secrets.js';
import { includes } from '../../../service/access/tokens.js';
import type { Asker, Desk } from '../../../service/desk.js';
import { Problem } from '../problem.js';
import { traceOf } from '../trace.js';
import type { SessionCookie } from './cookie.js';

/** Somebody who is logged in to the console. */
export interface Visitor {
  readonly user: Pick<ConsoleUser, 'name' | 'scope'>;
  /** Goes along with every form as `csrf`, or in the header X-CSRF-Token. */
  readonly csrf: string;
  readonly asker: Asker;
}

/** Who is logged in; only behind `requiringVisitor`. */
export function visitorOf({ locals }: Response): Visitor {
  return locals.visitor as Visitor;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const IDLE_MS = 2 * HOUR_MS;

/** Begins a session of its own: whatever cookie came along is never taken over. Gives the cookie's value. */
export async function beginSession({ store, clock, settings }: Desk, user: string): Promise<string> {
  const secret = newSecret();
  const now = clock.now();
  await store.sessions.save({
    hash: hashOf(secret),
    user,
    csrf: newSecret(),
    startedAt: now,
    expiresAt: now + Math.min(IDLE_MS, longestMs(settings())),
  });
  return secret;
}

/** The visitor behind a request, or null. A session that is used lives on, up to its longest life. */
export async function findVisitor(
  desk: Desk,
  { request, response }: { readonly request: Request; readonly response: Response },
  cookie: SessionCookie,
): Promise<Visitor | null> {
  const secret = cookie.read(request);
  if (secret === null) return null;
  const session = await desk.store.sessions.get(hashOf(secret), desk.clock.now());
  const user = session === null ? null : await desk.store.users.get(session.user);
  if (session === null || user === null) return null;
  await keepAlive(desk, session);
  const asker = { who: `user:${user.name}`, trace: traceOf(response) };
  return { user: { name: user.name, scope: user.scope }, csrf: session.csrf, asker };
}

async function keepAlive({ store, clock, settings }: Desk, session: ConsoleSession): Promise<void> {
  const expiresAt = Math.min(clock.now() + IDLE_MS, session.startedAt + longestMs(settings()));
  if (expiresAt - session.expiresAt >= MINUTE_MS) await store.sessions.save({ ...session, expiresAt });
}

function longestMs({ service }: Settings): number {
  return service.http.sessionHours * HOUR_MS;
}

/** Lets only people through who are logged in; a browser is sent to log in. */
export function requiringVisitor(desk: Desk, base: string, cookie: SessionCookie): RequestHandler {
  return async (request, response, next) => {
    const visitor = await findVisitor(desk, { request, response }, cookie);
    if (visitor !== null) {
      response.locals.visitor = visitor;
      response.locals.asker = visitor.asker;
      return next();
    }
    const logIn = `${base}/login`;
    // htmx follows a redirect without showing it; it does what this header says.
    if (request.headers['hx-request'] !== undefined) response.setHeader('HX-Redirect', logIn);
    else if (request.method === 'GET' && request.accepts(['application/json', 'text/html']) === 'text/html')
      return response.redirect(303, logIn);
    throw new Problem({
      status: 401,
      code: 'NOT_LOGGED_IN',
      detail: 'Nobody is logged in here, or the session has ended.',
      actions: [`Log in at ${logIn}.`],
    });
  };
}

const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/** What changes something needs the session's own token, and a user who may; `free` = paths that change nothing. */
export function guardingChanges(free: readonly string[]): RequestHandler {
  return (request, response, next) => {
    if (SAFE.includes(request.method)) return next();
    const { csrf, user } = visitorOf(response);
    const sent = request.headers['x-csrf-token'] ?? (request.body as { csrf?: unknown } | undefined)?.csrf;
    if (typeof sent !== 'string' || !sameText(sent, csrf)) throw forged();
    if (!free.includes(request.path) && !includes(user.scope, 'write')) throw mayOnlyLook();
    next();
  };
}

function forged(): Problem {
  return new Problem({
    status: 403,
    code: 'FORM_EXPIRED',
    detail: 'The form does not belong to this session.',
    actions: ['Load the page again, then repeat what you did.'],
  });
}

function mayOnlyLook(): Problem {
  return new Problem({
    status: 403,
    code: 'SCOPE_TOO_SMALL',
    detail: 'You may look at everything here, but not change it.',
    actions: ['Ask an administrator: `truenorth users add NAME --scope write` lets somebody change things.'],
  });
}
