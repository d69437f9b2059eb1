import type { FieldType, FieldTypeOf, Subquery } from '@jetstreamapp/soql-parser-js';
import type { Row, Value } from '../schema/types.js';
import type { Column, QueryRecord } from './contract.js';
import { functionOperand } from './functions.js';
import { malformed } from './parse.js';
import { type FieldRef, type ParentStep, resolveField, type Scope, visible } from './scope.js';

/** How rows become records. */
export interface SelectPlan {
  readonly columns: readonly Column[];
  readonly record: (row: Row) => QueryRecord;
  readonly values: (row: Row) => readonly Value[];
  readonly longTexts: number;
  /** A child subquery or TYPEOF is selected. */
  readonly nested: boolean;
}

export interface SelectRoom {
  readonly scope: Scope;
  /** Compiles a child subquery to what a parent row shows under its relationship name. */
  readonly children: (subquery: Subquery) => ChildSelect;
  readonly limit: number | undefined;
}

export interface ChildSelect {
  readonly name: string;
  readonly of: (parent: Row) => unknown;
}

type Write = (record: Record<string, unknown>, row: Row) => void;

interface Item {
  readonly column: Column;
  readonly read: (row: Row) => Value;
  readonly write: Write | null;
  readonly field: FieldRef | null;
}

export function planSelect(room: SelectRoom, fields: readonly FieldType[]): SelectPlan {
  const items = fields.flatMap((one) => itemsOf(room, one));
  if (items.length === 0) {
    throw malformed('unexpected token: FROM');
  }
  const tree = parentTree(
    items.flatMap((item) => (item.write === null && item.field !== null ? [item.field] : [])),
  );
  const writes = items.flatMap((item) => item.write ?? []);
  const head = recordHead(room.scope);
  const record = (row: Row): QueryRecord => {
    const made: Record<string, unknown> = { attributes: head(room.scope.object.name, row) };
    writeNode(made, row, { node: tree, head });
    for (const write of writes) {
      write(made, row);
    }
    return made;
  };
  return {
    columns: items.map((item) => item.column),
    record,
    values: (row) => items.map((item) => item.read(row)),
    longTexts: items.filter((item) => isLongText(item.field)).length,
    nested: items.some((item) => item.column.type === 'subquery'),
  };
}

function isLongText(field: FieldRef | null): boolean {
  return field !== null && field.definition.type === 'textarea' && field.definition.length > 255;
}

function itemsOf(room: SelectRoom, one: FieldType): readonly Item[] {
  switch (one.type) {
    case 'Field':
      return [fieldItem(room.scope, one.field)];
    case 'FieldRelationship':
      return [fieldItem(room.scope, [...one.relationships, one.field].join('.'))];
    case 'FieldFunctionExpression':
      return one.functionName.toUpperCase() === 'FIELDS'
        ? allFields(room, String(one.parameters[0] ?? ''))
        : [functionItem(room.scope, one)];
    case 'FieldSubquery':
      return [childItem(room.children(one.subquery))];
    case 'FieldTypeof':
      return [typeofItem(room.scope, one)];
  }
}

function fieldItem(scope: Scope, path: string): Item {
  const field = resolveField(scope, path);
  return { column: { name: field.path, type: field.definition.type }, read: field.read, write: null, field };
}

type Call = Extract<FieldType, { readonly type: 'FieldFunctionExpression' }>;

function functionItem(scope: Scope, call: Call): Item {
  const operand = functionOperand(scope, call);
  // An unnamed function of a field keeps the field's name: toLabel(Status) is shown as Status.
  const name = call.alias ?? operand.field?.path ?? 'expr0';
  const shown = restValue(operand.type);
  return {
    column: { name, type: operand.type },
    read: operand.read,
    write: (record, row) => {
      record[name] = shown(operand.read(row));
    },
    field: null,
  };
}

