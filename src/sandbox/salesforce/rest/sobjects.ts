import { ApiError, notFound } from '../api-error.js';
import { applyDml } from '../dml/apply-dml.js';
import type { DmlRequest, DmlResult } from '../dml/contract.js';
import { isId, normalId } from '../ids.js';
import { singleErrors, statusOf } from '../routes/answers.js';
import type { SObject } from '../schema/schema.js';
import type { Row } from '../schema/types.js';
import { objectFor, type Scope } from '../soql/scope.js';
import { planSelect } from '../soql/select.js';
import { rowsOf } from '../store/table.js';
import { objectBody } from './body.js';
import type { Params, RestAnswer, RestRequest, RestRoute } from './contract.js';
import { dmlOptions } from './dml-options.js';

export const SOBJECT_ROUTES: readonly RestRoute[] = [
  { method: 'GET', pattern: '/sobjects/:object/:id', kind: 'retrieve', run: retrieve },
  { method: 'PATCH', pattern: '/sobjects/:object/:id', kind: 'update', run: update },
  { method: 'DELETE', pattern: '/sobjects/:object/:id', kind: 'delete', run: remove },
  { method: 'GET', pattern: '/sobjects/:object/:field/:value', kind: 'retrieve', run: retrieveByKey },
  { method: 'PATCH', pattern: '/sobjects/:object/:field/:value', kind: 'upsert', run: upsert },
  { method: 'DELETE', pattern: '/sobjects/:object/:field/:value', kind: 'delete', run: removeByKey },
];

export function insertOne(request: RestRequest, { object = '' }: Params): RestAnswer {
  const result = single(request, { operation: 'insert', object, rows: [objectBody(request.body)] });
  return result.success
    ? created(request, object, { id: result.id, success: true, errors: [] })
    : refused(result);
}

interface Created {
  readonly id: string | null;
  readonly success: true;
  readonly errors: readonly never[];
}

function created(request: RestRequest, object: string, body: Created): RestAnswer {
  return { status: 201, body, headers: { Location: `${request.base}/sobjects/${object}/${body.id}` } };
}

function single(request: RestRequest, dml: DmlRequest): DmlResult {
  const [result] = applyDml(request.room.org, request.caller, { ...dml, ...dmlOptions(request) });
  if (result === undefined) {
    throw new ApiError(500, 'UNKNOWN_EXCEPTION', 'no result');
  }
  return result;
}

function refused(result: DmlResult): RestAnswer {
  return { status: statusOf(result.errors), body: singleErrors(result.errors) };
}

function retrieve(request: RestRequest, { object = '', id = '' }: Params): RestAnswer {
  const found = sobject(request, object);
  const row = isId(id) ? request.room.org.table(found.name).get(normalId(id)) : null;
  if (row === null) {
    throw notFound();
  }
  if (row.IsDeleted === true) {
    throw new ApiError(404, 'ENTITY_IS_DELETED', 'entity is deleted');
  }
  return { status: 200, body: recordOf(request, found, row) };
}

/** REST names an unknown object in its path as a missing resource. */
function sobject(request: RestRequest, name: string): SObject {
  try {
    return objectFor(request.room.org, request.caller, name);
  } catch {
    throw notFound();
  }
}

/** A whole record as REST shows it; `?fields=` narrows it. */
export function recordOf(request: RestRequest, object: SObject, row: Row, only?: readonly string[]): unknown {
  const { org } = request.room;
  const asked = only ?? request.query.get('fields')?.split(',');
  const scope: Scope = { org, caller: request.caller, object, aliases: [], all: false, text: '' };
  const visible = object
    .fields()
    .map((field) => field.name)
    .filter((name) => org.access.field(request.caller.session.userId, object.name, name) !== 'none');
  const fields = (asked ?? visible).map((name) => pathField(name.trim()));
  const plan = planSelect({ scope, children: () => noChildren(), limit: undefined }, fields);
  return plan.record(row);
}

