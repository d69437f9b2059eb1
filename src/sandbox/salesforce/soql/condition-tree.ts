import type {
  Condition,
  ConditionWithValueQuery,
  HavingClause,
  WhereClause,
} from '@jetstreamapp/soql-parser-js';
import { malformed } from './parse.js';

/** A condition as a tree. The parser gives a chain with counted parentheses; this gives them their meaning. */
export type ConditionTree =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly ConditionTree[] }
  | { readonly kind: 'not'; readonly part: ConditionTree }
  | { readonly kind: 'test'; readonly test: Test };

/** A single comparison. */
export type Test = Exclude<
  ConditionWithValueQuery,
  { readonly openParen: number; readonly field?: never; readonly fn?: never }
>;

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | { readonly test: Test };

export function conditionTree(clause: WhereClause | HavingClause): ConditionTree {
  const tokens = flatten(clause);
  const reading = { tokens, at: 0 };
  const tree = readJunction(reading);
  if (reading.at < tokens.length) {
    throw malformed(`unexpected token: '${nameOf(tokens[reading.at])}'`);
  }
  return tree;
}

interface Reading {
  readonly tokens: readonly Token[];
  at: number;
}

function flatten(clause: WhereClause | HavingClause): readonly Token[] {
  const tokens: Token[] = [];
  let link: WhereClause | HavingClause | undefined = clause;
  while (link !== undefined) {
    if (link.left !== null) {
      pushCondition(tokens, link.left);
    }
    if ('operator' in link) {
      tokens.push(link.operator);
      link = link.right;
    } else {
      link = undefined;
    }
  }
  return tokens;
}

function pushCondition(tokens: Token[], condition: Condition | ConditionWithValueQuery): void {
  tokens.push(...Array<Token>(condition.openParen ?? 0).fill('('));
  if ('operator' in condition) {
    tokens.push({ test: condition });
    tokens.push(...Array<Token>(condition.closeParen ?? 0).fill(')'));
  }
}

/** Operators of one kind may follow each other; AND beside OR needs parentheses, as the platform demands. */
function readJunction(reading: Reading): ConditionTree {
  const parts = [readFactor(reading)];
  const operator = reading.tokens[reading.at];
  if (operator !== 'AND' && operator !== 'OR') {
    return parts[0] ?? fail(reading);
  }
  while (reading.tokens[reading.at] === operator) {
    reading.at += 1;
    parts.push(readFactor(reading));
  }
  const next = reading.tokens[reading.at];
  if (next === 'AND' || next === 'OR') {
    throw malformed(`unexpected token: '${next}'`);
  }
  return { kind: operator === 'AND' ? 'and' : 'or', parts };
}

function readFactor(reading: Reading): ConditionTree {
  const token = reading.tokens[reading.at];
  reading.at += 1;
  if (token === 'NOT') {
    return { kind: 'not', part: readFactor(reading) };
  }
  if (token === '(') {
    const inner = readJunction(reading);
    if (reading.tokens[reading.at] !== ')') {
      return fail(reading);
    }
    reading.at += 1;
    return inner;
  }
  return typeof token === 'object' ? { kind: 'test', test: token.test } : fail(reading);
}

function fail(reading: Reading): never {
  throw malformed(`unexpected token: '${nameOf(reading.tokens[reading.at])}'`);
}

function nameOf(token: Token | undefined): string {
  return token === undefined ? '<EOF>' : typeof token === 'string' ? token : token.test.operator;
}
