import { ApiError } from '../api-error.js';

/** A JSON object as received. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectBody(body: unknown): JsonObject {
  if (!isObject(body)) {
    throw new ApiError(
      400,
      'JSON_PARSER_ERROR',
      'The HTTP entity body is required, but was not found or is no JSON object',
    );
  }
  return body;
}

export function listOf(body: JsonObject, name: string): readonly unknown[] {
  const list = body[name];
  if (!Array.isArray(list)) {
    throw new ApiError(400, 'JSON_PARSER_ERROR', `The property '${name}' must be a list`);
  }
  return list;
}

/** The object name in a record's `attributes`. */
export function typeOf(record: JsonObject): string {
  const attributes = record.attributes;
  const type = isObject(attributes) ? attributes.type : undefined;
  if (typeof type !== 'string') {
    throw new ApiError(400, 'INVALID_INPUT', 'sObject type attribute is missing: attributes.type');
  }
  return type;
}
