import { ApiError } from '../api-error.js';
import { asApiError, errorBody } from '../routes/answers.js';
import type { Dispatch, Params, RestAnswer, RestRequest, RestRoute } from './contract.js';

/** Finds the route of a call and runs it. Null when no route has this path: the call is somebody else's. */
export function findAndRun(routes: readonly RestRoute[], request: RestRequest): RestAnswer | null {
  const matching = routes.flatMap((route) => {
    const params = match(route.pattern, request.path);
    return params === null ? [] : [{ route, params }];
  });
  if (matching.length === 0) {
    return null;
  }
  // HEAD is GET without its body; jsforce and the CLI never send it, proxies do.
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const found = matching.find(({ route }) => route.method === method);
  if (found === undefined) {
    const allowed = [...new Set(matching.map(({ route }) => route.method))].join(',');
    throw new ApiError(
      405,
      'METHOD_NOT_ALLOWED',
      `HTTP Method '${request.method}' not allowed. Allowed are ${allowed}`,
    );
  }
  return found.route.run(request, found.params, dispatcher(routes));
}

function dispatcher(routes: readonly RestRoute[]): Dispatch {
  return (request) => {
    try {
      return findAndRun(routes, request) ?? notHere();
    } catch (error) {
      const known = asApiError(error);
      return { status: known.status, body: errorBody(known) };
    }
  };
}

function notHere(): RestAnswer {
  return {
    status: 404,
    body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
  };
}

/** The kind of a call for the log; null when no route has it. */
export function kindOfRest(routes: readonly RestRoute[], method: string, path: string): string | null {
  return routes.find((route) => route.method === method && match(route.pattern, path) !== null)?.kind ?? null;
}

function match(pattern: string, path: string): Params | null {
  const wanted = pattern.split('/');
  const given = path.replace(/\/$/, '').split('/');
  if (wanted.length !== given.length) {
    return null;
  }
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const value = decode(given[at] ?? '');
    if (part.startsWith(':')) {
      params[part.slice(1)] = value;
    } else if (part !== value) {
      return null;
    }
  }
  return params;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
