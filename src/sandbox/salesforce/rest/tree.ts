import { ApiError } from '../api-error.js';
import { applyDml } from '../dml/apply-dml.js';
import type { DmlError } from '../dml/contract.js';
import { isObject, type JsonObject, listOf, objectBody, typeOf } from './body.js';
import type { Params, RestAnswer, RestRequest, RestRoute } from './contract.js';
import { dmlOptions } from './dml-options.js';

/** Records with their children in one call, all or nothing. */
export const TREE_ROUTES: readonly RestRoute[] = [
  { method: 'POST', pattern: '/composite/tree/:object', kind: 'tree', run: tree },
];

const MOST_RECORDS = 200;
const DEEPEST = 5;

interface Planted {
  readonly referenceId: string;
  readonly id: string | null;
  readonly errors: readonly DmlError[];
}

function tree(request: RestRequest, { object = '' }: Params): RestAnswer {
  const records = listOf(objectBody(request.body), 'records').filter(isObject);
  const point = request.room.org.checkpoint();
  const planted: Planted[] = [];
  try {
    plantAll(request, { object, records, parent: null, depth: 1 }, planted);
  } catch (error) {
    point.rollBack();
    throw error;
  }
  const failed = planted.filter((one) => one.errors.length > 0);
  if (failed.length > 0) {
    point.rollBack();
    const results = failed.map(({ referenceId, errors }) => ({ referenceId, errors }));
    return { status: 400, body: { hasErrors: true, results } };
  }
  point.keep();
  return {
    status: 201,
    body: { hasErrors: false, results: planted.map(({ referenceId, id }) => ({ referenceId, id })) },
  };
}

interface Branch {
  readonly object: string;
  readonly records: readonly JsonObject[];
  readonly parent: { readonly field: string; readonly id: string } | null;
  readonly depth: number;
}

function plantAll(request: RestRequest, branch: Branch, planted: Planted[]): void {
  if (branch.depth > DEEPEST) {
    throw new ApiError(400, 'INVALID_INPUT', `A tree has at most ${DEEPEST} levels`);
  }
  for (const record of branch.records) {
    plantOne(request, { branch, record }, planted);
    if (planted.length > MOST_RECORDS) {
      throw new ApiError(400, 'INVALID_INPUT', `A tree has at most ${MOST_RECORDS} records`);
    }
  }
}

interface Growing {
  readonly branch: Branch;
  readonly record: JsonObject;
}

function plantOne(request: RestRequest, { branch, record }: Growing, planted: Planted[]): void {
  const { org } = request.room;
  const children = Object.entries(record).filter(
    ([, value]) => isObject(value) && Array.isArray(value.records),
  );
  const own = Object.fromEntries(
    Object.entries(record).filter(([name]) => !children.some(([child]) => child === name)),
  );
  const link = branch.parent === null ? {} : { [branch.parent.field]: branch.parent.id };
  const object = typeOf(record);
  const [result] = applyDml(org, request.caller, {
    operation: 'insert',
    object,
    rows: [{ ...own, ...link }],
    ...dmlOptions(request),
  });
  const id = result?.id ?? null;
  planted.push({ referenceId: referenceOf(record), id, errors: result?.errors ?? [] });
  if (id === null || result?.success !== true) {
    return;
  }
  for (const [name, value] of children) {
    const child = org.schema.children(object).find((one) => one.name?.toLowerCase() === name.toLowerCase());
    if (child === undefined || !isObject(value)) {
      throw new ApiError(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${object}`);
    }
    const records = listOf(value, 'records').filter(isObject);
    plantAll(
      request,
      { object: child.childObject, records, parent: { field: child.field, id }, depth: branch.depth + 1 },
      planted,
    );
  }
}

function referenceOf(record: JsonObject): string {
  const attributes = record.attributes;
  return isObject(attributes) ? String(attributes.referenceId ?? '') : '';
}
