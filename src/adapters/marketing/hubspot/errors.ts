import { IntegrationError, type IntegrationErrorFields } from '../../../ports/errors.js';
import { ApiFailure, NoAnswer } from './failure.js';
import { ERROR, type ErrorAnswer } from './schema.js';

type Told = Omit<IntegrationErrorFields, 'provider' | 'operation' | 'cause'>;

/** Whatever a call threw, as one of ours. */
export function integrationError(error: unknown, operation: string): IntegrationError {
  if (error instanceof IntegrationError) return error;
  const told = error instanceof ApiFailure ? ofStatus(error) : ofSilence(error);
  return new IntegrationError({ ...told, provider: 'hubspot', operation, cause: error });
}

export function configError(
  code: string,
  operation: string,
  told: Pick<Told, 'message' | 'actions'>,
): IntegrationError {
  return new IntegrationError({
    kind: 'Config',
    code,
    retryable: false,
    provider: 'hubspot',
    operation,
    ...told,
  });
}

function ofStatus(failure: ApiFailure): Told {
  const answer = errorAnswer(failure.body);
  if (failure.code === 401) return tokenRefused();
  if (failure.code === 403) return forbidden(answer);
  if (failure.code === 429) return rateLimited(answer, failure);
  if (failure.code === 423) return locked();
  if (failure.code === 477 || failure.code >= 500) {
    return unavailable('HUBSPOT_UNAVAILABLE', `HubSpot answered ${failure.code}.`);
  }
  return {
    kind: 'UnexpectedResponse',
    code: failure.code === 404 ? 'HUBSPOT_NOT_FOUND' : 'HUBSPOT_REQUEST_REFUSED',
    message: `HubSpot refused the request (${failure.code}): ${withoutAddresses(answer.message ?? 'no reason given')}`,
    actions: [
      'Run `truenorth doctor` to compare mappings/hubspot.yaml with the account.',
      `Ask HubSpot support with correlation id ${answer.correlationId ?? 'unknown'}.`,
    ],
    retryable: false,
  };
}

function tokenRefused(): Told {
  return {
    kind: 'Authentication',
    code: 'HUBSPOT_TOKEN_REFUSED',
    message: 'HubSpot does not accept the access token.',
    actions: [
      'Make a service key in HubSpot under Settings > Integrations > Service Keys and set it as the access token.',
      'Check that the token belongs to this account and was not rotated.',
    ],
    retryable: false,
  };
}

function forbidden(answer: ErrorAnswer): Told {
  const scopes = (answer.errors ?? []).flatMap((one) => one.context?.requiredGranularScopes ?? []);
  if (answer.category === 'MISSING_SCOPES') {
    return {
      kind: 'Authorization',
      code: 'HUBSPOT_SCOPE_MISSING',
      message: `The access token lacks a scope: ${scopes.join(', ') || 'HubSpot does not say which'}.`,
      actions: [
        `Add the scope ${scopes.join(' or ') || '(see the README)'} to the service key and try again.`,
      ],
      retryable: false,
    };
  }
  return {
    kind: 'Authorization',
    code: 'HUBSPOT_FORBIDDEN',
    message: `HubSpot forbids it: ${withoutAddresses(answer.message ?? 'no reason given')}`,
    actions: ['Check the seat of the user and the product tier of the account.'],
    retryable: false,
  };
}

/** The daily limit frees nothing before midnight: that is a pause, not a retry. */
function rateLimited(answer: ErrorAnswer, failure: ApiFailure): Told {
  if (answer.policyName === 'DAILY') {
    return {
      kind: 'RateLimited',
      code: 'HUBSPOT_DAILY_LIMIT',
      message: 'The HubSpot account has used up its API calls of today.',
      actions: ["Run again after midnight in the account's time zone.", 'Buy the API limit increase.'],
      retryable: false,
    };
  }
  return {
    kind: 'RateLimited',
    code: 'HUBSPOT_RATE_LIMIT',
    message: 'HubSpot asks for fewer requests: the limit is shared by all integrations of the account.',
    actions: ['Run again later, or lower limits.burst.'],
    retryable: true,
    retryAfterMs: waitAsked(answer, failure),
  };
}

function waitAsked(answer: ErrorAnswer, failure: ApiFailure): number {
  const seconds = Number(failure.headers['retry-after']);
  if (seconds > 0) return seconds * 1_000;
  return answer.message?.includes('secondly limit') && answer.policyName === undefined ? 1_000 : 10_000;
}

function locked(): Told {
  const told = unavailable('HUBSPOT_LOCKED', 'HubSpot holds a lock on the records.');
  return { ...told, retryAfterMs: LOCK_MS };
}

/** The lock that HubSpot holds on fast upserts lasts 2 seconds. */
const LOCK_MS = 2_000;

function unavailable(code: string, message: string): Told {
  return {
    kind: 'Transient',
    code,
    message,
    actions: ['Run again in a few minutes; see status.hubspot.com.'],
    retryable: true,
  };
}

function ofSilence(error: unknown): Told {
  const reason = error instanceof NoAnswer ? error.reason : 'unreadable';
  if (reason === 'timeout') return unavailable('HUBSPOT_TIMEOUT', 'HubSpot did not answer in time.');
  if (reason === 'lost')
    return unavailable('HUBSPOT_CONNECTION_LOST', 'The connection to HubSpot broke off.');
  if (reason === 'unreachable') {
    return {
      kind: 'Transient',
      code: 'HUBSPOT_UNREACHABLE',
      message: 'HubSpot cannot be reached.',
      actions: ['Check the base URL, the network and the proxy, then run again.'],
      retryable: true,
    };
  }
  return {
    kind: 'UnexpectedResponse',
    code: 'HUBSPOT_UNEXPECTED_ANSWER',
    message: 'HubSpot answered in a form that we do not know.',
    actions: [
      'Check that the base URL is HubSpot and no proxy answers for it.',
      'Report it with the operation.',
    ],
    retryable: false,
  };
}

/** False only when the request surely did nothing: it was refused, or never arrived. */
export function mayHaveHappened(error: IntegrationError): boolean {
  return [
    'HUBSPOT_TIMEOUT',
    'HUBSPOT_CONNECTION_LOST',
    'HUBSPOT_UNAVAILABLE',
    'HUBSPOT_UNEXPECTED_ANSWER',
  ].includes(error.code);
}

/** True when the provider looked at the content and said no: 400, 404, 409, 422. */
export function contentRefused(error: unknown): error is IntegrationError & { readonly cause: ApiFailure } {
  return (
    error instanceof IntegrationError &&
    error.cause instanceof ApiFailure &&
    [400, 404, 409, 422].includes(error.cause.code)
  );
}

export function errorAnswer(body: unknown): ErrorAnswer {
  const read = ERROR.safeParse(body);
  return read.success ? read.data : {};
}

/** HubSpot quotes addresses in its messages; ours name nobody. */
export function withoutAddresses(text: string): string {
  return text.replace(/[^\s"'<>{}=,]+@[^\s"'<>{},]+/g, '(address)').slice(0, 300);
}
