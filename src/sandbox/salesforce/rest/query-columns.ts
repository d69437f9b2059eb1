import type { FieldType, Query } from '@jetstreamapp/soql-parser-js';
import type { SObject } from '../schema/schema.js';
import { fieldOperand, functionOperand } from '../soql/functions.js';
import { parseSoql } from '../soql/parse.js';
import { runSoql } from '../soql/run-soql.js';
import { objectFor, resolveField, type Scope } from '../soql/scope.js';
import type { Org } from '../store/org.js';
import type { Caller } from '../store/sessions.js';

/** What `?columns=true` answers: the CLI needs it after each query that found something (facts §3). */
export function columnMetadata(org: Org, caller: Caller, text: string): unknown {
  runSoql(org, caller, `${text}`);
  const query = parseSoql(text);
  const object = objectFor(org, caller, query.sObject ?? '');
  const scope: Scope = {
    org,
    caller,
    object,
    aliases: [object.name.toLowerCase(), query.sObjectAlias?.toLowerCase() ?? ''],
    all: false,
    text,
  };
  return {
    columnMetadata: columnsOf(scope, query),
    entityName: object.name,
    groupBy: query.groupBy !== undefined,
    idSelected: (query.fields ?? []).some((one) => one.type === 'Field' && one.field.toLowerCase() === 'id'),
    keyPrefix: object.definition().keyPrefix,
  };
}

interface ColumnNode {
  readonly columnName: string;
  readonly displayName: string;
  readonly aggregate: boolean;
  readonly type: string;
  readonly custom: boolean;
  readonly foreignKeyName: string | null;
  readonly writable: boolean;
  readonly joinColumns: ColumnNode[];
}

function columnsOf(scope: Scope, query: Pick<Query, 'fields'>): readonly unknown[] {
  const nodes: ColumnNode[] = [];
  const unnamed = { count: 0 };
  for (const one of query.fields ?? []) {
    addColumn(scope, one, { nodes, unnamed });
  }
  return nodes.map(shown);
}

interface Adding {
  readonly nodes: ColumnNode[];
  readonly unnamed: { count: number };
}

function addColumn(scope: Scope, one: FieldType, { nodes, unnamed }: Adding): void {
  if (one.type === 'Field') {
    nodes.push(fieldNode(scope, one.field));
  } else if (one.type === 'FieldRelationship') {
    addPath(scope, nodes, [...one.relationships, one.field].join('.'));
  } else if (one.type === 'FieldSubquery') {
    nodes.push(childNode(scope, one.subquery));
  } else if (one.type === 'FieldFunctionExpression') {
    const name = one.alias ?? `expr${unnamed.count}`;
    unnamed.count += one.alias === undefined ? 1 : 0;
    nodes.push({
      ...LEAF,
      columnName: name,
      displayName: (one.rawValue ?? name).toLowerCase(),
      aggregate: true,
      type: functionType(scope, one),
    });
  }
}

const LEAF = {
  aggregate: false,
  type: 'string',
  custom: false,
  foreignKeyName: null,
  writable: false,
  joinColumns: [],
};

function fieldNode(scope: Scope, path: string): ColumnNode {
  const { definition } = resolveField(scope, path);
  return {
    ...LEAF,
    columnName: definition.name,
    displayName: definition.name,
    type: definition.type,
    custom: definition.custom,
    writable: definition.updateable,
  };
}

/** A parent path becomes a column per relationship, its fields joined under it. */
function addPath(scope: Scope, nodes: ColumnNode[], path: string): void {
  const field = resolveField(scope, path);
  let level = nodes;
  for (const step of field.steps) {
    let node = level.find((one) => one.columnName === step.name && one.joinColumns.length > 0);
    if (node === undefined) {
      const foreignKeyName = step.name.endsWith('__r') ? step.name.replace(/__r$/, '__c') : `${step.name}Id`;
      node = {
        ...LEAF,
        columnName: step.name,
        displayName: step.name,
        type: 'reference',
        foreignKeyName,
        joinColumns: [],
      };
      level.push(node);
    }
    level = node.joinColumns;
  }
  level.push(fieldNode(scope, path));
}

function childNode(
  scope: Scope,
  subquery: Pick<Query, 'fields'> & { readonly relationshipName: string },
): ColumnNode {
  const link = scope.org.schema
    .children(scope.object.name)
    .find((one) => one.name?.toLowerCase() === subquery.relationshipName.toLowerCase());
  const object: SObject = objectFor(scope.org, scope.caller, link?.childObject ?? '');
  const nodes: ColumnNode[] = [];
  for (const one of subquery.fields ?? []) {
    addColumn({ ...scope, object, aliases: [] }, one, { nodes, unnamed: { count: 0 } });
  }
  const name = link?.name ?? subquery.relationshipName;
  return { ...LEAF, columnName: name, displayName: name, aggregate: true, joinColumns: nodes };
}

type Call = Extract<FieldType, { readonly type: 'FieldFunctionExpression' }>;

function functionType(scope: Scope, call: Call): string {
  const name = call.functionName.toUpperCase();
  if (name.startsWith('COUNT')) {
    return 'int';
  }
  const [argument] = call.parameters;
  if (call.isAggregateFn === true && typeof argument === 'string') {
    return name === 'AVG' ? 'double' : fieldOperand(resolveField(scope, argument)).type;
  }
  return name === 'FIELDS' ? 'string' : functionOperand(scope, call).type;
}

const NUMERIC = ['int', 'long', 'double', 'currency', 'percent'];
const TEXT = [
  'string',
  'picklist',
  'multipicklist',
  'textarea',
  'phone',
  'url',
  'email',
  'combobox',
  'id',
  'reference',
];

function shown(node: ColumnNode): unknown {
  return {
    aggregate: node.aggregate,
    apexType: node.aggregate && node.joinColumns.length > 0 ? 'complexvalue' : node.type,
    booleanType: node.type === 'boolean',
    columnName: node.columnName,
    custom: node.custom,
    displayName: node.displayName,
    foreignKeyName: node.foreignKeyName,
    insertable: node.writable,
    joinColumns: node.joinColumns.map(shown),
    numberType: NUMERIC.includes(node.type),
    textType: TEXT.includes(node.type),
    updatable: node.writable,
  };
}
