import type { ASTNode } from '@marcbachmann/cel-js';
import type { Facts } from '../../domain/facts/fact.js';
import { dottedName } from './syntax.js';
import { DAY_FUNCTIONS, TEXT_METHODS } from './vocabulary.js';

type Value = number | string | boolean | null;
export type Evaluate = (facts: Facts, today: number) => Value;

/** A result that is no number (a division by zero) is nobody's knowledge: unknown. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

type Pair = (left: Evaluate, right: Evaluate) => Evaluate;

/** Both sides must be known. */
function strict(combine: (left: NonNullable<Value>, right: NonNullable<Value>) => Value): Pair {
  return (left, right) => (facts, today) => {
    const a = left(facts, today);
    if (a === null) return null;
    const b = right(facts, today);
    return b === null ? null : combine(a, b);
  };
}

const arithmetic = (combine: (a: number, b: number) => number): Pair =>
  strict((a, b) => finite(combine(Number(a), Number(b))));

/** Kleene: a false side makes it false, whatever the unknown side would be. */
const and: Pair = (left, right) => (facts, today) => {
  const a = left(facts, today);
  if (a === false) return false;
  const b = right(facts, today);
  if (b === false) return false;
  return a === null || b === null ? null : true;
};

const or: Pair = (left, right) => (facts, today) => {
  const a = left(facts, today);
  if (a === true) return true;
  const b = right(facts, today);
  if (b === true) return true;
  return a === null || b === null ? null : false;
};

const PAIRS: Partial<Record<ASTNode['op'], Pair>> = {
  '&&': and,
  '||': or,
  '==': strict((a, b) => a === b),
  '!=': strict((a, b) => a !== b),
  '<': strict((a, b) => a < b),
  '<=': strict((a, b) => a <= b),
  '>': strict((a, b) => a > b),
  '>=': strict((a, b) => a >= b),
  '+': strict((a, b) => (typeof a === 'string' ? a + String(b) : finite(Number(a) + Number(b)))),
  '-': arithmetic((a, b) => a - b),
  '*': arithmetic((a, b) => a * b),
  '/': arithmetic((a, b) => a / b),
};

function name(id: string): Evaluate {
  if (id === 'today') return (_facts, today) => today;
  return (facts) => facts[id]?.value ?? null;
}

/** An unknown question is answered where both answers agree. */
function choice(condition: Evaluate, yes: Evaluate, no: Evaluate): Evaluate {
  return (facts, today) => {
    const held = condition(facts, today);
    if (held !== null) return held ? yes(facts, today) : no(facts, today);
    const either = yes(facts, today);
    return either === no(facts, today) ? either : null;
  };
}

function member(element: Evaluate, list: readonly Evaluate[]): Evaluate {
  return (facts, today) => {
    const value = element(facts, today);
    if (value === null) return list.length === 0 ? false : null;
    const members = list.map((entry) => entry(facts, today));
    if (members.includes(value)) return true;
    return members.includes(null) ? null : false;
  };
}

function call(node: ASTNode & { op: 'call' }): Evaluate {
  const [named, args] = node.args;
  const argument = args[0];
  if (argument === undefined) return () => null;
  const value = compile(argument);
  if (named === 'has') return (facts, today) => value(facts, today) !== null;
  const days = DAY_FUNCTIONS[named];
  return (facts, today) => {
    const day = value(facts, today);
    return days === undefined || typeof day !== 'number' ? null : days(day, today);
  };
}

function method(node: ASTNode & { op: 'rcall' }): Evaluate {
  const [named, receiver, args] = node.args;
  const test = TEXT_METHODS[named];
  const argument = args[0];
  if (test === undefined || argument === undefined) return () => null;
  return strict((text, part) => test(String(text), String(part)))(compile(receiver), compile(argument));
}

/** Only double, string and bool literals are left once whole numbers were written with decimals. */
function literal(value: unknown): Evaluate {
  const known =
    typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : null;
  return () => known;
}

function compileOne(node: ASTNode): Evaluate {
  const inner = compile((node as ASTNode & { op: '!_' }).args);
  if (node.op === '!_') {
    return (facts, today) => {
      const value = inner(facts, today);
      return value === null ? null : !value;
    };
  }
  return (facts, today) => {
    const value = inner(facts, today);
    return typeof value === 'number' ? -value : null;
  };
}

/**
 * From a checked syntax tree to a function. cel-js evaluates two-valued and throws on what is
 * absent, so the evaluation is ours: unknown (null) runs through everything, except where the
 * answer does not depend on it.
 */
export function compile(node: ASTNode): Evaluate {
  const dotted = dottedName(node);
  if (dotted !== null) return name(dotted);
  switch (node.op) {
    case 'value':
      return literal(node.args);
    case '!_':
    case '-_':
      return compileOne(node);
    case '?:':
      return choice(compile(node.args[0]), compile(node.args[1]), compile(node.args[2]));
    case 'in':
      return member(compile(node.args[0]), listOf(node.args[1]).map(compile));
    case 'call':
      return call(node);
    case 'rcall':
      return method(node);
    default:
      return pair(node);
  }
}

function listOf(node: ASTNode): readonly ASTNode[] {
  return node.op === 'list' ? node.args : [];
}

function pair(node: ASTNode): Evaluate {
  const combine = PAIRS[node.op];
  const [left, right] = node.args as readonly ASTNode[];
  if (!combine || !left || !right) throw new Error(`operator ${node.op} passed the check and has no meaning`);
  return combine(compile(left), compile(right));
}
