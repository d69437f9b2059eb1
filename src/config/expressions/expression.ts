import type { Expression } from '../../domain/facts/fact.js';
import { type Claims, claimsOf } from './claims.js';
import { canBeKnown, canHold } from './knowable.js';
import { type ExpressionProblem, factsRead } from './syntax.js';
import { compile } from './three-valued.js';
import { type Checked, checkExpression } from './type-check.js';
import type { Vocabulary } from './vocabulary.js';

/** A compiled expression, and whether it can ever be answered with the facts that can be known. */
export interface Compiled<T extends number | string | boolean> {
  readonly expression: Expression<T>;
  readonly type: 'number' | 'text' | 'boolean';
  readonly knowable: (known: (fact: string) => boolean) => boolean;
  /** For conditions: whether it can ever hold, given the facts that can be known. */
  readonly holdable: (known: (fact: string) => boolean) => boolean;
  /** For conditions: what must be so where it holds. */
  readonly claims: Claims;
}

export type Outcome<T extends number | string | boolean> =
  | { readonly ok: true; readonly compiled: Compiled<T> }
  | { readonly ok: false; readonly problems: readonly ExpressionProblem[] };

type Guard<T> = (value: unknown) => value is T;

const OUR_TYPES: Readonly<Record<string, 'number' | 'text' | 'boolean'>> = {
  double: 'number',
  string: 'text',
  bool: 'boolean',
};

function assemble<T extends number | string | boolean>(
  text: string,
  checked: Checked,
  accepts: Guard<T>,
): Outcome<T> {
  if (!checked.ok) return checked;
  const evaluate = compile(checked.ast);
  const expression: Expression<T> = {
    source: text,
    facts: factsRead(checked.ast),
    evaluate: (facts, today) => {
      const value = evaluate(facts, today);
      return accepts(value) ? value : null;
    },
  };
  const knowable = (known: (fact: string) => boolean) => canBeKnown(checked.ast, known);
  const holdable = (known: (fact: string) => boolean) => canHold(checked.ast, known);
  return {
    ok: true,
    compiled: {
      expression,
      type: OUR_TYPES[checked.type] ?? 'number',
      knowable,
      holdable,
      claims: claimsOf(checked.ast),
    },
  };
}

function wrongType<T extends number | string | boolean>(message: string): Outcome<T> {
  return { ok: false, problems: [{ message, at: 0 }] };
}

const isBoolean: Guard<boolean> = (value) => typeof value === 'boolean';
const isNumber: Guard<number> = (value) => typeof value === 'number';
const isKnown: Guard<number | string | boolean> = (value): value is number | string | boolean =>
  value !== null;

const WORDS: Readonly<Record<string, string>> = {
  double: 'a number',
  string: 'a text',
  bool: 'true or false',
};

/** A question that is true or false. */
export function compileCondition(text: string, vocabulary: Vocabulary): Outcome<boolean> {
  const checked = checkExpression(text, vocabulary);
  if (checked.ok && checked.type !== 'bool') {
    const found = WORDS[checked.type] ?? checked.type;
    return wrongType(`a condition must be true or false, and this is ${found}; compare it with something`);
  }
  return assemble(text, checked, isBoolean);
}

/** A number. */
export function compileNumber(text: string, vocabulary: Vocabulary): Outcome<number> {
  const checked = checkExpression(text, vocabulary);
  if (checked.ok && checked.type !== 'double') {
    return wrongType(`a number is needed here, and this is ${WORDS[checked.type] ?? checked.type}`);
  }
  return assemble(text, checked, isNumber);
}

/** Anything a curve can score: a number, a category, true or false. */
export function compileValue(text: string, vocabulary: Vocabulary): Outcome<number | string | boolean> {
  const checked = checkExpression(text, vocabulary);
  if (checked.ok && WORDS[checked.type] === undefined) {
    return wrongType('a signal must be a number, a text, or true or false');
  }
  return assemble(text, checked, isKnown);
}
