import { z } from 'zod';
import { OutreachError, type Problem, problem } from '../errors.js';

/** A to-one relationship; ids are whole numbers, not text. */
export function reference(type: string) {
  return z.strictObject({ data: z.strictObject({ type: z.literal(type), id: z.int() }) });
}

/** The same, where null takes the relationship away. */
export function looseReference(type: string) {
  return z.strictObject({ data: z.strictObject({ type: z.literal(type), id: z.int() }).nullable() });
}

/**
 * Reads a request body. Stricter than the real server where that is not known: an unknown member is refused,
 * so that a client's typing error shows.
 */
export function shaped<T>(schema: z.ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value ?? {});
  if (read.success) return read.data;
  throw new OutreachError(422, read.error.issues.flatMap(problemsOf));
}

function problemsOf(issue: z.core.$ZodIssue): readonly Problem[] {
  const place = ['', ...issue.path.map(String)].join('/');
  const name = String(issue.path.at(-1) ?? 'data');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      problem(`${key} is not recognised.`, { source: { pointer: `${place}/${key}` } }),
    );
  }
  const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  const detail = missing
    ? `${capital(name)} can't be blank.`
    : `${capital(name)} is invalid: ${issue.message}.`;
  return [problem(detail, { source: { pointer: place === '' ? '/data' : place } })];
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
