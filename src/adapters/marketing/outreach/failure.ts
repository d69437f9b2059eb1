import type { Instant } from '../../../domain/day.js';

interface ApiFailureFields {
  readonly status: number;
  readonly body: unknown;
  /** As written; at Outreach a moment in seconds since 1970. */
  readonly retryAfter: string | null;
  readonly receivedAt: Instant;
}

/** An answer that is none of 2xx. */
export class ApiFailure extends Error implements ApiFailureFields {
  override readonly name = 'ApiFailure';
  readonly status: number;
  readonly body: unknown;
  readonly retryAfter: string | null;
  readonly receivedAt: Instant;

  constructor(fields: ApiFailureFields) {
    super(`Outreach answered ${fields.status}`);
    this.status = fields.status;
    this.body = fields.body;
    this.retryAfter = fields.retryAfter;
    this.receivedAt = fields.receivedAt;
  }
}

/** No usable answer: whether the request can have been carried out is known only for `unreachable`. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly reason: 'unreachable' | 'lost' | 'timeout' | 'unreadable';

  constructor(reason: NoAnswer['reason'], cause?: unknown) {
    super(`no answer from Outreach: ${reason}`, { cause });
    this.reason = reason;
  }
}
