import express, { type RequestHandler, type Router } from 'express';
import type { Desk } from '../../service/desk.js';
import { type AccessLimits, askerOf, requiringToken } from './access.js';
import type { Endpoint } from './endpoint.js';
import { refusingUnknownPaths } from './errors.js';
import { Problem } from './problem.js';
import { readRequest, routePath, takesBody } from './reading.js';

const BODY_BYTES = 256 * 1024;

/** Endpoints of one org as routes: token, then body, then schema, then the answer. */
export function apiRoutes(desk: Desk, endpoints: readonly Endpoint[], limits: AccessLimits): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  router.use(answeringJson());
  for (const endpoint of endpoints)
    router[endpoint.method](
      routePath(endpoint.path),
      noteRoute(endpoint.path),
      requiringToken(desk, endpoint.scope, limits),
      ...(takesBody(endpoint) ? jsonBody(endpoint) : []),
      answering(desk, endpoint),
    );
  for (const [path, methods] of methodsByPath(endpoints))
    router.all(routePath(path), noteRoute(path), refusingMethod(methods));
  // Nobody else answers under this path.
  router.use(refusingUnknownPaths());
  return router;
}

/** The route as its template: what metrics tell requests apart by. */
export function noteRoute(route: string): RequestHandler {
  return (_request, response, next) => {
    response.locals.route = route;
    next();
  };
}

function answeringJson(): RequestHandler {
  return (request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    if (request.accepts('application/json') === false) throw notAcceptable();
    next();
  };
}

function jsonBody({ bodyBytes = BODY_BYTES }: Endpoint): readonly RequestHandler[] {
  const onlyJson: RequestHandler = (request, _response, next) => {
    // Whether a body is needed is for the schema to say.
    const empty = request.headers['content-length'] === '0';
    if (!empty && request.is('application/json') === false) throw notJson();
    next();
  };
  return [onlyJson, express.json({ limit: bodyBytes, strict: true, type: 'application/json' })];
}

function answering(desk: Desk, endpoint: Endpoint): RequestHandler {
  return async (request, response) => {
    const answer = await endpoint.handle(desk, readRequest(endpoint, request), askerOf(response));
    if (endpoint.status === 204) response.status(204).end();
    else response.status(endpoint.status).json(answer);
  };
}

function methodsByPath(endpoints: readonly Endpoint[]): ReadonlyMap<string, readonly string[]> {
  const byPath = Map.groupBy(endpoints, ({ path }) => path);
  return new Map([...byPath].map(([path, of]) => [path, of.map(({ method }) => method.toUpperCase())]));
}

function refusingMethod(methods: readonly string[]): RequestHandler {
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', ');
  return (request, response) => {
    if (request.method === 'OPTIONS') return void response.status(204).setHeader('Allow', allow).end();
    throw new Problem({
      status: 405,
      code: 'METHOD_NOT_ALLOWED',
      detail: `This path is not asked with ${request.method}.`,
      actions: [`Use ${methods.join(' or ')}.`],
      headers: { Allow: allow },
    });
  };
}

function notAcceptable(): Problem {
  return new Problem({
    status: 406,
    code: 'NOT_ACCEPTABLE',
    detail: 'Only JSON is answered here.',
    actions: ['Send the header Accept: application/json, or leave it out.'],
  });
}

function notJson(): Problem {
  return new Problem({
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    detail: 'The body is in a form that is not read here.',
    actions: ['Send JSON in UTF-8, with the header Content-Type: application/json.'],
  });
}
