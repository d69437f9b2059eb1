import { ApiError } from '../api-error.js';
import type { SoqlResult } from '../soql/contract.js';
import { runSoql } from '../soql/run-soql.js';
import type { RestAnswer, RestRequest, RestRoute } from './contract.js';
import type { CursorStore } from './cursors.js';
import { columnMetadata } from './query-columns.js';

/** query, queryAll, and the pages behind their locators. */
export function queryRoutes(cursors: CursorStore): readonly RestRoute[] {
  return [
    { method: 'GET', pattern: '/query', kind: 'query', run: (request) => first(request, cursors, false) },
    { method: 'GET', pattern: '/queryAll', kind: 'query', run: (request) => first(request, cursors, true) },
    {
      method: 'GET',
      pattern: '/query/:locator',
      kind: 'query-more',
      run: (request, params) => more(request, cursors, params.locator ?? ''),
    },
    {
      method: 'GET',
      pattern: '/queryAll/:locator',
      kind: 'query-more',
      run: (request, params) => more(request, cursors, params.locator ?? ''),
    },
  ];
}

function first(request: RestRequest, cursors: CursorStore, all: boolean): RestAnswer {
  const { room, caller, query } = request;
  const explained = query.get('explain');
  if (explained !== null) {
    return { status: 200, body: explain(request, explained) };
  }
  const text = query.get('q');
  if (text === null) {
    throw new ApiError(400, 'MALFORMED_QUERY', 'A query string has to be specified');
  }
  if (query.get('columns') === 'true') {
    return { status: 200, body: columnMetadata(room.org, caller, text) };
  }
  return {
    status: 200,
    body: page(request, cursors, { result: runSoql(room.org, caller, text, { all }), from: 0, id: null }),
  };
}

interface Position {
  readonly result: SoqlResult;
  readonly from: number;
  /** Null until a second page is needed. */
  readonly id: string | null;
}

function page(request: RestRequest, cursors: CursorStore, { result, from, id }: Position): unknown {
  const until = Math.min(result.total, from + pageSize(request, result));
  // COUNT() has a total and no rows.
  const records = result.columns.length === 0 ? [] : [...result.records(from, until)];
  const done = until >= result.total || result.columns.length === 0;
  if (done) {
    return { totalSize: result.total, done, records };
  }
  const cursor = id ?? cursors.open(request.caller.session, result);
  return {
    totalSize: result.total,
    done,
    nextRecordsUrl: `${request.base}/query/${cursor}-${until}`,
    records,
  };
}

/** What the client asks for is a wish between 200 and 2,000; two long texts make it 200 (facts §3). */
function pageSize(request: RestRequest, result: SoqlResult): number {
  const wish = Number(
    /batchSize\s*=\s*(\d+)/i.exec(request.header('Sforce-Query-Options') ?? '')?.[1] ?? 2_000,
  );
  return Math.min(Math.max(wish, 200), 2_000, result.pageSize);
}

function more(request: RestRequest, cursors: CursorStore, locator: string): RestAnswer {
  const [id = '', offset = '0'] = locator.split('-');
  if (request.caller.strike('lose-locator') !== null) {
    cursors.drop(id);
  }
  const result = cursors.find(request.caller.session, id);
  const from = Number(offset);
  if (result === null || !Number.isInteger(from) || from < 0 || from > result.total) {
    throw new ApiError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  }
  return { status: 200, body: page(request, cursors, { result, from, id }) };
}

function explain(request: RestRequest, text: string): unknown {
  const result = runSoql(request.room.org, request.caller, text);
  const plan = {
    cardinality: result.total,
    fields: [],
    leadingOperationType: 'TableScan',
    notes: [],
    relativeCost: 1,
    sobjectCardinality: request.room.org.table(result.object).liveCount(),
    sobjectType: result.object,
  };
  return { plans: [plan], sourceQuery: text };
}
