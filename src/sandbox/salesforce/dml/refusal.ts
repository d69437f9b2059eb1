import type { DmlError } from './contract.js';

/** Why one row was refused; thrown inside DML and answered as that row's result. */
export class RowRefused extends Error {
  constructor(
    readonly errors: readonly DmlError[],
    readonly id: string | null = null,
  ) {
    super(errors[0]?.message ?? '');
  }
}

export function refusal(statusCode: string, message: string, fields: readonly string[] = []): DmlError {
  return { statusCode, message, fields };
}

export function refuse(statusCode: string, message: string, fields: readonly string[] = []): never {
  throw new RowRefused([refusal(statusCode, message, fields)]);
}
