import type { Expression } from '../../domain/facts/fact.js';
import { NO_CLAIMS } from '../expressions/claims.js';
import { contradictionIn } from '../expressions/contradiction.js';
import {
  type Compiled,
  compileCondition,
  compileNumber,
  compileValue,
  type Outcome,
} from '../expressions/expression.js';
import type { Vocabulary } from '../expressions/vocabulary.js';
import { didYouMean } from '../nearest-name.js';
import type { ValuePath } from '../problems.js';
import type { WrittenFile } from '../written/yaml-file.js';
import type { Findings } from './findings.js';

/** Reads the expressions and names of one file, reporting whatever is wrong where it stands. */
export interface Reader {
  readonly condition: (text: string, path: ValuePath) => Compiled<boolean>;
  readonly number: (text: string, path: ValuePath) => Compiled<number>;
  readonly value: (text: string, path: ValuePath) => Compiled<number | string | boolean>;
  /** A driver text: each `{name}` or `{name|one|many}` is `value` or a fact. */
  readonly template: (text: string, path: ValuePath) => void;
  /** Reports a value that is none of the names. */
  readonly name: (kind: string, found: string, names: readonly string[], path: ValuePath) => boolean;
  readonly wrong: (path: ValuePath, message: string) => void;
  readonly wrongKey: (path: ValuePath, message: string) => void;
  readonly note: (path: ValuePath, message: string) => void;
  /** Whether a fact can be known, given what is mapped. */
  readonly known: (fact: string) => boolean;
  /** Notes that something has no effect when its expression can never be known; true when it can. */
  readonly effective: (compiled: Compiled<boolean | number>, path: ValuePath, effect: string) => boolean;
}

/** What the expressions of a file are read against. */
export interface Terms {
  readonly vocabulary: Vocabulary;
  readonly known: (fact: string) => boolean;
}

/** For files without expressions. */
export const NO_FACTS: Terms = { vocabulary: { facts: {}, refused: {}, values: {} }, known: () => false };

/** Stands in for an expression that was reported: the load fails anyway, after everything was read. */
function unreadable<T extends number | string | boolean>(source: string): Compiled<T> {
  const expression: Expression<T> = { source, facts: [], evaluate: () => null };
  return { expression, type: 'number', knowable: () => true, holdable: () => true, claims: NO_CLAIMS };
}

export function readerOf(file: WrittenFile, { vocabulary, known }: Terms, findings: Findings): Reader {
  const settle = <T extends number | string | boolean>(
    outcome: Outcome<T>,
    text: string,
    path: ValuePath,
  ) => {
    if (outcome.ok) return outcome.compiled;
    findings.report(...outcome.problems.map(({ message, at }) => file.problemAt(path, message, at)));
    return unreadable<T>(text);
  };
  return {
    condition: (text, path) => {
      const compiled = settle(compileCondition(text, vocabulary), text, path);
      const clash = contradictionIn(compiled.claims);
      if (clash !== null)
        findings.report(file.problemAt(path, `this never holds: ${clash} exclude each other`));
      return compiled;
    },
    number: (text, path) => settle(compileNumber(text, vocabulary), text, path),
    value: (text, path) => settle(compileValue(text, vocabulary), text, path),
    template: (text, path) => {
      const names = ['value', ...Object.keys(vocabulary.facts)];
      for (const { 1: found = '', index } of text.matchAll(/\{([^}|]*)[^}]*\}/g)) {
        if (names.includes(found)) continue;
        findings.report(
          file.problemAt(path, `unknown fact "${found}" in text${didYouMean(found, names)}`, index + 1),
        );
      }
    },
    name: (kind, found, names, path) => {
      if (names.includes(found)) return true;
      findings.report(file.problemAt(path, `unknown ${kind} "${found}"${didYouMean(found, names)}`));
      return false;
    },
    wrong: (path, message) => findings.report(file.problemAt(path, message)),
    wrongKey: (path, message) => findings.report(file.problemAtKey(path, message)),
    note: (path, message) => findings.note(file.problemAtKey(path, message)),
    known,
    effective: (compiled, path, effect) => {
      if (compiled.type === 'boolean' ? compiled.holdable(known) : compiled.knowable(known)) return true;
      const missing = compiled.expression.facts.filter((fact) => !known(fact));
      findings.note(
        file.problemAtKey(path, `${effect}: ${missing.join(', ')} can’t be known with what is mapped`),
      );
      return false;
    },
  };
}
