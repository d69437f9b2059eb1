import type { Query, Subquery, WhereClause } from '@jetstreamapp/soql-parser-js';
import { ApiError } from '../api-error.js';
import type { SObject } from '../schema/schema.js';
import type { Row, Value } from '../schema/types.js';
import type { Org } from '../store/org.js';
import type { Caller } from '../store/sessions.js';
import type { Table } from '../store/table.js';
import { groupRows, isAggregate } from './aggregate.js';
import { candidates } from './candidates.js';
import { conditionTree, type Test } from './condition-tree.js';
import type { SoqlResult } from './contract.js';
import { type CompiledCondition, compileCondition, type RowTest, rowTest } from './filter.js';
import { fieldOperand, functionOperand, type Operand } from './functions.js';
import { type OrderKey, orderKey, sortBy } from './order.js';
import { malformed, parseSoql } from './parse.js';
import { invalidField, objectFor, resolveField, type Scope } from './scope.js';
import { type ChildSelect, planSelect, type SelectPlan } from './select.js';

export interface SoqlOptions {
  /** Recycled rows too: queryAll. */
  readonly all: boolean;
}

/** Works a query out. Throws ApiError (MALFORMED_QUERY, INVALID_FIELD, INVALID_TYPE …) when it can't. */
export function runSoql(
  org: Org,
  caller: Caller,
  text: string,
  options: SoqlOptions = { all: false },
): SoqlResult {
  const query = parseSoql(text);
  const object = objectFor(org, caller, query.sObject ?? '');
  const scope: Scope = {
    org,
    caller,
    object,
    aliases: aliasesOf(object, query.sObjectAlias),
    all: options.all,
    text,
  };
  if (isCountQuery(query)) {
    return countResult(scope, query);
  }
  return isAggregate(query) ? groupedResult(scope, query) : rowResult(scope, query);
}

const OFFSET_MAX = 2_000;
const PAGE = 2_000;
const LONG_TEXT_PAGE = 200;

function aliasesOf(object: SObject, alias: string | undefined): readonly string[] {
  return [object.name.toLowerCase(), ...(alias === undefined ? [] : [alias.toLowerCase()])];
}

function isCountQuery(query: Query): boolean {
  const [only, ...more] = query.fields ?? [];
  return (
    more.length === 0 &&
    only?.type === 'FieldFunctionExpression' &&
    only.functionName.toUpperCase() === 'COUNT' &&
    only.parameters.length === 0 &&
    query.groupBy === undefined
  );
}

function countResult(scope: Scope, query: Query): SoqlResult {
  const table = scope.org.table(scope.object.name);
  const plain = query.where === undefined && query.limit === undefined && query.usingScope === undefined;
  const total = plain && !scope.all ? table.liveCount() : find(scope, query).length;
  return { ...EMPTY, object: scope.object.name, total };
}

const EMPTY: SoqlResult = {
  object: '',
  columns: [],
  total: 0,
  records: () => [],
  values: () => [],
  tooRichForBulk: true,
  pageSize: PAGE,
};

function groupedResult(scope: Scope, query: Query): SoqlResult {
  const table = scope.org.table(scope.object.name);
  const slots = find(scope, { ...query, limit: undefined, offset: undefined, orderBy: undefined });
  const grouped = groupRows(scope, query, rowsAt(table, slots));
  return {
    ...EMPTY,
    object: scope.object.name,
    columns: grouped.columns,
    total: grouped.records.length,
    records: (from, to) => grouped.records.slice(from, to),
    values: (from, to) => grouped.values.slice(from, to),
  };
}

function rowResult(scope: Scope, query: Query): SoqlResult {
  const table = scope.org.table(scope.object.name);
  const plan = selectOf(scope, query);
  const slots = find(scope, query);
  return {
    object: scope.object.name,
    columns: plan.columns,
    total: slots.length,
    records: (from, to) => mapRows(table, slots.slice(from, to), plan.record),
    values: (from, to) => mapRows(table, slots.slice(from, to), plan.values),
    tooRichForBulk: plan.nested || query.offset !== undefined,
    pageSize: plan.longTexts > 1 ? LONG_TEXT_PAGE : PAGE,
  };
}

function selectOf(scope: Scope, query: Query | Subquery): SelectPlan {
  const children = (subquery: Subquery): ChildSelect => childSelect(scope, subquery);
  return planSelect({ scope, children, limit: query.limit }, query.fields ?? []);
}

function* rowsAt(table: Table, slots: Iterable<number>): Iterable<Row> {
  for (const slot of slots) {
    const row = table.rowAt(slot);
    if (row !== null) {
      yield row;
    }
  }
}

function* mapRows<T>(table: Table, slots: readonly number[], make: (row: Row) => T): Iterable<T> {
  for (const row of rowsAt(table, slots)) {
    yield make(row);
  }
}

type Clauses = Pick<Query, 'where' | 'orderBy' | 'limit' | 'offset' | 'usingScope'> & {
  readonly limit?: number | undefined;
};

/** Slots that match, in the asked order, cut to LIMIT and OFFSET. */
function find(
  scope: Scope,
  query: { readonly [K in keyof Clauses]?: Clauses[K] | undefined },
): readonly number[] {
  const table = scope.org.table(scope.object.name);
  if ((query.offset ?? 0) > OFFSET_MAX) {
    throw invalidField(scope, 'OFFSET', `Maximum SOQL offset allowed is ${OFFSET_MAX}`);
  }
  const condition = query.where === undefined ? null : compileWhere(scope, query.where);
  const matches = both(condition === null ? null : rowTest(condition), scopeTest(scope, query.usingScope));
  const keys = orderKeys(scope, query.orderBy);
  const from = query.offset ?? 0;
  const until = query.limit === undefined ? Number.POSITIVE_INFINITY : from + query.limit;
  const source = candidates(table, condition) ?? everySlot(table);
  // Without an order every match serves equally: stop at the first.
  const found = collect(table, source, {
    matches,
    all: scope.all,
    enough: keys.length === 0 ? until : Number.POSITIVE_INFINITY,
  });
  const sorted = keys.length === 0 ? found : sortBy(found, (slot) => table.rowAt(slot), keys);
  return from === 0 && sorted.length <= until ? sorted : sorted.slice(from, until);
}

