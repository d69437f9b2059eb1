import type { Router } from 'express';
import { notFound } from '../api-error.js';
import type { RouteRoom } from './contract.js';
import { authenticate, callerOf, sessionGate } from './session-gate.js';

/** The URL that names a user of this org. */
export function identityOf({ org, loopback }: RouteRoom, userId: string): string {
  return `${loopback.url()}/id/${org.id}/${userId}`;
}

/** Who is logged in: `/services/oauth2/userinfo` and the identity URL. */
export function mountIdentity(router: Router, room: RouteRoom): void {
  router.get('/services/oauth2/userinfo', sessionGate(room), (_req, res) => {
    res.json(userInfo(room, callerOf(res).session.userId));
  });
  router.get('/id/:org/:user', (req, res) => {
    const bearer = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(req.header('authorization') ?? '')?.[1];
    authenticate(room, req, bearer ?? String(req.query.oauth_token ?? ''));
    if (room.org.table('User').get(req.params.user) === null) {
      throw notFound();
    }
    res.json(identity(room, req.params.user));
  });
}

function userInfo(room: RouteRoom, userId: string): unknown {
  const user = room.org.table('User').get(userId);
  return {
    sub: identityOf(room, userId),
    user_id: userId,
    organization_id: room.org.id,
    preferred_username: user?.Username,
    nickname: user?.Alias,
    name: `${user?.FirstName ?? ''} ${user?.LastName ?? ''}`.trim(),
    email: user?.Email,
    email_verified: true,
    given_name: user?.FirstName,
    family_name: user?.LastName,
    zoneinfo: user?.TimeZoneSidKey,
    active: true,
    user_type: 'STANDARD',
    language: 'en_US',
    locale: 'en_US',
    utcOffset: 0,
    urls: urls(room),
  };
}

function identity(room: RouteRoom, userId: string): unknown {
  const user = room.org.table('User').get(userId);
  return {
    id: identityOf(room, userId),
    asserted_user: true,
    user_id: userId,
    organization_id: room.org.id,
    username: user?.Username,
    display_name: `${user?.FirstName ?? ''} ${user?.LastName ?? ''}`.trim(),
    email: user?.Email,
    active: true,
    user_type: 'STANDARD',
    timezone: user?.TimeZoneSidKey,
    urls: urls(room),
  };
}

function urls({ loopback, org }: RouteRoom): Readonly<Record<string, string>> {
  const data = `${loopback.url()}/services/data/v{version}`;
  return {
    enterprise: `${loopback.url()}/services/Soap/c/{version}/${org.id}`,
    metadata: `${loopback.url()}/services/Soap/m/{version}/${org.id}`,
    partner: `${loopback.url()}/services/Soap/u/{version}/${org.id}`,
    rest: `${data}/`,
    sobjects: `${data}/sobjects/`,
    search: `${data}/search/`,
    query: `${data}/query/`,
    recent: `${data}/recent/`,
    tooling_soap: `${loopback.url()}/services/Soap/T/{version}/${org.id}`,
    tooling_rest: `${data}/tooling/`,
  };
}
