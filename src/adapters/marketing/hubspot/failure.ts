/** Headers in lower case, as the client's own exception has them. */
export interface ApiFailureFields {
  readonly code: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** What `apiRequest` should have thrown: the shape of the client's own `ApiException`. */
export class ApiFailure extends Error implements ApiFailureFields {
  override readonly name = 'ApiFailure';
  readonly code: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(fields: ApiFailureFields) {
    super(`HubSpot answered ${fields.code}`);
    this.code = fields.code;
    this.body = fields.body;
    this.headers = fields.headers;
  }
}

/** No usable answer: whether the request can have been carried out is known only for `unreachable`. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly reason: 'unreachable' | 'lost' | 'timeout' | 'unreadable';

  constructor(reason: NoAnswer['reason'], cause?: unknown) {
    super(`no answer from HubSpot: ${reason}`, { cause });
    this.reason = reason;
  }
}