/** FIELDS(ALL | STANDARD | CUSTOM); the two that hold custom fields want a LIMIT of at most 200 (facts §3). */
function allFields(room: SelectRoom, which: string): readonly Item[] {
  const set = which.toUpperCase();
  if (set !== 'STANDARD' && (room.limit === undefined || room.limit > 200)) {
    throw malformed('The SOQL FIELDS function must have a LIMIT of at most 200');
  }
  const { object } = room.scope;
  return object
    .fields()
    .filter((field) => set === 'ALL' || field.custom === (set === 'CUSTOM'))
    .filter((field) => visible(room.scope, object, field.name))
    .map((field) => fieldItem(room.scope, field.name));
}

function childItem(child: ChildSelect): Item {
  return {
    column: { name: child.name, type: 'subquery' },
    read: () => null,
    write: (record, row) => {
      record[child.name] = child.of(row);
    },
    field: null,
  };
}

function typeofItem(scope: Scope, typeOf: FieldTypeOf): Item {
  const id = resolveField(scope, `${typeOf.field}.Id`);
  const [step] = id.steps;
  const name = step?.name ?? typeOf.field;
  const head = recordHead(scope);
  return {
    column: { name, type: 'subquery' },
    read: () => null,
    write: (record, row) => {
      const parent = step?.follow(row) ?? null;
      record[name] = parent === null ? null : typeofRecord(scope, typeOf, { ...parent, head });
    },
    field: null,
  };
}

type Parent = NonNullable<ReturnType<ParentStep['follow']>> & { readonly head: Head };

function typeofRecord(scope: Scope, typeOf: FieldTypeOf, parent: Parent): QueryRecord {
  const own = typeOf.conditions.find(
    (one) => one.objectType?.toLowerCase() === parent.object.name.toLowerCase(),
  );
  const chosen = own ?? typeOf.conditions.find((one) => one.type === 'ELSE');
  const record: Record<string, unknown> = { attributes: parent.head(parent.object.name, parent.row) };
  for (const path of chosen?.fieldList ?? []) {
    const field = resolveField({ ...scope, object: parent.object, aliases: [] }, path);
    record[field.path] = restValue(field.definition.type)(field.read(parent.row));
  }
  return record;
}

/** Selected fields by the relationships that lead to them. */
interface Node {
  readonly fields: {
    readonly name: string;
    readonly read: FieldRef['read'];
    readonly show: (value: Value) => unknown;
  }[];
  readonly parents: Map<string, { readonly step: ParentStep; readonly node: Node }>;
}

function parentTree(fields: readonly FieldRef[]): Node {
  const root: Node = { fields: [], parents: new Map() };
  for (const field of fields) {
    let node = root;
    for (const step of field.steps) {
      const next = node.parents.get(step.name) ?? { step, node: { fields: [], parents: new Map() } };
      node.parents.set(step.name, next);
      node = next.node;
    }
    node.fields.push({
      name: field.definition.name,
      read: field.read,
      show: restValue(field.definition.type),
    });
  }
  return root;
}

interface Writing {
  readonly node: Node;
  readonly head: Head;
}

/** `root` is read by each field along its whole path; a parent that is missing shows as null. */
function writeNode(
  record: Record<string, unknown>,
  root: Row,
  { node, head }: Writing,
  at: Row = root,
): void {
  for (const field of node.fields) {
    record[field.name] = field.show(field.read(root));
  }
  for (const [name, parent] of node.parents) {
    const found = parent.step.follow(at);
    if (found === null) {
      record[name] = null;
      continue;
    }
    const nested: Record<string, unknown> = { attributes: head(found.object.name, found.row) };
    writeNode(nested, root, { node: parent.node, head }, found.row);
    record[name] = nested;
  }
}

type Head = (object: string, row: Row) => { readonly type: string; readonly url: string };

function recordHead(scope: Scope): Head {
  const version = `v${scope.caller.version.toFixed(1)}`;
  return (object, row) => ({
    type: object,
    url: `/services/data/${version}/sobjects/${object}/${String(row.Id)}`,
  });
}

/** REST shows datetimes with `+0000` where everything else here keeps `Z`. */
export function restValue(type: string): (value: Value) => unknown {
  return type === 'datetime'
    ? (value) => (typeof value === 'string' ? value.replace('Z', '+0000') : value)
    : (value) => value;
}
