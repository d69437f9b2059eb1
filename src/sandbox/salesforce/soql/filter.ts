import type { LiteralType, Query } from '@jetstreamapp/soql-parser-js';
import type { Row, Value } from '../schema/types.js';
import { comparison, foldValue, type Literal, type RawLiteral, readLiteral } from './compare.js';
import type { ConditionTree, Test } from './condition-tree.js';
import type { Operand } from './functions.js';
import { likeTest, unquote } from './literal.js';
import { malformed } from './parse.js';
import { invalidField, type Scope } from './scope.js';

export type RowTest = (row: Row) => boolean;

/** A condition worked out: its test, and what an index may use of it. */
export interface CompiledTest {
  readonly operand: Operand;
  readonly operator: string;
  /** The literals; null for LIKE, INCLUDES, EXCLUDES. A semi-join gives its ids. */
  readonly values: readonly Literal[] | null;
  readonly test: RowTest;
}

export type CompiledCondition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly CompiledCondition[] }
  | { readonly kind: 'not'; readonly part: CompiledCondition }
  | { readonly kind: 'test'; readonly compiled: CompiledTest };

/** What conditions need from outside: how a name is resolved, and how a sub-select is run. */
export interface FilterRoom {
  readonly scope: Scope;
  readonly operandOf: (test: Test) => Operand;
  readonly semiJoin: (query: Query) => ReadonlySet<Value>;
}

export function compileCondition(room: FilterRoom, tree: ConditionTree): CompiledCondition {
  switch (tree.kind) {
    case 'not':
      return { kind: 'not', part: compileCondition(room, tree.part) };
    case 'test':
      return { kind: 'test', compiled: compileTest(room, tree.test) };
    default:
      return { kind: tree.kind, parts: tree.parts.map((part) => compileCondition(room, part)) };
  }
}

export function rowTest(condition: CompiledCondition): RowTest {
  if (condition.kind === 'test') {
    return condition.compiled.test;
  }
  if (condition.kind === 'not') {
    const part = rowTest(condition.part);
    return (row) => !part(row);
  }
  const parts = condition.parts.map(rowTest);
  return condition.kind === 'and'
    ? (row) => parts.every((part) => part(row))
    : (row) => parts.some((part) => part(row));
}

function compileTest(room: FilterRoom, test: Test): CompiledTest {
  const operand = room.operandOf(test);
  const operator = test.operator.toUpperCase();
  refuseUnfilterable(room.scope, operand);
  if ('valueQuery' in test) {
    const wanted = room.semiJoin(test.valueQuery);
    const values = [...wanted].map((value): Literal => ({ kind: 'value', value }));
    return {
      operand,
      operator,
      values: operator === 'IN' ? values : null,
      test: memberTest(operand, operator, wanted),
    };
  }
  const raws = literalsOf(test);
  if (operator === 'LIKE' || operator === 'INCLUDES' || operator === 'EXCLUDES') {
    return { operand, operator, values: null, test: textTest(room.scope, operand, { operator, raws }) };
  }
  const values = raws.map((raw) => readLiteral(room.scope, raw, operand));
  return { operand, operator, values, test: valueTest(operand, operator, values) };
}

function valueTest(operand: Operand, operator: string, values: readonly Literal[]): RowTest {
  const fold = foldValue(operand.type);
  if (operator === 'IN' || operator === 'NOT IN') {
    const plain = new Set(values.flatMap((literal) => (literal.kind === 'value' ? [literal.value] : [])));
    const ranges = values
      .filter((literal) => literal.kind === 'range')
      .map((range) => comparison('=', range));
    const member = (value: Value): boolean => plain.has(value) || ranges.some((range) => range(value));
    return operator === 'IN'
      ? (row) => member(fold(operand.read(row)))
      : (row) => !member(fold(operand.read(row)));
  }
  const [literal] = values;
  if (literal === undefined) {
    throw malformed(`unexpected token: '${operator}'`);
  }
  const compare = comparison(operator, literal);
  return (row) => compare(fold(operand.read(row)));
}

function memberTest(operand: Operand, operator: string, wanted: ReadonlySet<Value>): RowTest {
  return operator === 'IN' ? (row) => wanted.has(operand.read(row)) : (row) => !wanted.has(operand.read(row));
}

interface TextTest {
  readonly operator: string;
  readonly raws: readonly RawLiteral[];
}

const LIKEABLE = [
  'string',
  'picklist',
  'combobox',
  'textarea',
  'phone',
  'url',
  'email',
  'multipicklist',
  'encryptedstring',
];

function textTest(scope: Scope, operand: Operand, { operator, raws }: TextTest): RowTest {
  if (operator === 'LIKE') {
    if (!LIKEABLE.includes(operand.type)) {
      throw invalidField(scope, operand.name, `invalid operator on ${operand.type} field`);
    }
    const like = likeTest(raws[0]?.text ?? "''");
    return (row) => like(String(operand.read(row) ?? ''));
  }
  if (operand.type !== 'multipicklist') {
    throw invalidField(
      scope,
      operand.name,
      `includes or excludes operator only valid on multipicklist field`,
    );
  }
  // 'a;b' = both chosen; several literals = any of them.
  const wanted = raws.map((raw) => unquote(raw.text).toLowerCase().split(';'));
  const includes = (row: Row): boolean => {
    const chosen = new Set(
      String(operand.read(row) ?? '')
        .toLowerCase()
        .split(';'),
    );
    return wanted.some((all) => all.every((one) => chosen.has(one)));
  };
  return operator === 'INCLUDES' ? includes : (row) => !includes(row);
}

type LiteralTest = Exclude<Test, { readonly valueQuery: Query }>;

function literalsOf(test: LiteralTest): readonly RawLiteral[] {
  const texts = Array.isArray(test.value) ? test.value : [test.value];
  const numbers = 'dateLiteralVariable' in test ? [test.dateLiteralVariable].flat() : [];
  return texts.map((text, at) => ({
    text: String(text),
    type: typeAt(test.literalType, at),
    n: numbers[at] ?? 0,
  }));
}

function typeAt(
  types: LiteralType | readonly LiteralType[] | undefined,
  at: number,
): LiteralType | undefined {
  return typeof types === 'string' ? types : types?.[at];
}

function refuseUnfilterable(scope: Scope, operand: Operand): void {
  const field = operand.field?.definition;
  if (field !== undefined && field.type === 'textarea' && field.length > 255) {
    throw invalidField(scope, operand.name, `field '${field.name}' can not be filtered in a query call`);
  }
}
