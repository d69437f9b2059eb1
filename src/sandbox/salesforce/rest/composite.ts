import { ApiError } from '../api-error.js';
import { isObject, type JsonObject, listOf, objectBody } from './body.js';
import type { Dispatch, RestAnswer, RestRequest, RestRoute } from './contract.js';
import { resolveReferences } from './references.js';

export const COMPOSITE_ROUTES: readonly RestRoute[] = [
  {
    method: 'GET',
    pattern: '/composite',
    kind: 'resources',
    run: ({ base }) => ({ status: 200, body: families(base) }),
  },
  {
    method: 'POST',
    pattern: '/composite',
    kind: 'composite',
    run: (request, _params, dispatch) => composite(request, dispatch),
  },
  {
    method: 'POST',
    pattern: '/composite/batch',
    kind: 'composite-batch',
    run: (request, _params, dispatch) => batch(request, dispatch),
  },
  {
    method: 'POST',
    pattern: '/composite/graph',
    kind: 'composite-graph',
    run: (request, _params, dispatch) => graphs(request, dispatch),
  },
];

const MOST_SUBREQUESTS = 25;
const MOST_QUERIES = 5;
const MOST_NODES = 500;
const MOST_GRAPHS = 75;

function families(base: string): unknown {
  return Object.fromEntries(
    ['tree', 'batch', 'sobjects', 'graph'].map((name) => [name, `${base}/composite/${name}`]),
  );
}

function limit(reached: boolean, message: string): void {
  if (reached) {
    throw new ApiError(400, 'LIMIT_EXCEEDED', message);
  }
}

function composite(request: RestRequest, dispatch: Dispatch): RestAnswer {
  const body = objectBody(request.body);
  const parts = listOf(body, 'compositeRequest').filter(isObject);
  limit(parts.length > MOST_SUBREQUESTS, `Limit of ${MOST_SUBREQUESTS} subrequests exceeded`);
  const heavy = parts.filter((part) =>
    /\/(query|queryAll|composite\/sobjects)(?:[/?]|$)/.test(String(part.url)),
  );
  limit(heavy.length > MOST_QUERIES, `Limit of ${MOST_QUERIES} query and collection subrequests exceeded`);
  const { answers } = runParts(request, dispatch, { parts, allOrNone: body.allOrNone === true });
  return { status: 200, body: { compositeResponse: answers } };
}

interface Parts {
  readonly parts: readonly JsonObject[];
  readonly allOrNone: boolean;
}

interface PartAnswer {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: unknown;
}

/** Runs parts in order, each seeing the answers before it; with all-or-none the first failure undoes them all. */
function runParts(
  request: RestRequest,
  dispatch: Dispatch,
  { parts, allOrNone }: Parts,
): { answers: readonly PartAnswer[]; failed: boolean } {
  const known = new Map<string, unknown>();
  const answers: PartAnswer[] = [];
  const point = request.room.org.checkpoint();
  let failedAt = -1;
  for (const [at, part] of parts.entries()) {
    if (failedAt >= 0 && allOrNone) {
      answers.push(halted(part));
      continue;
    }
    const answer = runPart(request, dispatch, { part, known });
    known.set(String(part.referenceId), answer.body);
    answers.push(answer);
    failedAt = failedAt < 0 && answer.httpStatusCode >= 400 ? at : failedAt;
  }
  const failed = failedAt >= 0;
  if (failed && allOrNone) {
    point.rollBack();
    return {
      failed,
      answers: answers.map((answer, at) => (at < failedAt ? halted(parts[at] ?? {}) : answer)),
    };
  }
  point.keep();
  return { failed, answers };
}

interface Part {
  readonly part: JsonObject;
  readonly known: ReadonlyMap<string, unknown>;
}

