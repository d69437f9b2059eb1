import { z } from 'zod';
import type { ValuePath } from '../problems.js';

type JsonSchema = z.core.JSONSchema.BaseSchema;

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null;
}

function below(schema: JsonSchema, step: string | number): readonly JsonSchema[] {
  const named = schema.properties?.[String(step)];
  const found = named ?? (typeof step === 'number' ? schema.items : schema.additionalProperties);
  const here = isSchema(found) && !Array.isArray(found) ? [found] : [];
  return [...here, ...(schema.anyOf ?? []).filter(isSchema).flatMap((branch) => below(branch, step))];
}

function keysOf(schema: JsonSchema): readonly string[] {
  return [...Object.keys(schema.properties ?? {}), ...(schema.anyOf ?? []).filter(isSchema).flatMap(keysOf)];
}

/** Keys that a schema knows at a place: what a mistyped one is compared with. */
export function allowedKeys(schema: z.ZodType, path: ValuePath): readonly string[] {
  const root: JsonSchema = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
  let level: readonly JsonSchema[] = [root];
  for (const step of path) level = level.flatMap((one) => below(one, step));
  return [...new Set(level.flatMap(keysOf))];
}
