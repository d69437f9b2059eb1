import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { SandboxClock } from '../clock.js';
import { type Loopback, type LoopbackRoom, startLoopback } from '../http/loopback.js';
import { ApiError, notFound } from './api-error.js';
import { mountBulk } from './bulk/index.js';
import { callKind } from './call-kinds.js';
import { type Credentials, makeCredentials } from './credentials.js';
import { mountMetadata } from './metadata/index.js';
import type { RestAnswer, RestRequest, RestRoute } from './rest/contract.js';
import { startCursors } from './rest/cursors.js';
import { findAndRun } from './rest/dispatch.js';
import { restRoutes } from './rest/routes.js';
import { answerError } from './routes/answers.js';
import type { RouteRoom } from './routes/contract.js';
import { mountIdentity } from './routes/identity.js';
import { mountOAuth } from './routes/oauth.js';
import { callerOf, sessionGate } from './routes/session-gate.js';
import { mountPartnerSoap } from './routes/soap-login.js';
import type { Book } from './store/base-rows.js';
import type { Org, OrgOptions } from './store/org.js';
import { startOrg } from './store/start-org.js';
import { mountStreaming } from './streaming/index.js';
import { type Streaming, startStreaming } from './streaming/streaming.js';
import { mountStreamSwitches } from './streaming/switches.js';
import { mountSwitches } from './switches.js';
import { apiVersions, versionStatus } from './versions.js';

export interface SalesforceStart {
  /** 0 or absent = any free port. */
  readonly port?: number;
  readonly seed: number;
  readonly clock: SandboxClock;
  readonly book: Book;
  /** A refresh hands out a new refresh token and ends the old session. */
  readonly rotateRefreshTokens?: boolean;
  readonly options?: Omit<OrgOptions, 'seed' | 'clock' | 'book'>;
}

export interface SalesforceServer extends Loopback {
  /** The state itself, for tests that must do what no call can. */
  readonly org: Org;
  readonly credentials: Credentials;
}

/** The embedded Salesforce org, over HTTP on loopback. */
export async function startSalesforce(start: SalesforceStart): Promise<SalesforceServer> {
  const org = startOrg({ ...start.options, seed: start.seed, clock: start.clock, book: start.book });
  const credentials = makeCredentials(org, { rotateRefreshTokens: start.rotateRefreshTokens === true });
  const streaming = startStreaming(org);
  const routes = restRoutes(startCursors(start.clock));
  const loopback = await startLoopback({
    port: start.port ?? 0,
    clock: start.clock,
    seed: start.seed,
    kindOf: (method, path) => callKind(routes, method, path),
    faultBody: (status) => [
      { errorCode: FAULT_CODES[status] ?? 'UNKNOWN_EXCEPTION', message: `Fault ${status} set on purpose` },
    ],
    control: (router) => {
      mountSwitches(router, org);
      mountStreamSwitches(router, streaming);
    },
    mount: (app, room) => mount(app, { org, loopback: room }, { credentials, routes, streaming }),
  });
  return { ...loopback, org, credentials };
}

const FAULT_CODES: Readonly<Record<number, string>> = {
  401: 'INVALID_SESSION_ID',
  403: 'REQUEST_LIMIT_EXCEEDED',
  404: 'NOT_FOUND',
  503: 'SERVER_UNAVAILABLE',
};

interface Parts {
  readonly credentials: Credentials;
  readonly routes: readonly RestRoute[];
  readonly streaming: Streaming;
}

function mount(
  app: Express,
  room: RouteRoom & { readonly loopback: LoopbackRoom },
  { credentials, routes, streaming }: Parts,
): void {
  app.use((req, _res, next) => {
    // The CLI keeps an instance URL with a slash at its end and joins paths to it (facts §2).
    req.url = req.url.replace(/^\/{2,}/, '/');
    next();
  });
  mountOAuth(app, room, credentials);
  mountIdentity(app, room);
  mountPartnerSoap(app, room, credentials);
  mountStreaming(app, room, streaming);
  app.get('/services/data', (_req, res) => {
    res.json(apiVersions());
  });
  app.use('/services/data/:version', checkVersion);
  mountMetadata(app, room);
  mountBulk(app, room);
  app.use(
    '/services/data/:version',
    sessionGate(room),
    express.json({ limit: '50mb', strict: false, type: () => true }),
    (req, res) => serveRest(req, res, { room, routes }),
  );
  app.use(() => {
    throw notFound();
  });
  app.use(answerError);
}

function checkVersion(req: Request, _res: Response, next: NextFunction): void {
  const version = /^v(\d+)\.\d$/.exec(String(req.params.version))?.[1];
  const status = version === undefined ? 404 : versionStatus(Number(version));
  if (status === 410) {
    throw new ApiError(410, 'UNSUPPORTED_API_VERSION', 'The requested API version has been retired');
  }
  if (status === 404) {
    throw notFound();
  }
  next();
}

interface Serving {
  readonly room: RouteRoom;
  readonly routes: readonly RestRoute[];
}

function serveRest(req: Request, res: Response, { room, routes }: Serving): void {
  const at = req.originalUrl.indexOf('?');
  const request: RestRequest = {
    room,
    caller: callerOf(res),
    method: req.method,
    base: `/services/data/${String(req.params.version)}`,
    path: req.path.replace(/\/$/, ''),
    query: new URLSearchParams(at < 0 ? '' : req.originalUrl.slice(at + 1)),
    header: (name) => req.header(name),
    body: req.body,
  };
  const answer = findAndRun(routes, request);
  if (answer === null) {
    throw notFound();
  }
  send(res, answer);
}

function send(res: Response, answer: RestAnswer): void {
  res.status(answer.status).set(answer.headers ?? {});
  if (answer.body === undefined) {
    res.end();
  } else {
    res.type('application/json;charset=UTF-8').send(JSON.stringify(answer.body));
  }
}
