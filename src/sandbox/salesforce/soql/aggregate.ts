import type {
  FieldType,
  GroupByClause,
  HavingClause,
  OrderByClause,
  Query,
} from '@jetstreamapp/soql-parser-js';
import type { Row, Value } from '../schema/types.js';
import { type Accumulator, accumulator, groupingSets } from './accumulators.js';
import { conditionTree, type Test } from './condition-tree.js';
import type { Column, QueryRecord } from './contract.js';
import { compileCondition, rowTest } from './filter.js';
import { type FunctionCall, fieldOperand, functionOperand, type Operand } from './functions.js';
import { orderKey, sortBy } from './order.js';
import { malformed } from './parse.js';
import { resolveField, type Scope } from './scope.js';
import { restValue } from './select.js';

/** A grouped query, worked out: one made-up row per group, its columns `g0`, `a0` … inside. */
export interface Grouped {
  readonly columns: readonly Column[];
  readonly records: readonly QueryRecord[];
  readonly values: readonly (readonly Value[])[];
}

/** True when the query gives groups instead of rows. COUNT() without a field is no such query. */
export function isAggregate(query: Query): boolean {
  return (
    query.groupBy !== undefined || (query.fields ?? []).some((one) => isCall(one) && isAggregateCall(one))
  );
}

type Call = Extract<FieldType, { readonly type: 'FieldFunctionExpression' }>;

function isCall(one: FieldType): one is Call {
  return one.type === 'FieldFunctionExpression';
}

const AGGREGATES = ['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX', 'GROUPING'];

function isAggregateCall(call: FunctionCall): boolean {
  return AGGREGATES.includes((call.functionName ?? '').toUpperCase());
}

interface Shown {
  readonly name: string;
  readonly type: string;
  readonly read: (row: Row) => Value;
}

export function groupRows(scope: Scope, query: Query, rows: Iterable<Row>): Grouped {
  const grouping = new Grouping(scope, query.groupBy);
  const shown = (query.fields ?? []).map((one, at) => shownOf(grouping, one, at));
  names(shown, query.fields ?? []);
  const having = havingTest(grouping, query.having);
  const order = [query.orderBy ?? []].flat().map((clause) => orderOf(grouping, clause, shown));
  const groups = grouping.collect(rows).filter(having);
  const sorted = order.length === 0 ? groups : sortBy(groups, (row) => row, order);
  const from = query.offset ?? 0;
  const kept = sorted.slice(from, query.limit === undefined ? undefined : from + query.limit);
  return {
    columns: shown.map(({ name, type }) => ({ name, type })),
    values: kept.map((row) => shown.map((one) => one.read(row))),
    records: kept.map((row) => ({
      attributes: { type: 'AggregateResult' },
      ...Object.fromEntries(shown.map((one) => [one.name, restValue(one.type)(one.read(row))])),
    })),
  };
}

/** Unnamed functions are expr0, expr1 … in the order of the select list. */
function names(shown: Shown[], fields: readonly FieldType[]): void {
  let unnamed = 0;
  for (const [at, one] of fields.entries()) {
    const item = shown[at];
    if (item !== undefined && isCall(one) && one.alias === undefined) {
      shown[at] = { ...item, name: `expr${unnamed}` };
      unnamed += 1;
    }
  }
}

function shownOf(grouping: Grouping, one: FieldType, _at: number): Shown {
  if (isCall(one)) {
    const operand = grouping.ofCall(one);
    return { name: one.alias ?? 'expr', type: operand.type, read: operand.read };
  }
  if (one.type !== 'Field' && one.type !== 'FieldRelationship') {
    throw malformed('Aggregate queries support neither child subqueries nor TYPEOF');
  }
  const path = one.type === 'Field' ? one.field : [...one.relationships, one.field].join('.');
  const operand = grouping.ofField(path);
  const alias = 'alias' in one && typeof one.alias === 'string' ? one.alias : undefined;
  return { name: alias ?? operand.name.split('.').at(-1) ?? path, type: operand.type, read: operand.read };
}

function havingTest(grouping: Grouping, having: HavingClause | undefined): (row: Row) => boolean {
  if (having === undefined) {
    return () => true;
  }
  const operandOf = (test: Test): Operand =>
    'fn' in test ? grouping.ofCall(test.fn) : grouping.ofField(test.field);
  const semiJoin = (): never => {
    throw malformed('HAVING supports no sub-select');
  };
  return rowTest(compileCondition({ scope: grouping.scope, operandOf, semiJoin }, conditionTree(having)));
}

