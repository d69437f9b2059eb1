import type { Request } from 'express';
import { ApiError } from '../api-error.js';

/** The JSON object that was sent; ApiError when it was something else. */
export function bodyOf(req: Request): Readonly<Record<string, unknown>> {
  return asObject(req.body);
}

export function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(value))
    throw new ApiError(400, 'JSON_PARSER_ERROR', 'The request body must be a JSON object');
  return value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
