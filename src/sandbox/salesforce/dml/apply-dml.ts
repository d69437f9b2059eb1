import { ApiError, invalidType } from '../api-error.js';
import type { SObject } from '../schema/schema.js';
import type { FieldDefinition } from '../schema/types.js';
import type { Org } from '../store/org.js';
import type { Caller } from '../store/sessions.js';
import { startChangeLog } from './change-log.js';
import type { DmlRequest, DmlResult } from './contract.js';
import { checkNames } from './read-row.js';
import { RowRefused, refusal } from './refusal.js';
import { repeatedKeys } from './repeats.js';
import { type Writing, writeRow } from './write-row.js';

/** Writes rows with every check of the platform; one result per row, in order. Throws ApiError when the call as a whole is wrong. */
export function applyDml(org: Org, caller: Caller, request: DmlRequest): readonly DmlResult[] {
  const author = { userId: caller.session.userId, origin: caller.origin };
  return org.commits.within(author, () => writeRows(org, caller, request));
}

function writeRows(org: Org, caller: Caller, request: DmlRequest): readonly DmlResult[] {
  const object = writableObject(org, caller, request);
  const reading = { org, caller, object };
  checkNames(reading, request.rows);
  const log = startChangeLog(org);
  const keyField = request.operation === 'upsert' ? upsertKey(org, caller, { object, request }) : null;
  const writing: Writing = { ...reading, log, request, keyField };
  const repeated = repeatedKeys(request.rows, request.operation, keyField);
  const results = request.rows.map((row, at) => {
    const again = repeated.get(at);
    return again === undefined ? attempt(writing, () => writeRow(writing, row)) : failed([again], null);
  });
  const settled = request.allOrNone === true ? allOrNone(writing, results) : results;
  noteWrites(writing, settled);
  commitLate(writing);
  return settled;
}

const NO_FIELDS: ReadonlySet<string> = new Set(['id', 'attributes']);

function noteWrites({ org, object, request }: Writing, results: readonly DmlResult[]): void {
  for (const [at, { id, success }] of results.entries()) {
    const names = Object.keys(request.rows[at] ?? {}).filter((name) => !NO_FIELDS.has(name.toLowerCase()));
    if (success && id !== null) org.writes.note(object.name, id, names);
  }
}

function attempt(writing: Writing, write: () => DmlResult): DmlResult {
  const mark = writing.log.mark();
  try {
    return write();
  } catch (error) {
    if (!(error instanceof RowRefused)) {
      throw error;
    }
    writing.log.undoTo(mark);
    return failed(error.errors, error.id);
  }
}

function failed(errors: DmlResult['errors'], id: string | null): DmlResult {
  return { id, success: false, created: false, errors };
}

function allOrNone(writing: Writing, results: readonly DmlResult[]): readonly DmlResult[] {
  if (results.every((result) => result.success)) {
    return results;
  }
  writing.log.undoTo(0);
  const message =
    'Record rolled back because not all records were valid and the request was using AllOrNone header';
  const isDelete = writing.request.operation === 'delete';
  return results.map((result) =>
    result.success
      ? failed([refusal('ALL_OR_NONE_OPERATION_ROLLED_BACK', message)], isDelete ? result.id : null)
      : result,
  );
}

/** A long transaction: stamped now, visible later. */
function commitLate({ org, caller, log }: Writing): void {
  const late = log.size() === 0 ? null : caller.strike('late-commit');
  if (late !== null) {
    const changes = log.lift();
    const author = { userId: caller.session.userId, origin: caller.origin };
    org.late.hold(late.ms ?? 0, () => org.commits.within(author, changes));
  }
}

const RIGHT_FOR = {
  insert: 'create',
  update: 'edit',
  upsert: 'edit',
  delete: 'delete',
  hardDelete: 'delete',
  undelete: 'edit',
} as const;

function writableObject(org: Org, caller: Caller, request: DmlRequest): SObject {
  const object = org.schema.find(request.object);
  const rights = object === null ? null : org.access.object(caller.session.userId, object.name);
  if (object === null || rights === null || !rights.read) {
    throw invalidType(request.object);
  }
  const { createable, updateable, deletable } = object.definition();
  const able = {
    create: createable,
    edit: updateable || request.operation === 'undelete',
    delete: deletable,
  };
  const right = RIGHT_FOR[request.operation];
  if (!able[right]) {
    throw new ApiError(
      400,
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      `entity type ${object.name} does not support ${request.operation}`,
    );
  }
  if (!rights[right] || !mayWriteUnderMaster(org, caller, object)) {
    throw new ApiError(403, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
  }
  return object;
}

/** A detail is written by who may edit its master, or where the relationship says so by who may read it. */
function mayWriteUnderMaster(org: Org, caller: Caller, object: SObject): boolean {
  return object.fields().every(({ master, referenceTo: [target = ''] }) => {
    if (master === undefined) return true;
    const rights = org.access.object(caller.session.userId, target);
    return master.readIsEnough ? rights.read : rights.edit;
  });
}

interface Upserting {
  readonly object: SObject;
  readonly request: DmlRequest;
}

function upsertKey(org: Org, caller: Caller, { object, request }: Upserting): FieldDefinition {
  const name = request.externalIdField ?? 'Id';
  const field = object.field(name);
  const seen = field !== null && org.access.field(caller.session.userId, object.name, field.name) !== 'none';
  if (field === null || !seen) {
    throw new ApiError(
      404,
      'NOT_FOUND',
      `Provided external ID field does not exist or is not accessible: ${name}`,
    );
  }
  if (field.name !== 'Id' && !field.externalId && !field.unique) {
    const message = `Field name provided, ${name} is not an External ID or indexed field for ${object.name}`;
    throw new ApiError(400, 'INVALID_FIELD', message);
  }
  return field;
}
