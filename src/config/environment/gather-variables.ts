import { dirname, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { didYouMean } from '../nearest-name.js';
import type { Problem } from '../problems.js';
import { VARIABLES, type VariableName, variableOf, writableNames } from './variables.js';

/** An env file in hand. */
interface EnvText {
  readonly path: string;
  readonly text: string;
}

export interface VariableSources {
  readonly process: Readonly<Record<string, string | undefined>>;
  readonly file: EnvText | null;
  /** Text of a referenced file; null when it can’t be read. */
  readonly readSecret: (path: string) => string | null;
}

interface GivenVariable {
  readonly value: string;
  /** The file that holds it, when it was given as `<NAME>_FILE`. */
  readonly heldIn: string | null;
  readonly problem: (message: string) => Problem;
}

export type GivenVariables = Readonly<Partial<Record<VariableName, GivenVariable>>>;

interface Written {
  readonly name: string;
  readonly value: string;
  readonly folder: string | null;
  readonly problem: (message: string) => Problem;
}

function ofProcess(variables: VariableSources['process']): readonly Written[] {
  return Object.entries(variables).flatMap(([name, value]) => {
    const ours = name.startsWith('TRUENORTH_') || variableOf(name) !== null;
    if (!ours || value === undefined || value === '') return [];
    const problem = (message: string): Problem => ({
      file: 'environment',
      line: null,
      column: null,
      message,
    });
    return [{ name, value, folder: null, problem }];
  });
}

function lineOf(text: string, name: string): number | null {
  const index = text
    .split(/\r?\n/)
    .findIndex((line) => new RegExp(`^\\s*(export\\s+)?${name}\\s*=`).test(line));
  return index < 0 ? null : index + 1;
}

function ofFile(file: EnvText | null): readonly Written[] {
  if (file === null) return [];
  return Object.entries(parseEnv(file.text)).flatMap(([name, value]) => {
    const line = lineOf(file.text, name);
    const problem = (message: string): Problem => ({
      file: file.path,
      line,
      column: line === null ? null : 1,
      message,
    });
    return value === undefined || value === '' ? [] : [{ name, value, folder: dirname(file.path), problem }];
  });
}

function groupOf(name: string): string | null {
  const found = variableOf(name);
  return found ? VARIABLES[found.variable].group : null;
}

/**
 * A connection comes whole from one place: an env file that sets any of a group hides what the
 * process has of that group, so that one org's secret never meets another org's URL.
 */
function merged(sources: VariableSources): readonly Written[] {
  const file = ofFile(sources.file);
  const whole = new Set(
    file.map(({ name }) => groupOf(name)).filter((group) => group !== null && group !== 'service'),
  );
  const named = new Set(file.map(({ name }) => name));
  const rest = ofProcess(sources.process).filter(({ name }) => !whole.has(groupOf(name)) && !named.has(name));
  return [...rest, ...file];
}

function given(
  written: Written,
  isFile: boolean,
  readSecret: VariableSources['readSecret'],
): GivenVariable | Problem {
  const { value, problem } = written;
  if (!isFile) return { value, heldIn: null, problem };
  const path = resolve(written.folder ?? '.', value);
  const text = readSecret(path);
  if (text === null) return problem(`${written.name} names ${value}, which can’t be read`);
  return { value: text.trim(), heldIn: path, problem };
}

/** All variables of ours from the process and an env file, secrets read from the files they name. */
export function gatherVariables(sources: VariableSources): {
  readonly variables: GivenVariables;
  readonly problems: readonly Problem[];
} {
  const variables: Partial<Record<VariableName, GivenVariable>> = {};
  const problems: Problem[] = [];
  for (const written of merged(sources)) {
    const found = variableOf(written.name);
    if (found === null) {
      problems.push(
        written.problem(`unknown variable ${written.name}${didYouMean(written.name, writableNames())}`),
      );
      continue;
    }
    const value = given(written, found.isFile, sources.readSecret);
    if ('message' in value) problems.push(value);
    else if (variables[found.variable])
      problems.push(value.problem(`${found.variable} is given both directly and as a file; keep one`));
    else variables[found.variable] = value;
  }
  return { variables, problems };
}