function orderOf(
  grouping: Grouping,
  clause: OrderByClause,
  shown: readonly Shown[],
): ReturnType<typeof orderKey> {
  if ('fn' in clause) {
    return orderKey(grouping.scope, grouping.ofCall(clause.fn), clause);
  }
  const named = shown.find((one) => one.name.toLowerCase() === clause.field.toLowerCase());
  const operand = named === undefined ? grouping.ofField(clause.field) : { ...named, field: null };
  return orderKey(grouping.scope, operand, clause);
}

interface Aggregate {
  readonly key: string;
  readonly make: () => Accumulator;
}

/** Collects groups; each becomes a row whose columns are the group keys and the aggregates asked for. */
class Grouping {
  private readonly keys: readonly Operand[];
  private readonly kind: string;
  private readonly aggregates = new Map<string, Aggregate>();

  constructor(
    readonly scope: Scope,
    groupBy: GroupByClause | readonly GroupByClause[] | undefined,
  ) {
    const clauses = groupBy === undefined ? [] : [groupBy].flat();
    const [first] = clauses;
    const call = first !== undefined && 'fn' in first ? first.fn : null;
    const name = call?.functionName?.toUpperCase() ?? '';
    this.kind = name === 'ROLLUP' || name === 'CUBE' ? name : 'PLAIN';
    this.keys =
      this.kind === 'PLAIN'
        ? clauses.map((clause) =>
            'fn' in clause
              ? functionOperand(scope, clause.fn)
              : fieldOperand(resolveField(scope, clause.field)),
          )
        : (call?.parameters ?? []).map((path) => fieldOperand(resolveField(scope, String(path))));
  }

  ofField(path: string): Operand {
    const wanted = resolveField(this.scope, path);
    return this.keyOperand(wanted.path) ?? this.ungrouped(wanted.path);
  }

  ofCall(call: FunctionCall): Operand {
    if (!isAggregateCall(call)) {
      const operand = functionOperand(this.scope, call);
      return this.keyOperand(operand.name) ?? this.ungrouped(operand.name);
    }
    const [argument] = call.parameters ?? [];
    const name = (call.functionName ?? '').toUpperCase();
    const field = typeof argument === 'string' ? fieldOperand(resolveField(this.scope, argument)) : null;
    const key = `${name}(${field?.name ?? ''})`;
    if (name === 'GROUPING') {
      return {
        name: key,
        type: 'int',
        field: null,
        read: (row) => row[`grouping ${field?.name ?? ''}`] ?? 0,
      };
    }
    this.aggregates.set(key, { key, make: () => accumulator(name, field) });
    const type = name.startsWith('COUNT') ? 'int' : name === 'AVG' ? 'double' : (field?.type ?? 'int');
    return { name: key, type, field: null, read: (row) => row[key] ?? null };
  }

  collect(rows: Iterable<Row>): readonly Row[] {
    const groups = new Map<string, { readonly key: Row; readonly sums: readonly Accumulator[] }>();
    const aggregates = [...this.aggregates.values()];
    const open = (key: Row): { readonly key: Row; readonly sums: readonly Accumulator[] } => ({
      key,
      sums: aggregates.map((one) => one.make()),
    });
    if (this.keys.length === 0) {
      // Without GROUP BY there is one group, even over no rows.
      groups.set(JSON.stringify([[], []]), open({}));
    }
    const sets = groupingSets(this.kind, this.keys.length);
    for (const row of rows) {
      const values = this.keys.map((key) => key.read(row));
      for (const set of sets) {
        const text = JSON.stringify([set, values.map((value, at) => (set[at] === true ? value : null))]);
        const group = groups.get(text) ?? open(this.keyRow(values, set));
        groups.set(text, group);
        for (const sum of group.sums) {
          sum.add(row);
        }
      }
    }
    return [...groups.values()].map(({ key, sums }) => ({
      ...key,
      ...Object.fromEntries(sums.map((sum, at) => [aggregates[at]?.key ?? '', sum.result()])),
    }));
  }

  private keyRow(values: readonly Value[], set: readonly boolean[]): Row {
    return Object.fromEntries(
      this.keys.flatMap((key, at) => [
        [key.name, set[at] === true ? (values[at] ?? null) : null],
        [`grouping ${key.name}`, set[at] === true ? 0 : 1],
      ]),
    );
  }

  private keyOperand(name: string): Operand | null {
    const key = this.keys.find((one) => one.name.toLowerCase() === name.toLowerCase());
    return key === undefined
      ? null
      : { name: key.name, type: key.type, field: null, read: (row) => row[key.name] ?? null };
  }

  private ungrouped(name: string): never {
    throw malformed(`Field must be grouped or aggregated: ${name}`);
  }
}
