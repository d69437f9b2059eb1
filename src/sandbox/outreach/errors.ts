/** One member of `errors`. The 415 says `details` where all others say `detail`: so Outreach documents it. */
export interface Problem {
  readonly id: string;
  readonly title: string;
  readonly detail?: string;
  readonly details?: string;
  readonly code?: string;
  readonly source?: { readonly pointer: string } | { readonly parameter: string };
}

/** A refusal as Outreach words it. */
export class OutreachError extends Error {
  override readonly name = 'OutreachError';
  readonly status: number;
  readonly problems: readonly Problem[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, problems: readonly Problem[], headers: Readonly<Record<string, string>> = {}) {
    super(problems[0]?.detail ?? problems[0]?.details ?? problems[0]?.title ?? 'refused');
    this.status = status;
    this.problems = problems;
    this.headers = headers;
  }
}

export function validation(detail: string, more: Partial<Problem> = {}): OutreachError {
  return new OutreachError(422, [problem(detail, more)]);
}

/** The member of a 422 that names one fault of the request. */
export function problem(detail: string, more: Partial<Problem> = {}): Problem {
  return { id: 'validationError', title: 'Validation Error', detail, ...more };
}

export function badParameter(parameter: string, detail: string): OutreachError {
  return validation(detail, { source: { parameter } });
}

export function notFound(type: string, id: string | number): OutreachError {
  const detail = `Could not find '${type}' with ID '${id}'.`;
  return new OutreachError(404, [{ id: 'resourceNotFound', title: 'Resource Not Found', detail }]);
}

export function noSuchPath(path: string): OutreachError {
  const detail = `Could not find '${path}'.`;
  return new OutreachError(404, [{ id: 'resourceNotFound', title: 'Resource Not Found', detail }]);
}

export function badRequest(detail: string): OutreachError {
  return new OutreachError(400, [{ id: 'badRequest', title: 'Bad Request', detail }]);
}

export function unsupportedMediaType(): OutreachError {
  const details = "Expected Content-Type header to be 'application/vnd.api+json'.";
  return new OutreachError(415, [{ id: 'unsupportedMediaType', title: 'Unsupported Media Type', details }]);
}

/** ASSUMPTION: the body is published nowhere; the header is what the OAuth library that Outreach seems to use sends. */
export function unauthorized(why: 'The access token is invalid' | 'The access token expired'): OutreachError {
  return new OutreachError(401, [{ id: 'unauthorized', title: 'Unauthorized', detail: `${why}.` }], {
    'WWW-Authenticate': `Bearer realm="Outreach", error="invalid_token", error_description="${why}"`,
  });
}

export function missingScope(scope: string): OutreachError {
  const detail = `Your authorization does not include the required scope '${scope}'.`;
  return new OutreachError(403, [
    { id: 'unauthorizedOauthScope', title: 'Unauthorized OAuth Scope', detail },
  ]);
}

/** `until` in milliseconds since 1970. Retry-After is an alias of X-RateLimit-Reset: a moment, not a duration. */
export function rateLimitExceeded(limit: number, until: number): OutreachError {
  const moment = new Date(until).toISOString().slice(0, 19);
  const permitted = limit.toLocaleString('en-US');
  const detail = `You have exceeded your permitted rate limit of ${permitted}; please try again at ${moment}.`;
  return new OutreachError(429, [{ id: 'rateLimitExceeded', title: 'Rate Limit Exceeded', detail }], {
    'Retry-After': String(Math.ceil(until / 1_000)),
  });
}
