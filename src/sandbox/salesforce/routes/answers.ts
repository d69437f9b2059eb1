import type { NextFunction, Request, Response } from 'express';
import { ApiError } from '../api-error.js';
import type { DmlError } from '../dml/contract.js';

/** The REST form of a refusal: a list with one entry. */
export function errorBody(error: ApiError): readonly unknown[] {
  const fields = error.fields.length > 0 ? { fields: error.fields } : {};
  return [{ message: error.message, errorCode: error.errorCode, ...fields }];
}

/** Last in line: whatever was thrown, in the platform's form. */
export function answerError(error: unknown, _req: Request, res: Response, next: NextFunction): void {
  if (res.headersSent) {
    next(error);
    return;
  }
  const known = asApiError(error);
  res.status(known.status).json(errorBody(known));
}

export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) {
    return error;
  }
  if (error instanceof SyntaxError && 'body' in error) {
    return new ApiError(400, 'JSON_PARSER_ERROR', error.message);
  }
  if (isHttpError(error) && error.status === 413) {
    return new ApiError(413, 'REQUEST_TOO_LARGE', 'The request entity is too large.');
  }
  const text = error instanceof Error ? error.message : String(error);
  return new ApiError(500, 'UNKNOWN_EXCEPTION', `An unexpected error occurred. ${text}`);
}

function isHttpError(error: unknown): error is { readonly status: number } {
  return typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number';
}

/** Errors of a single-record call: `errorCode`. */
export function singleErrors(errors: readonly DmlError[]): readonly unknown[] {
  return errors.map(({ statusCode, message, fields, duplicateResult }) => ({
    message,
    errorCode: statusCode,
    fields,
    ...(duplicateResult === undefined ? {} : { duplicateResult }),
  }));
}

/** HTTP status of a refused single-record call. */
export function statusOf(errors: readonly DmlError[]): number {
  const code = errors[0]?.statusCode;
  if (code === 'ENTITY_IS_DELETED') {
    return 404;
  }
  return code === 'INSUFFICIENT_ACCESS_OR_READONLY' ? 403 : 400;
}
