/**
 * The closed family of failures that cross a port. A refused record is never one of these: it is a
 * value (`Refusal`). Retry lives in one place and asks only `retryable`.
 */
export type ErrorKind =
  | 'Config'
  | 'Authentication'
  | 'Authorization'
  | 'RateLimited'
  | 'Transient'
  | 'UnexpectedResponse';

export interface IntegrationErrorFields {
  readonly kind: ErrorKind;
  /** Stable, upper snake case, ours: `SF_FIELD_NOT_VISIBLE`. Documented in docs/errors.md. */
  readonly code: string;
  /** One sentence: what happened, to what. No secret, no personal data. */
  readonly message: string;
  /** What to do now, one imperative sentence each, the most likely mend first. Never empty. */
  readonly actions: readonly string[];
  readonly retryable: boolean;
  /** Who answered: `salesforce`, `hubspot`, `state`, `config` … */
  readonly provider: string;
  /** What we were doing: `describe Account`. */
  readonly operation: string;
  /** How long the provider asked us to wait, when it did. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

export class IntegrationError extends Error {
  override readonly name = 'IntegrationError';
  readonly kind: ErrorKind;
  readonly code: string;
  readonly actions: readonly string[];
  readonly retryable: boolean;
  readonly provider: string;
  readonly operation: string;
  readonly retryAfterMs: number | null;

  constructor(fields: IntegrationErrorFields) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.kind = fields.kind;
    this.code = fields.code;
    this.actions = fields.actions;
    this.retryable = fields.retryable;
    this.provider = fields.provider;
    this.operation = fields.operation;
    this.retryAfterMs = fields.retryAfterMs ?? null;
  }
}

/** One record that the other side refused: an outcome, not an exception. */
export interface Refusal {
  /** The provider's own code: `FIELD_CUSTOM_VALIDATION_EXCEPTION`. */
  readonly code: string;
  /** The provider's own words, shortened, without personal data. */
  readonly message: string;
  readonly fields: readonly string[];
  /** True when the same request may succeed later without anybody changing anything. */
  readonly retryable: boolean;
  /** What to do now, for the person who reads it. */
  readonly advice: string;
}