function runPart(request: RestRequest, dispatch: Dispatch, { part, known }: Part): PartAnswer {
  try {
    const url = String(resolveReferences(part.url, known));
    const body = resolveReferences(part.body, known);
    const headers = isObject(part.httpHeaders) ? part.httpHeaders : {};
    const answer = dispatch(subrequest(request, { method: String(part.method), url, body, headers }));
    return {
      body: answer.body ?? null,
      httpHeaders: answer.headers ?? {},
      httpStatusCode: answer.status,
      referenceId: part.referenceId,
    };
  } catch (error) {
    if (!(error instanceof ApiError)) {
      throw error;
    }
    const body = [{ errorCode: error.errorCode, message: error.message }];
    return { body, httpHeaders: {}, httpStatusCode: error.status, referenceId: part.referenceId };
  }
}

function halted(part: JsonObject): PartAnswer {
  const message = 'The transaction was rolled back since another operation in the same transaction failed.';
  return {
    body: [{ errorCode: 'PROCESSING_HALTED', message }],
    httpHeaders: {},
    httpStatusCode: 400,
    referenceId: part.referenceId,
  };
}

interface Inner {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  readonly headers?: JsonObject;
}

/** A call inside a call. Its URL may begin with `/services/data/vXX.X` or with the version alone. */
function subrequest(outer: RestRequest, { method, url, body, headers = {} }: Inner): RestRequest {
  const [path = '', search = ''] = splitOnce(url.replace(/^\/?(?:services\/data\/)?v\d+\.\d/, ''));
  const names = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  return {
    ...outer,
    method: method.toUpperCase(),
    path: path.replace(/\/$/, ''),
    query: new URLSearchParams(search),
    body,
    header: (name) => names.get(name.toLowerCase()) ?? outer.header(name),
  };
}

function splitOnce(url: string): readonly string[] {
  const at = url.indexOf('?');
  return at < 0 ? [url] : [url.slice(0, at), url.slice(at + 1)];
}

function batch(request: RestRequest, dispatch: Dispatch): RestAnswer {
  const body = objectBody(request.body);
  const parts = listOf(body, 'batchRequests').filter(isObject);
  limit(parts.length > MOST_SUBREQUESTS, `Limit of ${MOST_SUBREQUESTS} subrequests exceeded`);
  const results: { statusCode: number; result: unknown }[] = [];
  for (const part of parts) {
    const stop = body.haltOnError === true && results.some((one) => one.statusCode >= 400);
    results.push(stop ? BATCH_HALTED : runBatchPart(request, dispatch, part));
  }
  return { status: 200, body: { hasErrors: results.some((one) => one.statusCode >= 400), results } };
}

const BATCH_HALTED = {
  statusCode: 412,
  result: [{ errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' }],
};

function runBatchPart(
  request: RestRequest,
  dispatch: Dispatch,
  part: JsonObject,
): { statusCode: number; result: unknown } {
  const url = String(part.url);
  const answer = dispatch(
    subrequest(request, {
      method: String(part.method),
      url: url.startsWith('/') ? url : `/${url}`,
      body: part.richInput,
    }),
  );
  return { statusCode: answer.status, result: answer.body ?? null };
}

function graphs(request: RestRequest, dispatch: Dispatch): RestAnswer {
  const all = listOf(objectBody(request.body), 'graphs').filter(isObject);
  const nodes = all.reduce((sum, graph) => sum + listOf(graph, 'compositeRequest').length, 0);
  limit(all.length > MOST_GRAPHS, `Limit of ${MOST_GRAPHS} graphs exceeded`);
  limit(nodes > MOST_NODES, `Limit of ${MOST_NODES} nodes exceeded`);
  const answers = all.map((graph) => {
    const parts = listOf(graph, 'compositeRequest').filter(isObject);
    const { answers: compositeResponse, failed } = runParts(request, dispatch, { parts, allOrNone: true });
    return { graphId: graph.graphId, graphResponse: { compositeResponse }, isSuccessful: !failed };
  });
  return { status: 200, body: { graphs: answers } };
}