function pathField(path: string): Parameters<typeof planSelect>[1][number] {
  const parts = path.split('.');
  return parts.length === 1
    ? { type: 'Field', field: path }
    : { type: 'FieldRelationship', field: parts.at(-1) ?? '', relationships: parts.slice(0, -1) };
}

function noChildren(): never {
  throw new ApiError(400, 'MALFORMED_QUERY', 'no child records here');
}

function update(request: RestRequest, { object = '', id = '' }: Params): RestAnswer {
  const found = sobject(request, object);
  const key = existingId(request, found, id);
  const result = single(request, {
    operation: 'update',
    object,
    rows: [{ ...objectBody(request.body), Id: key }],
  });
  return result.success ? { status: 204 } : refused(result);
}

function remove(request: RestRequest, { object = '', id = '' }: Params): RestAnswer {
  const key = existingId(request, sobject(request, object), id);
  const result = single(request, { operation: 'delete', object, rows: [{ Id: key }] });
  return result.success ? { status: 204 } : refused(result);
}

function existingId({ room }: RestRequest, object: SObject, id: string): string {
  const key = normalId(id);
  if (!isId(id) || room.org.table(object.name).get(key) === null) {
    throw notFound();
  }
  return key;
}

interface KeyPath {
  readonly object: SObject;
  readonly field: string;
  readonly rows: readonly Row[];
}

/** Rows behind `/sobjects/Account/Ext__c/value`. */
function byKey(request: RestRequest, { object = '', field = '', value = '' }: Params): KeyPath {
  const found = sobject(request, object);
  const definition = found.field(field);
  const { org } = request.room;
  const seen =
    definition !== null &&
    org.access.field(request.caller.session.userId, found.name, definition.name) !== 'none';
  if (!seen || !(definition.externalId || definition.unique || definition.name === 'Id')) {
    throw notFound(`Provided external ID field does not exist or is not accessible: ${field}`);
  }
  const table = org.table(found.name);
  const rows =
    definition.name === 'Id'
      ? [table.get(normalId(value))].filter((row) => row !== null)
      : rowsOf(table, table.withValue(definition.name, value));
  return { object: found, field: definition.name, rows: rows.filter((row) => row.IsDeleted !== true) };
}

/** 300 with the candidates' URLs when the key is not unique. */
function severalRows(request: RestRequest, { object, rows }: KeyPath): RestAnswer {
  return {
    status: 300,
    body: rows.map((row) => `${request.base}/sobjects/${object.name}/${String(row.Id)}`),
  };
}

function retrieveByKey(request: RestRequest, params: Params): RestAnswer {
  const found = byKey(request, params);
  const [row] = found.rows;
  if (row === undefined) {
    throw notFound();
  }
  return found.rows.length > 1
    ? severalRows(request, found)
    : { status: 200, body: recordOf(request, found.object, row) };
}

function removeByKey(request: RestRequest, params: Params): RestAnswer {
  const found = byKey(request, params);
  const [row] = found.rows;
  if (found.rows.length > 1) {
    return severalRows(request, found);
  }
  return remove(request, { object: found.object.name, id: String(row?.Id ?? '') });
}

/** 201 created; updated 200 with a body since v46, 204 before; 300 not unique (facts §2). */
function upsert(request: RestRequest, params: Params): RestAnswer {
  const found = byKey(request, params);
  if (found.rows.length > 1) {
    return severalRows(request, found);
  }
  const body = objectBody(request.body);
  const row = { ...body, [found.field]: params.value };
  const result = single(request, {
    operation: 'upsert',
    object: found.object.name,
    rows: [row],
    externalIdField: found.field,
  });
  if (!result.success) {
    return refused(result);
  }
  const answer = { id: result.id, success: true as const, errors: [], created: result.created };
  if (result.created) {
    return created(request, found.object.name, answer);
  }
  return request.caller.version >= 46 ? { status: 200, body: answer } : { status: 204 };
}
