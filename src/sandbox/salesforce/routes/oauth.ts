import express, { type Request, type Response, type Router } from 'express';
import type { Credentials } from '../credentials.js';
import type { Session } from '../store/sessions.js';
import type { RouteRoom } from './contract.js';
import { identityOf } from './identity.js';
import { jwtUser } from './jwt-grant.js';

interface OAuthError {
  readonly error: string;
  readonly error_description: string;
}

type Grant = { readonly session: Session; readonly refreshToken?: string } | OAuthError;

/** `/services/oauth2/*`: token, revoke, userinfo, introspect. */
export function mountOAuth(router: Router, room: RouteRoom, credentials: Credentials): void {
  const form = express.urlencoded({ extended: false, limit: '1mb' });
  router.post('/services/oauth2/token', form, async (req, res) => {
    const grant = await grantOf(req, room, credentials);
    if ('error' in grant) {
      res.status(400).json(grant);
    } else {
      answerToken(res, room, grant);
    }
  });
  const revoke = (req: Request, res: Response): void => {
    const token = String(req.body?.token ?? req.query.token ?? '');
    room.org.sessions.end(token);
    credentials.refresh.end(token);
    res.status(200).end();
  };
  router.post('/services/oauth2/revoke', form, revoke);
  router.get('/services/oauth2/revoke', revoke);
  router.post('/services/oauth2/introspect', form, (req, res) => {
    res.json({ active: room.org.sessions.use(String(req.body?.token ?? '')) !== null });
  });
}

function answerToken(
  res: Response,
  room: RouteRoom,
  grant: { session: Session; refreshToken?: string },
): void {
  const { session, refreshToken } = grant;
  const url = room.loopback.url();
  res.json({
    access_token: session.token,
    instance_url: url,
    id: identityOf(room, session.userId),
    token_type: 'Bearer',
    issued_at: String(Math.floor(room.org.clock.now())),
    signature: 'c2FuZGJveA==',
    scope: 'api refresh_token id',
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
  });
}

async function grantOf(req: Request, room: RouteRoom, credentials: Credentials): Promise<Grant> {
  const form: Readonly<Record<string, unknown>> = { ...basicCredentials(req), ...req.body };
  const text = (name: string): string => String(form[name] ?? '');
  switch (text('grant_type')) {
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
      return jwtGrant(room, credentials, text('assertion'));
    case 'client_credentials':
      return clientGrant(room, credentials, { id: text('client_id'), secret: text('client_secret') });
    case 'refresh_token':
      return refreshGrant(room, credentials, { token: text('refresh_token'), clientId: text('client_id') });
    case 'password':
      return passwordGrant(room, credentials, { username: text('username'), password: text('password') });
    default:
      return { error: 'unsupported_grant_type', error_description: 'grant type not supported' };
  }
}

/** Client id and secret may come as HTTP Basic instead of in the form. */
function basicCredentials(req: Request): Readonly<Record<string, string>> {
  const encoded = /^Basic\s+(.+)$/i.exec(req.header('authorization') ?? '')?.[1];
  if (encoded === undefined) {
    return {};
  }
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { client_id: decodeURIComponent(id), client_secret: decodeURIComponent(secret) };
}

async function jwtGrant(room: RouteRoom, credentials: Credentials, assertion: string): Promise<Grant> {
  const found = await jwtUser({ org: room.org, credentials, url: room.loopback.url(), assertion });
  return 'error' in found ? found : { session: room.org.sessions.open(found.userId, found.clientId) };
}

function clientGrant(
  { org }: RouteRoom,
  credentials: Credentials,
  { id, secret }: { id: string; secret: string },
): Grant {
  const client = credentials.clients.find((one) => one.id === id);
  if (client === undefined) {
    return { error: 'invalid_client_id', error_description: 'client identifier invalid' };
  }
  return client.secret === secret
    ? { session: org.sessions.open(client.runAs, client.id) }
    : { error: 'invalid_client', error_description: 'invalid client credentials' };
}

function refreshGrant(
  { org }: RouteRoom,
  credentials: Credentials,
  { token, clientId }: { token: string; clientId: string },
): Grant {
  if (!credentials.clients.some((one) => one.id === clientId)) {
    return { error: 'invalid_client_id', error_description: 'client identifier invalid' };
  }
  const renewed = credentials.refresh.use(token);
  if (renewed === null) {
    return { error: 'invalid_grant', error_description: 'expired access/refresh token' };
  }
  // With rotation the exchange ends the old session, and its query locators with it (facts §1.4).
  if (renewed.rotated !== null && renewed.lastSession !== null) {
    org.sessions.end(renewed.lastSession);
  }
  const session = org.sessions.open(renewed.userId, clientId);
  credentials.refresh.remember(renewed.rotated ?? token, session.token);
  return renewed.rotated === null ? { session } : { session, refreshToken: renewed.rotated };
}

function passwordGrant(
  { org }: RouteRoom,
  credentials: Credentials,
  login: { username: string; password: string },
): Grant {
  const userId = credentials.userOf(login);
  return userId === null
    ? { error: 'invalid_grant', error_description: 'authentication failure' }
    : { session: org.sessions.open(userId, null), refreshToken: credentials.refresh.open(userId) };
}
