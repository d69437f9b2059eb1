import { STATUS_CODES } from 'node:http';
import { type ErrorKind, IntegrationError } from '../../ports/errors.js';
import { ServiceRefusal } from '../../service/refusal.js';

/** One thing that is wrong with a request: where, and what. */
export interface Fault {
  /** `body`, `query` or `path`, then the names down to it: `body/items/0/day`. */
  readonly at: string;
  readonly detail: string;
}

export interface ProblemFields {
  readonly status: number;
  /** Stable, upper snake case. */
  readonly code: string;
  /** One sentence: what happened. */
  readonly detail: string;
  /** What to do now; never empty. */
  readonly actions: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly faults?: readonly Fault[];
}

/** A request that is refused: RFC 9457, and nothing that the caller may not know. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly actions: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly faults: readonly Fault[];

  constructor({ status, code, detail, actions, headers = {}, faults = [] }: ProblemFields) {
    super(detail);
    this.status = status;
    this.code = code;
    this.actions = actions;
    this.headers = headers;
    this.faults = faults;
  }
}

/** What is sent as `application/problem+json`. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly actions: readonly string[];
  readonly trace: string;
  readonly faults?: readonly Fault[];
}

export function detailsOf(problem: Problem, trace: string): ProblemDetails {
  const { status, code, message, actions, faults } = problem;
  return {
    type: `urn:truenorth:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: message,
    code,
    actions,
    trace,
    ...(faults.length > 0 ? { faults } : {}),
  };
}

/** Whatever was thrown as what the caller is told; of a defect nothing but that there is one. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof IntegrationError) return ofIntegration(error);
  return ofBody(error) ?? defect();
}

const REFUSALS: Readonly<Record<ServiceRefusal['why'], number>> = {
  absent: 404,
  conflict: 409,
  invalid: 400,
  forbidden: 403,
};

/**
 * What the world behind us did is not the caller's fault: 502 where it answered wrongly or does not know us,
 * 503 where it may answer later. `Config` is a state of this installation in which the request can't be met.
 */
const KINDS: Readonly<Record<ErrorKind, number>> = {
  Config: 409,
  Authentication: 502,
  Authorization: 502,
  RateLimited: 503,
  Transient: 503,
  UnexpectedResponse: 502,
};

const RETRY_SECONDS = 5;

/** Where the state lies and who may open it is for the log: this is told to whoever asks, before a token was looked at. */
const OF_STATE = {
  detail: 'The state of the service does not answer as it should; nothing that was confirmed is lost.',
  actions: [
    'Try again in a moment.',
    'If it lasts, look into the log under this trace: it says what to mend.',
  ],
};

function ofIntegration(error: IntegrationError): Problem {
  const status = error instanceof ServiceRefusal ? REFUSALS[error.why] : KINDS[error.kind];
  const seconds = error.retryAfterMs === null ? RETRY_SECONDS : Math.ceil(error.retryAfterMs / 1000);
  return new Problem({
    status,
    code: error.code,
    ...(error.provider === 'state' ? OF_STATE : { detail: error.message, actions: error.actions }),
    ...(status === 503 ? { headers: { 'Retry-After': String(seconds) } } : {}),
  });
}

/** The parser of bodies and the router speak in errors of their own. */
function ofBody(error: unknown): Problem | null {
  if (!(error instanceof Error) || !('status' in error)) return null;
  const { status } = error;
  const known = typeof status === 'number' ? BODY_PROBLEMS[status] : undefined;
  return known === undefined || typeof status !== 'number' ? null : new Problem({ status, ...known });
}

const BODY_PROBLEMS: Readonly<Record<number, Omit<ProblemFields, 'status'>>> = {
  400: {
    code: 'NOT_READABLE',
    detail: 'The request can’t be read: its path or its body is malformed.',
    actions: ['Send a body of one valid JSON object, and encode the path as a URL.'],
  },
  413: {
    code: 'TOO_LARGE',
    detail: 'The body is larger than this endpoint takes.',
    actions: ['Send it in several smaller requests.'],
  },
  415: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    detail: 'The body is in a form that is not read here.',
    actions: ['Send JSON in UTF-8, with the header Content-Type: application/json.'],
  },
};

function defect(): Problem {
  return new Problem({
    status: 500,
    code: 'UNEXPECTED',
    detail: 'Something went wrong here that should not have; nothing that was confirmed is lost.',
    actions: ['Try again.', 'If it happens again, report it with its trace: the log has the rest under it.'],
  });
}
