import type { IntegrationError } from '../../../ports/errors.js';
import type { Grant, RefreshAuth, TokenSettings } from './auth.js';
import { outreachError } from './errors.js';
import { ApiFailure } from './failure.js';
import { GRANT, GRANT_REFUSED } from './schema.js';
import { exchange, parsed } from './transport.js';

/** Asks for the next pair of tokens; throws ApiFailure, NoAnswer or an IntegrationError. */
export function grantAsker(
  settings: TokenSettings,
  auth: RefreshAuth,
): (refreshToken: string) => Promise<Grant> {
  const { baseUrl, clock, onSend } = settings;
  return async (refreshToken) => {
    onSend();
    const body = new URLSearchParams({
      client_id: auth.clientId,
      client_secret: auth.clientSecret,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
    const sent = { method: 'POST', url: `${baseUrl}/oauth/token`, headers, body } as const;
    const answer = await exchange(sent, settings).catch((error: unknown) => {
      throw refusalOfGrant(error) ?? error;
    });
    const given = parsed(GRANT, answer);
    const mintedAt = clock.now();
    return {
      accessToken: given.access_token,
      refreshToken: given.refresh_token,
      expiresAt: mintedAt + given.expires_in * 1_000,
      mintedAt,
    };
  };
}

const OPERATION = 'token';

/** The token endpoint refuses in the words of RFC 6749, not in JSON:API. */
function refusalOfGrant(error: unknown): IntegrationError | null {
  if (!(error instanceof ApiFailure) || ![400, 401].includes(error.status)) return null;
  const read = GRANT_REFUSED.safeParse(error.body);
  const reason = read.success ? read.data.error : 'unknown';
  return reason === 'invalid_grant' ? refreshTokenRefused(error) : clientRefused(error);
}

function refreshTokenRefused(cause: ApiFailure): IntegrationError {
  return outreachError(
    {
      kind: 'Authentication',
      code: 'OUTREACH_REFRESH_TOKEN_REFUSED',
      message: 'Outreach does not accept the refresh token: it was used already, or is older than 14 days.',
      actions: [
        'Authorise the application anew in Outreach and put the new refresh token into TRUENORTH_OUTREACH_REFRESH_TOKEN_FILE.',
        'Let only one installation use it: each use ends the token and writes the next one into the file.',
      ],
      retryable: false,
    },
    OPERATION,
    cause,
  );
}

function clientRefused(cause: ApiFailure): IntegrationError {
  return outreachError(
    {
      kind: 'Authentication',
      code: 'OUTREACH_CLIENT_REFUSED',
      message: 'Outreach does not accept the client id and secret.',
      actions: [
        'Compare TRUENORTH_OUTREACH_CLIENT_ID and TRUENORTH_OUTREACH_CLIENT_SECRET with the application in the Outreach developer portal.',
      ],
      retryable: false,
    },
    OPERATION,
    cause,
  );
}

export function notKept(cause: unknown): IntegrationError {
  return outreachError(
    {
      kind: 'Config',
      code: 'OUTREACH_TOKEN_NOT_STORED',
      message: 'The next refresh token could not be stored; without it nobody gets in after this run.',
      actions: [
        'Make the file that TRUENORTH_OUTREACH_REFRESH_TOKEN_FILE names writable, then authorise the application anew.',
      ],
      retryable: false,
    },
    OPERATION,
    cause,
  );
}
