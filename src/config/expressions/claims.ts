import type { ASTNode } from '@marcbachmann/cel-js';
import { dottedName } from './syntax.js';

export type Constant = number | string | boolean;
type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** One thing that must be so where a condition holds. */
export type Claim =
  | { readonly of: string; readonly is: Comparison; readonly value: Constant }
  | { readonly of: string; readonly is: 'in' | 'not in'; readonly values: readonly Constant[] }
  | { readonly of: string; readonly is: 'known' }
  | { readonly of: string; readonly is: 'unknown' };

/** The ways in which a condition can hold: in each, all of its claims. */
export type Claims = readonly (readonly Claim[])[];

/** Nothing that a comparison with constants could contradict. */
export const NO_CLAIMS: Claims = [[]];

/** Beyond so many ways nothing is said: a check of constants need not be complete. */
const MOST_WAYS = 64;

const OPPOSITE: Readonly<Record<Comparison, Comparison>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};
const MIRRORED: Readonly<Record<Comparison, Comparison>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

function isComparison(op: string): op is Comparison {
  return op in OPPOSITE;
}

function constantOf(node: ASTNode | undefined): Constant | null {
  if (node?.op === '-_') {
    const value = constantOf(node.args);
    return typeof value === 'number' ? -value : null;
  }
  const value: unknown = node?.op === 'value' ? node.args : null;
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

function textOf(node: ASTNode): string {
  return node.input.slice(node.start, node.end).replace(/\s+/g, '');
}

function each(claim: Claim): Claims {
  return [[claim]];
}

function truth(of: string, value: boolean): Claims {
  return each({ of, is: '==', value });
}

function compared(node: ASTNode, is: Comparison): Claims {
  const [left, right] = node.args as readonly ASTNode[];
  const [a, b] = [constantOf(left), constantOf(right)];
  if (left && b !== null && a === null) return pair(textOf(left), is, b);
  return right && a !== null && b === null ? pair(textOf(right), MIRRORED[is], a) : NO_CLAIMS;
}

function pair(of: string, is: Comparison, value: Constant): Claims {
  if (typeof value === 'boolean') return truth(of, (is === '==') === value);
  return each({ of, is, value });
}

function memberOf(node: ASTNode & { op: 'in' }, negated: boolean): Claims {
  const [element, list] = node.args;
  const values = list.op === 'list' ? list.args.map(constantOf) : [null];
  const known = values.filter((value) => value !== null);
  if (known.length < values.length) return NO_CLAIMS;
  return each({ of: textOf(element), is: negated ? 'not in' : 'in', values: known });
}

/** Both conditions at once. */
export function both(a: Claims, b: Claims): Claims {
  if (a.length * b.length > MOST_WAYS) return NO_CLAIMS;
  return a.flatMap((one) => b.map((other) => [...one, ...other]));
}

/** What a condition claims; with `negated`, what its opposite does. */
export function claimsOf(node: ASTNode, negated = false): Claims {
  if (node.op === '!_') return claimsOf(node.args, !negated);
  if (node.op === '&&' || node.op === '||') {
    const [a, b] = [claimsOf(node.args[0], negated), claimsOf(node.args[1], negated)];
    return (node.op === '&&') === negated ? [...a, ...b] : both(a, b);
  }
  if (isComparison(node.op)) return compared(node, negated ? OPPOSITE[node.op] : node.op);
  if (node.op === 'in') return memberOf(node, negated);
  if (node.op === 'call' && node.args[0] === 'has' && node.args[1][0])
    return each({ of: textOf(node.args[1][0]), is: negated ? ('unknown' as const) : ('known' as const) });
  return dottedName(node) === null ? NO_CLAIMS : truth(textOf(node), !negated);
}
