import { IntegrationError, type IntegrationErrorFields } from '../../../ports/errors.js';
import { ApiFailure, NoAnswer } from './failure.js';
import { ERROR, type Problem } from './schema.js';

export type Told = Omit<IntegrationErrorFields, 'provider' | 'operation' | 'cause'>;

/** Whatever a call threw, as one of ours. */
export function integrationError(error: unknown, operation: string): IntegrationError {
  if (error instanceof IntegrationError) return error;
  return outreachError(error instanceof ApiFailure ? ofStatus(error) : ofSilence(error), operation, error);
}

export function outreachError(told: Told, operation: string, cause?: unknown): IntegrationError {
  return new IntegrationError({ ...told, provider: 'outreach', operation, cause });
}

export function configError(
  code: string,
  operation: string,
  told: Pick<Told, 'message' | 'actions'>,
): IntegrationError {
  return outreachError({ kind: 'Config', code, retryable: false, ...told }, operation);
}

function ofStatus(failure: ApiFailure): Told {
  const [problem] = problemsOf(failure.body);
  if (failure.status === 401) return tokenRefused();
  if (failure.status === 403) return forbidden(problem);
  if (failure.status === 429) return rateLimited(failure);
  if (failure.status >= 500) {
    const retryAfterMs = waitAsked(failure);
    const told = unavailable('OUTREACH_UNAVAILABLE', `Outreach answered ${failure.status}.`);
    return retryAfterMs === null ? told : { ...told, retryAfterMs };
  }
  return {
    kind: 'UnexpectedResponse',
    code: failure.status === 404 ? 'OUTREACH_NOT_FOUND' : 'OUTREACH_REQUEST_REFUSED',
    message: `Outreach refused the request (${failure.status}): ${wordsOf(problem)}`,
    actions: [
      'Run `truenorth doctor` to compare mappings/outreach.yaml with the account.',
      'Report it with the operation.',
    ],
    retryable: false,
  };
}

function tokenRefused(): Told {
  return {
    kind: 'Authentication',
    code: 'OUTREACH_TOKEN_REFUSED',
    message: 'Outreach does not accept the access token.',
    actions: [
      'Authorise the application anew and set the client id, secret and refresh token: an access token alone ends after two hours.',
      'Check that the application was not removed from the Outreach account.',
    ],
    retryable: false,
  };
}

function forbidden(problem: Problem | undefined): Told {
  if (problem?.id === 'unauthorizedOauthScope') {
    const scope = /'([\w.]+)'/.exec(problem.detail ?? '')?.[1];
    return {
      kind: 'Authorization',
      code: 'OUTREACH_SCOPE_MISSING',
      message: `The access token lacks a scope: ${scope ?? 'Outreach does not say which'}.`,
      actions: [
        `Add the scope ${scope ?? '(see the README)'} to the application and authorise it anew: refreshing keeps the old scopes.`,
      ],
      retryable: false,
    };
  }
  return {
    kind: 'Authorization',
    code: 'OUTREACH_FORBIDDEN',
    message: `Outreach forbids it: ${wordsOf(problem)}`,
    actions: ['Give the user that authorised the application a profile that may do this.'],
    retryable: false,
  };
}

function rateLimited(failure: ApiFailure): Told {
  return {
    kind: 'RateLimited',
    code: 'OUTREACH_RATE_LIMIT',
    message: 'The user that authorised the application has used up the requests of this hour.',
    actions: ['Run again in the next hour.', 'Authorise with a user whom no other integration uses.'],
    retryable: true,
    retryAfterMs: waitAsked(failure) ?? UNTOLD_WAIT_MS,
  };
}

const UNTOLD_WAIT_MS = 60_000;
const LEAST_WAIT_MS = 1_000;
/** Below it a number can be no moment of our days: 2001-09-09. */
const EARLIEST_MOMENT_S = 1_000_000_000;

/**
 * Outreach's Retry-After is an alias of X-RateLimit-Reset: a moment in seconds since 1970
 * (pages of developers.outreach.io, harvested by 2026-11-22). A proxy in between may still say seconds.
 */
function waitAsked({ retryAfter, receivedAt }: ApiFailure): number | null {
  const seconds = Number(retryAfter ?? '');
  if (!(seconds > 0)) return null;
  const wait = seconds < EARLIEST_MOMENT_S ? seconds * 1_000 : seconds * 1_000 - receivedAt;
  return Math.max(LEAST_WAIT_MS, wait);
}

function unavailable(code: string, message: string): Told {
  return {
    kind: 'Transient',
    code,
    message,
    actions: ['Run again in a few minutes; see status.outreach.io.'],
    retryable: true,
  };
}

function ofSilence(error: unknown): Told {
  const reason = error instanceof NoAnswer ? error.reason : 'unreadable';
  if (reason === 'timeout') return unavailable('OUTREACH_TIMEOUT', 'Outreach did not answer in time.');
  if (reason === 'lost')
    return unavailable('OUTREACH_CONNECTION_LOST', 'The connection to Outreach broke off.');
  if (reason === 'unreachable') {
    const told = unavailable('OUTREACH_UNREACHABLE', 'Outreach cannot be reached.');
    return { ...told, actions: ['Check TRUENORTH_OUTREACH_URL, the network and the proxy, then run again.'] };
  }
  return {
    kind: 'UnexpectedResponse',
    code: 'OUTREACH_UNEXPECTED_ANSWER',
    message: 'Outreach answered in a form that we do not know.',
    actions: [
      'Check that TRUENORTH_OUTREACH_URL is Outreach and no proxy answers for it.',
      'Report it with the operation.',
    ],
    retryable: false,
  };
}

const UNCERTAIN: readonly string[] = [
  'OUTREACH_TIMEOUT',
  'OUTREACH_CONNECTION_LOST',
  'OUTREACH_UNAVAILABLE',
  'OUTREACH_UNEXPECTED_ANSWER',
];

/** False only when the request surely did nothing: it was refused, or never arrived. */
export function mayHaveHappened({ code }: IntegrationError): boolean {
  return UNCERTAIN.includes(code);
}

/** True when Outreach looked at the content and said no: 400, 404, 422. */
export function contentRefused(error: unknown): error is IntegrationError & { readonly cause: ApiFailure } {
  return (
    error instanceof IntegrationError &&
    error.cause instanceof ApiFailure &&
    [400, 404, 422].includes(error.cause.status)
  );
}

export function problemsOf(body: unknown): readonly Problem[] {
  const read = ERROR.safeParse(body);
  return read.success ? read.data.errors : [];
}

/** What it says is wrong, without addresses. */
export function wordsOf(problem: Problem | undefined): string {
  const said = problem?.detail ?? problem?.details ?? problem?.title ?? 'no reason given';
  return said.replace(/[^\s"'<>{}=,]+@[^\s"'<>{},]+/g, '(address)').slice(0, 200);
}
