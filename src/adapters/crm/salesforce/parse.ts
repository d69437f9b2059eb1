import type { z } from 'zod';
import { salesforceError } from './errors.js';

/** An answer in its expected shape, or an error that says which part was not. */
export function parseAnswer<Shape extends z.ZodType>(
  shape: Shape,
  body: unknown,
  operation: string,
): z.output<Shape> {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw salesforceError('SF_UNEXPECTED', {
    operation,
    message: `The answer to "${operation}" is not as expected at "${issue?.path.join('.') ?? ''}".`,
  });
}
