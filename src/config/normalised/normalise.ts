import type { z } from 'zod';
import { didYouMean } from '../nearest-name.js';
import type { Problem, ValuePath } from '../problems.js';
import type { WrittenFile } from '../written/yaml-file.js';
import { allowedKeys } from './allowed-keys.js';

/** A file whose shape is right: defaults filled in, positions still at hand. */
export interface Normalised<T> {
  readonly file: WrittenFile;
  readonly value: T;
}

type Issue = z.core.$ZodIssue;

function valueAt(value: unknown, path: ValuePath): unknown {
  let found: unknown = value;
  for (const step of path) {
    found = typeof found === 'object' && found !== null ? Reflect.get(found, step) : undefined;
  }
  return found;
}

function pathOf(issue: Issue): ValuePath {
  return issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
}

/** What was found, short enough for one line. */
function spoken(value: unknown): string {
  if (value === null) return 'nothing';
  if (typeof value === 'string') return value === '' ? 'an empty text' : `the text "${value.slice(0, 60)}"`;
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a group of keys' : `${value}`;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list of two numbers',
  object: 'a group of keys',
  record: 'a group of keys',
};

function boundary(issue: Issue & { code: 'too_small' | 'too_big' }): string {
  const size = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
  return issue.message.startsWith('Too ') ? `must be ${size}` : issue.message;
}

function strangers(branch: readonly Issue[]): number {
  return branch.reduce(
    (sum, one) => sum + (one.code === 'unrecognized_keys' && one.path.length === 0 ? one.keys.length : 0),
    0,
  );
}

/** The branch of a choice that the author meant: its outer type fits, and it knows most of the keys. */
function meantBranch(issue: Issue & { code: 'invalid_union' }): readonly Issue[] | null {
  const fits = issue.errors.filter(
    (branch) => !branch.some((one) => one.code === 'invalid_type' && one.path.length === 0),
  );
  return [...fits].sort((a, b) => strangers(a) - strangers(b))[0] ?? null;
}

function expectedOfUnion(issue: Issue & { code: 'invalid_union' }): string {
  const types = issue.errors
    .flat()
    .map((one) => (one.code === 'invalid_type' ? (TYPE_WORDS[one.expected] ?? one.expected) : null));
  return [...new Set(types.filter((type) => type !== null))].join(' or ');
}

function choiceMessage(values: readonly unknown[], found: unknown): string {
  const names = values.map(String);
  return `${spoken(found)} is not one of ${names.join(', ')}${names.length > 8 ? didYouMean(String(found), names) : ''}`;
}

function messageOf(issue: Issue, found: unknown): string {
  switch (issue.code) {
    case 'invalid_type': {
      const wanted = TYPE_WORDS[issue.expected] ?? issue.expected;
      return issue.message.startsWith('Invalid input')
        ? `expected ${wanted}, found ${spoken(found)}`
        : `${issue.message}; found ${spoken(found)}`;
    }
    case 'too_small':
    case 'too_big':
      return `${boundary(issue)}; found ${spoken(found)}`;
    case 'invalid_value':
      return choiceMessage(issue.values, found);
    case 'invalid_key':
      return `this name ${issue.issues[0]?.message ?? 'is not allowed'}`;
    case 'invalid_union':
      return `expected ${expectedOfUnion(issue)}, found ${spoken(found)}`;
    default:
      return `${issue.message}; found ${spoken(found)}`;
  }
}

interface Reading {
  readonly file: WrittenFile;
  readonly schema: z.ZodType;
}

function unknownKeys(
  { file, schema }: Reading,
  path: ValuePath,
  keys: readonly string[],
): readonly Problem[] {
  const known = allowedKeys(schema, path);
  return keys.map((key) =>
    file.problemAtKey([...path, key], `unknown key "${key}"${didYouMean(key, known)}`),
  );
}

/** An issue, where it stands in the file. */
interface Placed {
  readonly issue: Issue;
  readonly path: ValuePath;
}

/** Of a choice, the issues of the branch that was meant. */
function placed(issue: Issue, outer: ValuePath): readonly Placed[] {
  const path = [...outer, ...pathOf(issue)];
  const branch = issue.code === 'invalid_union' ? meantBranch(issue) : null;
  return branch ? branch.flatMap((inner) => placed(inner, path)) : [{ issue, path }];
}

function problemsOf(reading: Reading, { issue, path }: Placed): readonly Problem[] {
  const { file } = reading;
  if (issue.code === 'unrecognized_keys') return unknownKeys(reading, path, issue.keys);
  const found = valueAt(file.value, path);
  if (issue.code === 'invalid_key') return [file.problemAtKey(path, messageOf(issue, found))];
  if (found === undefined)
    return [file.problemAtKey(path.slice(0, -1), `the key "${path.at(-1) ?? ''}" is missing here`)];
  return [file.problemAt(path, messageOf(issue, found))];
}

/** The value without the keys that the schema does not know, so that the rest can still be checked. */
function withoutUnknown(value: unknown, issues: readonly Placed[]): unknown {
  const copy: unknown = structuredClone(value);
  for (const { issue, path } of issues) {
    const parent = valueAt(copy, path);
    if (issue.code !== 'unrecognized_keys' || typeof parent !== 'object' || parent === null) continue;
    for (const key of issue.keys) Reflect.deleteProperty(parent, key);
  }
  return copy;
}

/** Checks the shape of a file and fills in defaults. Unknown keys are reported and then passed over. */
export function normalise<T>(
  file: WrittenFile,
  schema: z.ZodType<T>,
): { readonly result: Normalised<T> | null; readonly problems: readonly Problem[] } {
  if (file.value === undefined) return { result: null, problems: [] };
  const value = file.value ?? {};
  const parsed = schema.safeParse(value);
  if (parsed.success) return { result: { file, value: parsed.data }, problems: [] };
  const issues = parsed.error.issues.flatMap((issue) => placed(issue, []));
  const problems = issues.flatMap((issue) => problemsOf({ file, schema }, issue));
  const again = schema.safeParse(withoutUnknown(value, issues));
  return { result: again.success ? { file, value: again.data } : null, problems };
}
