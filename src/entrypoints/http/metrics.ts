import express, { type Request, type RequestHandler, type Router } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Desk } from '../../service/desk.js';
import { type Vitals, vitalsOf } from '../../service/views/vitals.js';
import { type AccessLimits, requiringToken } from './access.js';
import { ORG_NUMBERS, type OrgNumber } from './org-numbers.js';
import { Problem } from './problem.js';
import { noteRoute } from './routes.js';

/** Numbers for Prometheus, in registries of their own. Labels: org, route, method, status; never an id or a name of a customer. */
export interface Metrics {
  /** Counts and times every request by the template of its route. */
  readonly watch: RequestHandler;
  /** `/metrics` of the process and all of its orgs. */
  readonly all: Router;
  /** `/metrics` of one org among several, under its own path: what its tokens may see. */
  readonly ofOrg: (desk: Desk, limits: AccessLimits) => Router;
}

export interface MetricsOptions {
  readonly rooms: readonly { readonly desk: Desk; readonly limits: AccessLimits }[];
  readonly realNow: () => number;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

export function createMetrics({ rooms, realNow }: MetricsOptions): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const readAll = orgNumbers(
    rooms.map(({ desk }) => desk),
    realNow,
  );
  const [only] = rooms;
  return {
    watch: watching(registry),
    all: metricsRoute(
      // A token belongs to one org: the numbers of several are for this machine alone.
      only !== undefined && rooms.length === 1
        ? requiringToken(only.desk, 'read', only.limits)
        : refusingOthers(),
      async () => Registry.merge([registry, await readAll()]),
    ),
    ofOrg: (desk, limits) => metricsRoute(requiringToken(desk, 'read', limits), orgNumbers([desk], realNow)),
  };
}

function watching(registry: Registry): RequestHandler {
  const requests = new Histogram({
    name: 'truenorth_http_request_seconds',
    help: 'Time from the first byte of a request to the last of its answer, by route and status.',
    labelNames: ['route', 'method', 'status'],
    buckets: SECONDS,
    registers: [registry],
  });
  return (request, response, next) => {
    const end = requests.startTimer({ method: methodOf(request) });
    response.once('close', () => {
      const { route } = response.locals;
      end({ route: typeof route === 'string' ? route : 'none', status: String(response.statusCode) });
    });
    next();
  };
}

/** Reads the numbers of orgs into a registry of their own. */
function orgNumbers(desks: readonly Desk[], realNow: () => number): () => Promise<Registry> {
  const registry = new Registry();
  const gauges = ORG_NUMBERS.map((number) => ({ ...number, gauge: gaugeOf(number, registry) }));
  return async () => {
    for (const desk of desks) setGauges(gauges, desk.org, await vitalsOf(desk, realNow()));
    return registry;
  };
}

/** Any text may come as a method. */
function methodOf({ method }: Request): string {
  return ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'].includes(method) ? method : 'other';
}

type OrgGauge = OrgNumber & { readonly gauge: Gauge };

function gaugeOf({ name, help, label }: OrgNumber, registry: Registry): Gauge {
  return new Gauge({
    name,
    help,
    labelNames: label === null ? ['org'] : ['org', label],
    registers: [registry],
  });
}

/** Open to this machine, and not to what a proxy on it passes on: everybody else has to pass the guard. */
function metricsRoute(guard: RequestHandler, read: () => Promise<Registry>): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  router.get(
    '/metrics',
    noteRoute('/metrics'),
    (request, response, next) => (isLocal(request) ? next() : guard(request, response, next)),
    async (_request, response) => {
      const registry = await read();
      response.type(registry.contentType).send(await registry.metrics());
    },
  );
  return router;
}

function refusingOthers(): RequestHandler {
  return () => {
    throw new Problem({
      status: 403,
      code: 'ONLY_FROM_HERE',
      detail: 'The numbers of all orgs together are told to this machine alone.',
      actions: ['Ask for `/orgs/<name>/metrics` with a token of that org.'],
    });
  };
}

function setGauges(gauges: readonly OrgGauge[], org: string, vitals: Vitals): void {
  for (const { gauge, label, of } of gauges) {
    for (const [value, number] of Object.entries(of(vitals)))
      gauge.set(label === null ? { org } : { org, [label]: value }, number);
  }
}

const FORWARDED = ['forwarded', 'x-forwarded-for', 'via', 'x-real-ip'];

function isLocal(request: Request): boolean {
  const address = request.socket.remoteAddress ?? '';
  const loopback = /^(127\.|::1$|::ffff:127\.)/.test(address);
  return loopback && FORWARDED.every((name) => request.headers[name] === undefined);
}
