import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { SandboxClock } from '../clock.js';
import { type Loopback, type LoopbackRoom, startLoopback } from '../http/loopback.js';
import { seeded } from '../seeded.js';
import {
  expiredToken,
  invalidJson,
  locked,
  missingScope,
  notFound,
  unauthenticated,
  VendorError,
} from './errors.js';
import { openPortal } from './open-portal.js';
import { callKind, canonicalPath } from './paths.js';
import type { Portal } from './portal.js';
import { ACCOUNT_ROUTES } from './routes/account.js';
import { ASSOCIATION_ROUTES } from './routes/associations.js';
import { BATCH_ROUTES } from './routes/batches.js';
import { CONSENT_ROUTES } from './routes/consent.js';
import { LIST_ROUTES } from './routes/lists.js';
import { MEMBERSHIP_ROUTES } from './routes/memberships.js';
import { objectKind } from './routes/object-kind.js';
import { PROPERTY_ROUTES } from './routes/properties.js';
import { RECORD_ROUTES } from './routes/records.js';
import type { Route } from './routes/route.js';
import { SEARCH_ROUTES } from './routes/search.js';
import { SEQUENCE_ROUTES } from './routes/sequences.js';
import { type Limits, PROFESSIONAL_LIMITS } from './rules/quota.js';
import { type BaseContacts, NO_CONTACTS, type PortalUser } from './store/base-contacts.js';
import { mountSwitches } from './switches.js';

export interface HubspotStart {
  /** 0 or absent = any free port. */
  readonly port?: number;
  readonly seed: number;
  readonly clock: SandboxClock;
  /** The private-app token that is let in. */
  readonly accessToken: string;
  readonly contacts?: BaseContacts;
  readonly users?: readonly PortalUser[];
  readonly timeZone?: string;
  readonly edition?: Portal['edition'];
  /** Granular scopes that the token was not given. */
  readonly withoutScopes?: readonly string[];
  readonly limits?: Partial<Limits>;
  /** Which time the limits run on; absent = the machine's, so that a moved clock frees nothing. */
  readonly limitsNow?: () => number;
  readonly searchLagMs?: number;
  /** Absent = contacts that an API call makes are marketing contacts. */
  readonly contactsMadeAreMarketing?: boolean;
}

export interface HubspotServer extends Loopback {
  /** The state itself, for tests that must do what no call can: mark a bounce. */
  readonly portal: Portal;
}

/** Specific paths before those with a parameter in the same place. */
const ROUTES: readonly Route[] = [
  ...BATCH_ROUTES,
  ...SEARCH_ROUTES,
  ...RECORD_ROUTES,
  ...PROPERTY_ROUTES,
  ...ASSOCIATION_ROUTES,
  ...MEMBERSHIP_ROUTES,
  ...LIST_ROUTES,
  ...SEQUENCE_ROUTES,
  ...ACCOUNT_ROUTES,
  ...CONSENT_ROUTES,
];

/** The embedded HubSpot account, over HTTP on loopback. */
export async function startHubspot(start: HubspotStart): Promise<HubspotServer> {
  let portal: Portal | undefined;
  const portalIn = (room: LoopbackRoom): Portal => {
    portal ??= opened(start, room);
    return portal;
  };
  const loopback = await startLoopback({
    port: start.port ?? 0,
    clock: start.clock,
    seed: start.seed,
    kindOf: callKind,
    faultBody: (status) => ({
      status: 'error',
      message: `Fault ${status} set on purpose`,
      category: 'FAULT',
    }),
    mount: (app, room) => mount(app, portalIn(room), start),
    control: (router, room) => mountSwitches(router, portalIn(room)),
  });
  return { ...loopback, portal: portalIn(loopback) };
}

function opened(start: HubspotStart, room: LoopbackRoom): Portal {
  return openPortal({
    seed: start.seed,
    clock: room.clock,
    faults: room.faults,
    contacts: start.contacts ?? NO_CONTACTS,
    users: start.users ?? [],
    timeZone: start.timeZone ?? 'UTC',
    edition: start.edition ?? 'professional',
    limits: { ...PROFESSIONAL_LIMITS, ...start.limits },
    limitsNow: start.limitsNow ?? Date.now,
    searchLagMs: start.searchLagMs ?? 0,
    contactsMadeAreMarketing: start.contactsMadeAreMarketing ?? true,
  });
}

function mount(app: Express, portal: Portal, start: HubspotStart): void {
  const correlate = correlationIds(start.seed);
  app.use((req, res, next) => {
    req.url = canonicalPath(req.url);
    res.setHeader('X-HubSpot-Correlation-Id', correlate());
    next();
  });
  app.use(express.json({ limit: '20mb', strict: false }));
  for (const route of ROUTES) {
    app[route.method](route.path, (req, res) => serve(portal, route, { req, res, start }));
  }
  app.use(() => {
    throw notFound();
  });
  app.use(sendError);
}

interface Exchange {
  readonly req: Request;
  readonly res: Response;
  readonly start: HubspotStart;
}

function serve(portal: Portal, route: Route, { req, res, start }: Exchange): void {
  const request = `${req.method} ${req.originalUrl}`;
  letIn(portal, req, start);
  checkScope(route, req, start.withoutScopes ?? []);
  const { refusal, headers } = portal.quota.take(route.quota ?? 'normal');
  res.set(headers);
  if (refusal !== null) throw refusal;
  if (portal.faults.strike('lock-row', request) !== null) throw locked();
  const params = Object.fromEntries(Object.entries(req.params).map(([name, value]) => [name, String(value)]));
  const answer = route.answer(portal, { params, query: req.query, body: req.body, request });
  res.status(answer.status);
  if (answer.body === undefined) res.end();
  else res.set('Content-Type', 'application/json;charset=utf-8').send(JSON.stringify(answer.body));
}

function letIn(portal: Portal, req: Request, start: HubspotStart): void {
  if (portal.faults.strike('expire-session', `${req.method} ${req.originalUrl}`) !== null)
    throw expiredToken();
  if (req.get('authorization') !== `Bearer ${start.accessToken}`) throw unauthenticated();
}

function checkScope(route: Route, req: Request, missing: readonly string[]): void {
  if (missing.length === 0) return;
  const scope = route.scope.replace(':type', () => objectKind(String(req.params.type)));
  if (missing.includes(scope)) throw missingScope(scope);
}

function sendError(error: unknown, _req: Request, res: Response, next: NextFunction): void {
  const refusal = error instanceof VendorError ? error : unreadable(error);
  if (refusal === null) {
    next(error);
    return;
  }
  if (refusal.status === 404) res.set('X-HubSpot-NotFound', 'true');
  const correlationId = res.getHeader('X-HubSpot-Correlation-Id');
  res
    .status(refusal.status)
    .set('Content-Type', 'application/json;charset=utf-8')
    .send(JSON.stringify({ ...refusal.body, correlationId }));
}

function unreadable(error: unknown): VendorError | null {
  return error instanceof SyntaxError ? invalidJson('Unexpected character') : null;
}

/** Correlation ids that look like UUIDs and follow from the seed. */
function correlationIds(seed: number): () => string {
  const draw = seeded(seed ^ 0xc0);
  let count = 0;
  const hex = (digits: number, place: number): string =>
    draw
      .whole(0, 16 ** digits - 1, count, place)
      .toString(16)
      .padStart(digits, '0');
  return () => {
    count += 1;
    return `${hex(8, 1)}-${hex(4, 2)}-4${hex(3, 3)}-8${hex(3, 4)}-${hex(8, 5)}${hex(4, 6)}`;
  };
}
