import { z } from 'zod';
import { invalidJson } from '../errors.js';

/** Properties are strings on the wire, whatever their type. */
export const PROPERTIES = z.record(z.string(), z.string());

/**
 * Reads a request body or query. Stricter than the real server where that is not known: an unknown key is
 * refused, so that a client's typing error shows.
 */
export function shaped<T>(schema: z.ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value ?? {});
  if (read.success) return read.data;
  const missing = read.error.issues.filter(isMissing).map((issue) => issue.path.join('.'));
  if (missing.length > 0) throw invalidJson(`Some required fields were not set: [${missing.join(', ')}]`);
  const issue = read.error.issues[0];
  const place = issue?.path.join('.') ?? '';
  throw invalidJson(`${issue?.message ?? 'not readable'}${place === '' ? '' : ` at ${place}`}`);
}

function isMissing(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
}