function* everySlot(table: Table): Iterable<number> {
  const count = table.slotCount();
  for (let slot = 0; slot < count; slot += 1) {
    yield slot;
  }
}

interface Collecting {
  readonly matches: RowTest | null;
  readonly all: boolean;
  readonly enough: number;
}

function collect(
  table: Table,
  slots: Iterable<number>,
  { matches, all, enough }: Collecting,
): readonly number[] {
  const found: number[] = [];
  for (const slot of slots) {
    if (found.length >= enough) {
      break;
    }
    if (all || matches !== null ? isHit(table.rowAt(slot), all, matches) : table.isLive(slot)) {
      found.push(slot);
    }
  }
  return found;
}

function isHit(row: Row | null, all: boolean, matches: RowTest | null): boolean {
  return row !== null && (all || row.IsDeleted !== true) && (matches === null || matches(row));
}

function both(a: RowTest | null, b: RowTest | null): RowTest | null {
  return a === null ? b : b === null ? a : (row) => a(row) && b(row);
}

/** USING SCOPE mine: the caller's own records. */
function scopeTest(scope: Scope, name: string | undefined): RowTest | null {
  if (name?.toLowerCase() !== 'mine') {
    return null;
  }
  const owner = scope.org.reader(scope.object.name, 'OwnerId');
  return (row) => owner(row) === scope.caller.session.userId;
}

function compileWhere(scope: Scope, where: WhereClause): CompiledCondition {
  const operandOf = (test: Test): Operand =>
    'fn' in test ? functionOperand(scope, test.fn) : fieldOperand(resolveField(scope, test.field));
  let subselects = 0;
  const semiJoin = (query: Query): ReadonlySet<Value> => {
    subselects += 1;
    if (subselects > 2) {
      throw malformed('Maximum 2 semi join sub-selects are allowed');
    }
    return selectedIds(scope, query);
  };
  return compileCondition({ scope, operandOf, semiJoin }, conditionTree(where));
}

/** The ids that a sub-select gives: its one column, an id or a reference. */
function selectedIds(outer: Scope, query: Query): ReadonlySet<Value> {
  const object = objectFor(outer.org, outer.caller, query.sObject ?? '');
  const scope: Scope = { ...outer, object, aliases: aliasesOf(object, query.sObjectAlias) };
  const [only, ...more] = selectOf(scope, query).columns;
  if (only === undefined || more.length > 0 || (only.type !== 'id' && only.type !== 'reference')) {
    throw malformed('The inner select of a semi join must select exactly one id or reference field');
  }
  const { read } = resolveField(scope, only.name);
  const ids = new Set<Value>();
  for (const row of rowsAt(scope.org.table(object.name), find(scope, query))) {
    const id = read(row);
    if (id !== null) {
      ids.add(id);
    }
  }
  return ids;
}

function orderKeys(scope: Scope, orderBy: Query['orderBy']): readonly OrderKey[] {
  return [orderBy ?? []].flat().map((clause) => {
    const operand =
      'fn' in clause ? functionOperand(scope, clause.fn) : fieldOperand(resolveField(scope, clause.field));
    return orderKey(scope, operand, clause);
  });
}

/** `(SELECT … FROM Contacts)`: what a parent shows of its children; null when it has none. */
function childSelect(parent: Scope, subquery: Subquery): ChildSelect {
  const { org } = parent;
  const wanted = subquery.relationshipName.toLowerCase();
  const link = org.schema.children(parent.object.name).find((one) => one.name?.toLowerCase() === wanted);
  if (link === undefined || link.name === null) {
    const reason = `Didn't understand relationship '${subquery.relationshipName}' in FROM part of query call.`;
    throw new ApiError(400, 'INVALID_TYPE', reason);
  }
  const object = objectFor(org, parent.caller, link.childObject);
  const scope: Scope = { ...parent, object, aliases: aliasesOf(object, subquery.sObjectAlias) };
  const plan = selectOf(scope, subquery);
  const search = childSearch(scope, subquery, link.field);
  const table = org.table(object.name);
  return {
    name: link.name,
    of: (row) => {
      const records = [...mapRows(table, search(String(row.Id)), plan.record)];
      return records.length === 0 ? null : { totalSize: records.length, done: true, records };
    },
  };
}

function childSearch(
  scope: Scope,
  subquery: Subquery,
  field: string,
): (parentId: string) => readonly number[] {
  const table = scope.org.table(scope.object.name);
  const matches = subquery.where === undefined ? null : rowTest(compileWhere(scope, subquery.where));
  const keys = orderKeys(scope, subquery.orderBy);
  const from = subquery.offset ?? 0;
  const until = subquery.limit === undefined ? undefined : from + subquery.limit;
  return (parentId) => {
    const slots = table.childrenOf(field, parentId);
    const found = collect(table, slots, { matches, all: scope.all, enough: Number.POSITIVE_INFINITY });
    const sorted = keys.length === 0 ? found : sortBy(found, (slot) => table.rowAt(slot), keys);
    return sorted.slice(from, until);
  };
}
