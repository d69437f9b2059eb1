import express, { type Express, type Request, type Response } from 'express';
import { type OutreachError, rateLimitExceeded } from '../errors.js';
import type { Org } from '../org.js';
import { ACCESS_SECONDS } from '../store/tokens.js';

/** What RFC 6749 says of a refused token request: not JSON:API. */
interface TokenRefusal {
  readonly status: 400 | 401;
  readonly error: 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type';
  readonly error_description: string;
}

const SCOPE =
  'accounts.all mailboxes.read mailings.read prospects.all sequences.all sequenceStates.all users.read';

/** `POST /oauth/token`: a form or JSON, outside of `/api/v2`, not counted for the hour. */
export function mountOAuth(app: Express, org: Org): void {
  app.post('/oauth/token', express.urlencoded({ extended: false }), express.json(), (req, res) => {
    answer(org, req, res);
  });
}

function answer(org: Org, req: Request, res: Response): void {
  const refusal = refusalOf(org, req);
  if (refusal !== null) {
    const { status, ...body } = refusal;
    res.status(status).json(body);
    return;
  }
  const waitUntil = org.tokens.nextMintAt();
  if (waitUntil > org.clock.now()) throw mintedTooOften(waitUntil);
  const grant = org.tokens.refresh(given(req, 'refresh_token'));
  if (grant === null) {
    const error_description = 'The provided authorization grant is invalid, expired, or revoked.';
    res.status(400).json({ error: 'invalid_grant', error_description });
    return;
  }
  res.json({
    access_token: grant.accessToken,
    token_type: 'Bearer',
    expires_in: ACCESS_SECONDS,
    refresh_token: grant.refreshToken,
    scope: SCOPE,
    created_at: grant.createdAt,
  });
}

function refusalOf({ tokens }: Org, req: Request): TokenRefusal | null {
  const { clientId, clientSecret } = tokens.credentials;
  if (given(req, 'client_id') !== clientId || given(req, 'client_secret') !== clientSecret) {
    return { status: 401, error: 'invalid_client', error_description: 'Client authentication failed.' };
  }
  if (given(req, 'grant_type') !== 'refresh_token') {
    const error_description = 'The authorization grant type is not supported.';
    return { status: 400, error: 'unsupported_grant_type', error_description };
  }
  return null;
}

function given({ body }: Request, name: string): string {
  const value: unknown = body?.[name];
  return typeof value === 'string' ? value : '';
}

/** One access token a minute: a client must keep the one it has. */
function mintedTooOften(waitUntil: number): OutreachError {
  return rateLimitExceeded(1, waitUntil);
}
