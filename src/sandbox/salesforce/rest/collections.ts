import { ApiError } from '../api-error.js';
import { applyDml } from '../dml/apply-dml.js';
import type { DmlRequest, DmlResult, DmlRow } from '../dml/contract.js';
import { normalId } from '../ids.js';
import { objectFor } from '../soql/scope.js';
import { isObject, listOf, objectBody, typeOf } from './body.js';
import type { Params, RestAnswer, RestRequest, RestRoute } from './contract.js';
import { dmlOptions } from './dml-options.js';
import { recordOf } from './sobjects.js';

const MOST_RECORDS = 200;
const MOST_CHUNKS = 10;
const MOST_RETRIEVED = 2_000;

export const COLLECTION_ROUTES: readonly RestRoute[] = [
  {
    method: 'POST',
    pattern: '/composite/sobjects',
    kind: 'collections',
    run: (request) => write(request, 'insert'),
  },
  {
    method: 'PATCH',
    pattern: '/composite/sobjects',
    kind: 'collections',
    run: (request) => write(request, 'update'),
  },
  { method: 'DELETE', pattern: '/composite/sobjects', kind: 'collections', run: remove },
  { method: 'GET', pattern: '/composite/sobjects/:object', kind: 'collections-read', run: retrieve },
  { method: 'POST', pattern: '/composite/sobjects/:object', kind: 'collections-read', run: retrieve },
  { method: 'PATCH', pattern: '/composite/sobjects/:object/:field', kind: 'collections', run: upsert },
];

interface Typed {
  readonly type: string;
  readonly row: DmlRow;
}

function received(request: RestRequest): readonly Typed[] {
  const records = listOf(objectBody(request.body), 'records').filter(isObject);
  if (records.length > MOST_RECORDS) {
    throw new ApiError(
      400,
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${MOST_RECORDS} records into this call`,
    );
  }
  return records.map((record) => ({ type: typeOf(record), row: record }));
}

function allOrNone(request: RestRequest): boolean {
  return isObject(request.body) && String(request.body.allOrNone) === 'true';
}

function write(request: RestRequest, operation: 'insert' | 'update'): RestAnswer {
  const runs = chunks(received(request));
  return answer(
    writeChunks(
      request,
      runs.map((run) => ({ operation, ...run })),
      allOrNone(request),
    ),
    operation,
  );
}

/** Neighbours of one type are written together; at most ten such runs (facts §2). */
function chunks(
  typed: readonly Typed[],
): readonly { readonly object: string; readonly rows: readonly DmlRow[] }[] {
  const runs: { object: string; rows: DmlRow[] }[] = [];
  for (const { type, row } of typed) {
    const last = runs.at(-1);
    if (last !== undefined && last.object === type) {
      last.rows.push(row);
    } else {
      runs.push({ object: type, rows: [row] });
    }
  }
  if (runs.length > MOST_CHUNKS) {
    throw new ApiError(
      400,
      'INVALID_INPUT',
      `The number of object types or chunks must not exceed ${MOST_CHUNKS}`,
    );
  }
  return runs;
}

type Chunk = Pick<DmlRequest, 'operation' | 'object' | 'rows' | 'externalIdField'>;

function writeChunks(request: RestRequest, runs: readonly Chunk[], all: boolean): readonly DmlResult[] {
  const { org } = request.room;
  const options = { ...dmlOptions(request), allOrNone: all };
  if (!all || runs.length <= 1) {
    return runs.flatMap((run) => applyDml(org, request.caller, { ...run, ...options }));
  }
  // Mixed types as one: try each run; the first that falls takes the rest with it.
  return mixedAllOrNone(request, runs, options);
}

function mixedAllOrNone(request: RestRequest, runs: readonly Chunk[], options: object): readonly DmlResult[] {
  const { org } = request.room;
  const undo = org.checkpoint();
  const results = runs.map((run) => applyDml(org, request.caller, { ...run, ...options }));
  if (results.flat().every((result) => result.success)) {
    undo.keep();
    return results.flat();
  }
  undo.rollBack();
  return results.flat().map((result) =>
    result.success
      ? {
          id: null,
          success: false,
          created: false,
          errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message: ROLLED_BACK, fields: [] }],
        }
      : result,
  );
}

const ROLLED_BACK =
  'Record rolled back because not all records were valid and the request was using AllOrNone header';

function upsert(request: RestRequest, { object = '', field = '' }: Params): RestAnswer {
  const typed = received(request);
  if (typed.some((one) => one.type.toLowerCase() !== object.toLowerCase())) {
    throw new ApiError(400, 'INVALID_INPUT', `All records must be of the type in the URL: ${object}`);
  }
  const run: Chunk = {
    operation: 'upsert',
    object,
    rows: typed.map((one) => one.row),
    externalIdField: field,
  };
  return answer(writeChunks(request, [run], allOrNone(request)), 'upsert');
}

function remove(request: RestRequest): RestAnswer {
  const ids = (request.query.get('ids') ?? '').split(',').filter((id) => id !== '');
  if (ids.length > MOST_RECORDS) {
    throw new ApiError(
      400,
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${MOST_RECORDS} records into this call`,
    );
  }
  const { schema } = request.room.org;
  const typed = ids.map((id) => ({ type: schema.byKeyPrefix(id.slice(0, 3))?.name ?? '', row: { Id: id } }));
  const unknown = typed.find((one) => one.type === '');
  if (unknown !== undefined) {
    throw new ApiError(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  }
  const runs = chunks(typed).map((run) => ({ operation: 'delete' as const, ...run }));
  return answer(writeChunks(request, runs, request.query.get('allOrNone') === 'true'), 'delete');
}

/** Per record `statusCode`, not `errorCode` (facts §2). HTTP 200 whatever the rows say. */
function answer(results: readonly DmlResult[], operation: DmlRequest['operation']): RestAnswer {
  return {
    status: 200,
    body: results.map(({ id, success, created, errors }) => ({
      ...(id === null ? {} : { id }),
      success,
      errors,
      ...(operation === 'upsert' && success ? { created } : {}),
    })),
  };
}

function retrieve(request: RestRequest, { object = '' }: Params): RestAnswer {
  const fromUrl = request.method === 'GET';
  const body = fromUrl ? null : objectBody(request.body);
  const ids = body === null ? (request.query.get('ids') ?? '').split(',') : listOf(body, 'ids').map(String);
  const fields =
    body === null ? (request.query.get('fields') ?? '').split(',') : listOf(body, 'fields').map(String);
  if (ids.length > MOST_RETRIEVED) {
    throw new ApiError(
      400,
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${MOST_RETRIEVED} records into this call`,
    );
  }
  const found = objectFor(request.room.org, request.caller, object);
  const table = request.room.org.table(found.name);
  const records = ids.map((id) => {
    const row = table.get(normalId(id));
    return row === null || row.IsDeleted === true ? null : recordOf(request, found, row, fields);
  });
  return { status: 200, body: records };
}
