import express, { type Express, type Router } from 'express';
import type { Log } from '../../ports/log.js';
import type { Throttles } from '../../ports/throttle.js';
import type { Desk } from '../../service/desk.js';
import type { AccessLimits } from './access.js';
import { ENDPOINTS } from './api/index.js';
import { answeringProblems, refusingUnknownPaths } from './errors.js';
import { securityHeaders } from './headers.js';
import { createMetrics } from './metrics.js';
import { openApiOf } from './openapi.js';
import { probes } from './probes.js';
import { apiRoutes, noteRoute } from './routes.js';
import { tracing } from './trace.js';

export interface AppOptions {
  readonly throttles: Throttles;
  /** Where people reach the service, without a trailing slash; null = told by the request. */
  readonly publicUrl: string | null;
  /** How many proxies stand before us, whose `X-Forwarded-…` headers are believed; 0 = none. */
  readonly proxies: number;
  readonly version: string;
  readonly log: Log;
  /** Real time, whatever the clock of the desks says. */
  readonly realNow: () => number;
  /** Instead of what the settings of each org say. */
  readonly rates?: Partial<Rates>;
  /** What else is served for an org, under its own path: the console, incoming webhooks. Each reads its own bodies. */
  readonly parts: readonly AppPart[];
}

/** A part of the app beside the API. */
export interface AppPart {
  /** Begins with a slash; `/` = all that nobody else answers. */
  readonly path: string;
  /** `base`: where the org is mounted, without a trailing slash: empty for `/`. */
  readonly router: (desk: Desk, base: string, options: AppOptions) => Router;
}

/** Requests a minute. */
export interface Rates {
  readonly requests: number;
  readonly usage: number;
  /** Refused tokens from one address. */
  readonly refused: number;
}

const REFUSED_A_MINUTE = 60;

/** API, probes and metrics of one org (under `/`) or of several (each under `/orgs/<name>`). */
export function createApp(desks: readonly Desk[], options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.enable('strict routing');
  app.set('trust proxy', options.proxies);
  const rooms = desks.map((desk) => ({ desk, limits: limitsOf(desk, options) }));
  const metrics = createMetrics({ rooms, realNow: options.realNow });
  app.use(tracing(), metrics.watch, securityHeaders(options.publicUrl?.startsWith('https:') ?? false));
  app.use(probes(desks, options.realNow), metrics.all);
  for (const { desk, limits } of rooms) {
    const base = desks.length === 1 ? '' : `/orgs/${desk.org}`;
    if (base !== '') app.use(base, metrics.ofOrg(desk, limits));
    app.use(base === '' ? '/' : base, orgRoutes(desk, base, { options, limits }));
  }
  app.use(refusingUnknownPaths(), answeringProblems(options.log));
  return app;
}

const MINUTE_MS = 60_000;

function limitsOf(desk: Desk, { throttles, rates }: AppOptions): AccessLimits {
  const { requestsPerMinute, usagePerMinute } = desk.settings().service.http;
  const most: Rates = {
    requests: requestsPerMinute,
    usage: usagePerMinute,
    refused: REFUSED_A_MINUTE,
    ...rates,
  };
  const perMinute = (name: keyof Rates) =>
    throttles.of(`${name}:${desk.org}`, { most: most[name], windowMs: MINUTE_MS });
  return { requests: perMinute('requests'), usage: perMinute('usage'), refused: perMinute('refused') };
}

function orgRoutes(
  desk: Desk,
  base: string,
  { options, limits }: { readonly options: AppOptions; readonly limits: AccessLimits },
): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const document = openApiOf(ENDPOINTS, { version: options.version, base: `${base}/v1` });
  router.get('/v1/openapi.json', noteRoute('/openapi.json'), (_request, response) => {
    response.json(document);
  });
  router.use('/v1', apiRoutes(desk, ENDPOINTS, limits));
  for (const { path, router: partOf } of options.parts) router.use(path, partOf(desk, base, options));
  return router;
}
