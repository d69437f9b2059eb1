import { createPrivateKey } from 'node:crypto';
import { SignJWT } from 'jose';
import jsforce, { type TokenResponse } from 'jsforce';
import type { Clock } from '../../../ports/clock.js';
import { IntegrationError } from '../../../ports/errors.js';
import { salesforceError } from './errors.js';
import { connectionError, loginError } from './responses.js';
import { tokenAnswer } from './schema.js';
import { type Exchange, jsforceTransport } from './transport.js';

export type SalesforceAuth =
  | {
      readonly kind: 'jwt';
      readonly clientId: string;
      readonly username: string;
      /** PEM, PKCS#8 or PKCS#1. */
      readonly privateKey: string;
      /** `aud`; null = the login URL. */
      readonly audience: string | null;
    }
  | { readonly kind: 'client-credentials'; readonly clientId: string; readonly clientSecret: string }
  | { readonly kind: 'access-token'; readonly accessToken: string }
  | {
      readonly kind: 'refresh-token';
      readonly clientId: string;
      readonly clientSecret: string | null;
      readonly refreshToken: string;
      /** Called with the new refresh token when Salesforce rotated it; resolves when it is stored. */
      readonly onRotated: (refreshToken: string) => Promise<void>;
    };

export interface Token {
  readonly accessToken: string;
  /** Without a trailing slash. */
  readonly instanceUrl: string;
}

export interface LoginSettings {
  readonly auth: SalesforceAuth;
  readonly loginUrl: string;
  /** Overrides what the token answer says; null = as answered. */
  readonly instanceUrl: string | null;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly onSend: () => void;
}

const OPERATION = 'log in to Salesforce';
const ASSERTION_SECONDS = 180;

/** A function that asks for a new token; each call is one request, except for a given access token. */
export function tokenSource(settings: LoginSettings): (renewal: boolean) => Promise<Token> {
  const { auth } = settings;
  let refreshToken = auth.kind === 'refresh-token' ? auth.refreshToken : null;
  return async (renewal) => {
    if (auth.kind === 'access-token') return givenToken(auth.accessToken, settings, renewal);
    const answer = tokenAnswer.safeParse(await asked(settings, refreshToken));
    if (!answer.success) throw noToken();
    const rotated = answer.data.refresh_token;
    if (auth.kind === 'refresh-token' && rotated !== undefined && rotated !== refreshToken) {
      refreshToken = rotated;
      await auth.onRotated(rotated);
    }
    const instanceUrl = settings.instanceUrl ?? answer.data.instance_url ?? settings.loginUrl;
    return { accessToken: answer.data.access_token, instanceUrl: withoutSlash(instanceUrl) };
  };
}

function givenToken(accessToken: string, settings: LoginSettings, renewal: boolean): Token {
  if (renewal) {
    throw salesforceError('SF_TOKEN_EXPIRED', {
      operation: OPERATION,
      message: 'The access token that was given is expired or revoked.',
    });
  }
  return { accessToken, instanceUrl: withoutSlash(settings.instanceUrl ?? settings.loginUrl) };
}

async function asked(settings: LoginSettings, refreshToken: string | null): Promise<TokenResponse> {
  const { auth } = settings;
  const oauth = openOAuth(settings);
  try {
    if (auth.kind === 'refresh-token') return await oauth.refreshToken(refreshToken ?? '');
    if (auth.kind !== 'jwt') return await oauth.requestToken({ grant_type: 'client_credentials' });
    return await oauth.requestToken({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: await assertion(auth, settings),
    });
  } catch (error) {
    throw error instanceof IntegrationError ? error : loginFailure(error);
  }
}

function loginFailure(error: unknown): IntegrationError {
  return connectionError(error, { operation: OPERATION, repeatable: true });
}

function openOAuth(settings: LoginSettings) {
  const { auth, loginUrl } = settings;
  const oauth = new jsforce.OAuth2({
    loginUrl: withoutSlash(loginUrl),
    ...(auth.kind === 'access-token' ? {} : { clientId: auth.clientId }),
    ...('clientSecret' in auth && auth.clientSecret !== null ? { clientSecret: auth.clientSecret } : {}),
  });
  const exchange: Exchange = {
    operation: OPERATION,
    repeatable: true,
    timeoutMs: settings.timeoutMs,
    onSend: settings.onSend,
    onAnswer: () => undefined,
    toError: (answer) => loginError(answer, OPERATION),
  };
  oauth._transport = jsforceTransport(exchange);
  return oauth;
}

async function assertion(
  auth: Extract<SalesforceAuth, { kind: 'jwt' }>,
  settings: LoginSettings,
): Promise<string> {
  const expiry = Math.floor(settings.clock.now() / 1000) + ASSERTION_SECONDS;
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(auth.clientId)
    .setSubject(auth.username)
    .setAudience(auth.audience ?? withoutSlash(settings.loginUrl))
    .setExpirationTime(expiry)
    .sign(readKey(auth.privateKey));
}

function readKey(pem: string) {
  try {
    return createPrivateKey(pem);
  } catch {
    throw salesforceError('SF_KEY_UNREADABLE', {
      operation: OPERATION,
      message: 'The private key for the JWT login cannot be read.',
    });
  }
}

function noToken(): IntegrationError {
  return salesforceError('SF_UNEXPECTED', {
    operation: OPERATION,
    message: 'The login was answered without an access token.',
  });
}

/** The Salesforce CLI stores instance URLs with a trailing slash and then asks for `//services` (seen 2026-11). */
function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
