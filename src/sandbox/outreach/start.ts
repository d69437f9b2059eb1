import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { SandboxClock } from '../clock.js';
import { type Loopback, type LoopbackRoom, startLoopback } from '../http/loopback.js';
import {
  badRequest,
  missingScope,
  noSuchPath,
  OutreachError,
  unauthorized,
  unsupportedMediaType,
} from './errors.js';
import { openOrg } from './open-org.js';
import type { Org } from './org.js';
import { callKind } from './paths.js';
import { ACCOUNT_ROUTES } from './routes/accounts.js';
import { COLLECTION_ROUTES } from './routes/collections.js';
import { mountOAuth } from './routes/oauth.js';
import { PROSPECT_ROUTES } from './routes/prospects.js';
import type { Route } from './routes/route.js';
import { SEQUENCE_STATE_ROUTES } from './routes/sequence-states.js';
import { SEQUENCE_ROUTES } from './routes/sequences.js';
import type { Query } from './rules/listing.js';
import { settle } from './rules/settle.js';
import { type BaseProspects, NO_PROSPECTS, type OrgUser } from './store/base-prospects.js';
import { type SequencePlan, USUAL_SEQUENCES } from './store/sequences.js';
import type { Credentials } from './store/tokens.js';
import { mountSwitches } from './switches.js';

export interface OutreachStart {
  /** 0 or absent = any free port. */
  readonly port?: number;
  readonly seed: number;
  readonly clock: SandboxClock;
  /** A token that is let in for ever; others come from `POST /oauth/token`. */
  readonly accessToken: string;
  readonly prospects?: BaseProspects;
  /** Each with one mailbox. The tokens belong to the first. */
  readonly users?: readonly OrgUser[];
  readonly sequences?: readonly SequencePlan[];
  /** OAuth scopes that the tokens were not given: `prospects.write`. */
  readonly withoutScopes?: readonly string[];
  readonly hourlyRequests?: number;
  /** Which time the hourly limit runs on; absent = the machine's, so that a moved clock frees nothing. */
  readonly limitsNow?: () => number;
}

export interface OutreachServer extends Loopback {
  /** The state itself, for tests that must do what no call can. */
  readonly org: Org;
  /** How to get in by OAuth. */
  readonly credentials: Credentials;
}

const HOURLY_REQUESTS = 10_000;
const MEDIA_TYPE = 'application/vnd.api+json';

const ROUTES: readonly Route[] = [
  ...COLLECTION_ROUTES,
  ...PROSPECT_ROUTES,
  ...ACCOUNT_ROUTES,
  ...SEQUENCE_ROUTES,
  ...SEQUENCE_STATE_ROUTES,
];

/** The embedded Outreach account, over HTTP on loopback. */
export async function startOutreach(start: OutreachStart): Promise<OutreachServer> {
  let org: Org | undefined;
  const orgIn = (room: LoopbackRoom): Org => {
    org ??= opened(start, room);
    return org;
  };
  const loopback = await startLoopback({
    port: start.port ?? 0,
    clock: start.clock,
    seed: start.seed,
    kindOf: callKind,
    faultBody: (status) => ({
      errors: [{ id: 'fault', title: 'Fault', detail: `Fault ${status} set on purpose.` }],
    }),
    mount: (app, room) => mount(app, orgIn(room), start),
    control: (router, room) => mountSwitches(router, orgIn(room)),
  });
  const { tokens } = orgIn(loopback);
  return { ...loopback, org: orgIn(loopback), credentials: tokens.credentials };
}

function opened(start: OutreachStart, room: LoopbackRoom): Org {
  return openOrg({
    seed: start.seed,
    clock: room.clock,
    faults: room.faults,
    root: () => `${room.url()}/api/v2`,
    accessToken: start.accessToken,
    prospects: start.prospects ?? NO_PROSPECTS,
    users: start.users ?? [],
    sequences: start.sequences ?? USUAL_SEQUENCES,
    hourlyRequests: start.hourlyRequests ?? HOURLY_REQUESTS,
    limitsNow: start.limitsNow ?? Date.now,
  });
}

function mount(app: Express, org: Org, start: OutreachStart): void {
  mountOAuth(app, org);
  app.use(express.json({ limit: '5mb', type: MEDIA_TYPE }));
  for (const route of ROUTES) {
    app[route.method](`/api/v2${route.path}`, (req, res) => serve(org, route, { req, res, start }));
  }
  app.use((req: Request) => {
    throw noSuchPath(req.path);
  });
  app.use(sendError);
}

interface Exchange {
  readonly req: Request;
  readonly res: Response;
  readonly start: OutreachStart;
}

function serve(org: Org, route: Route, { req, res, start }: Exchange): void {
  letIn(org, req);
  const { refusal, headers } = org.quota.take();
  res.set(headers);
  if (refusal !== null) throw refusal;
  if (start.withoutScopes?.includes(route.scope) === true) throw missingScope(route.scope);
  if (req.get('content-type')?.trim().toLowerCase() !== MEDIA_TYPE) throw unsupportedMediaType();
  settle(org);
  const params = Object.fromEntries(Object.entries(req.params).map(([name, value]) => [name, String(value)]));
  const answer = route.answer(org, { params, query: queryOf(req), body: req.body });
  res.status(answer.status);
  if (answer.body === undefined) res.end();
  else res.set('Content-Type', MEDIA_TYPE).send(Buffer.from(JSON.stringify(answer.body)));
}

function letIn(org: Org, req: Request): void {
  const request = `${req.method} ${req.originalUrl}`;
  if (org.faults.strike('expire-session', request) !== null) throw unauthorized('The access token expired');
  const token = /^Bearer (\S+)$/.exec(req.get('authorization') ?? '')?.[1] ?? '';
  const state = org.tokens.stateOf(token);
  if (state === 'expired') throw unauthorized('The access token expired');
  if (state === 'unknown') throw unauthorized('The access token is invalid');
}

/** Keys as they were written: `filter[prospect][id]` is one key. */
function queryOf(req: Request): Query {
  const from = req.originalUrl.indexOf('?');
  const search = new URLSearchParams(from < 0 ? '' : req.originalUrl.slice(from));
  return Object.fromEntries([...new Set(search.keys())].map((key) => [key, search.getAll(key)]));
}

function sendError(error: unknown, _req: Request, res: Response, next: NextFunction): void {
  const refusal = error instanceof SyntaxError ? badRequest('The body is not JSON.') : error;
  if (!(refusal instanceof OutreachError)) {
    next(error);
    return;
  }
  const body = Buffer.from(JSON.stringify({ errors: refusal.problems }));
  res.status(refusal.status).set(refusal.headers).set('Content-Type', MEDIA_TYPE).send(body);
}
