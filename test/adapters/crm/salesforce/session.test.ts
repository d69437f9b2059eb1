import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { interceptHttp } from '../../../support/http.js';
import { aSalesforce, DATA, NOW, ORIGIN } from './support/salesforce.js';

const http = interceptHttp(ORIGIN);
const OBJECTS = { sobjects: [{ name: 'Account', label: 'Account', custom: false, queryable: true }] };
const EXPIRED = [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }];
const token = (value: string) => ({ access_token: value, instance_url: `${ORIGIN}/` });

describe('logging in', () => {
  it('by client credentials asks for one token and uses it for every request', async () => {
    http()
      .post('/services/oauth2/token', {
        grant_type: 'client_credentials',
        client_id: 'app',
        client_secret: 'made-up',
      })
      .reply(200, token('t1'));
    http().get(`${DATA}/sobjects`).matchHeader('authorization', 'Bearer t1').twice().reply(200, OBJECTS);
    const { crm } = aSalesforce({
      auth: { kind: 'client-credentials', clientId: 'app', clientSecret: 'made-up' },
    });
    await crm.objects();
    expect(await crm.objects()).toEqual([OBJECTS.sobjects[0]]);
    expect(crm.usage().calls).toEqual({ token: 1, describe: 2 });
  });

  it('by JWT signs an assertion for this user that is short-lived', async () => {
    let assertion = '';
    http()
      .post('/services/oauth2/token', (body: Record<string, string>) => {
        assertion = body.assertion ?? '';
        return body.grant_type === 'urn:ietf:params:oauth:grant-type:jwt-bearer';
      })
      .reply(200, token('t1'));
    http().get(`${DATA}/sobjects`).reply(200, OBJECTS);
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    const auth = {
      kind: 'jwt',
      clientId: 'app',
      username: 'u@x.test',
      privateKey: pem,
      audience: null,
    } as const;
    await aSalesforce({ auth }).crm.objects();
    expect(decodeJwt(assertion)).toEqual({ iss: 'app', sub: 'u@x.test', aud: ORIGIN, exp: NOW / 1000 + 180 });
  });

  it('with an unreadable key is a config error that sends nothing', async () => {
    const auth = {
      kind: 'jwt',
      clientId: 'app',
      username: 'u',
      privateKey: 'no key',
      audience: null,
    } as const;
    await expect(aSalesforce({ auth }).crm.objects()).rejects.toMatchObject({ code: 'SF_KEY_UNREADABLE' });
  });

  it('says what to check when it is refused, and does not try again', async () => {
    http()
      .post('/services/oauth2/token')
      .reply(400, { error: 'invalid_client', error_description: 'invalid client credentials' });
    const auth = { kind: 'client-credentials', clientId: 'app', clientSecret: 'wrong' } as const;
    await expect(aSalesforce({ auth }).crm.objects()).rejects.toMatchObject({
      kind: 'Authentication',
      code: 'SF_LOGIN_REFUSED',
      actions: expect.arrayContaining([expect.stringMatching(/client id/)]),
    });
  });

  it('hands a rotated refresh token over before it is used', async () => {
    const kept: string[] = [];
    http()
      .post('/services/oauth2/token', { grant_type: 'refresh_token', refresh_token: 'r1', client_id: 'app' })
      .reply(200, { ...token('t1'), refresh_token: 'r2' });
    http().get(`${DATA}/sobjects`).matchHeader('authorization', 'Bearer t1').reply(401, EXPIRED);
    http()
      .post('/services/oauth2/token', { grant_type: 'refresh_token', refresh_token: 'r2', client_id: 'app' })
      .reply(200, token('t2'));
    http().get(`${DATA}/sobjects`).matchHeader('authorization', 'Bearer t2').reply(200, OBJECTS);
    const onRotated = async (refreshToken: string) => void kept.push(refreshToken);
    const auth = {
      kind: 'refresh-token',
      clientId: 'app',
      clientSecret: null,
      refreshToken: 'r1',
      onRotated,
    } as const;
    await aSalesforce({ auth }).crm.objects();
    expect(kept).toEqual(['r2']);
  });
});

describe('an expired session', () => {
  const auth = { kind: 'client-credentials', clientId: 'app', clientSecret: 'made-up' } as const;

  it('is renewed once, and the request sent again', async () => {
    http().post('/services/oauth2/token').reply(200, token('t1'));
    http().get(`${DATA}/sobjects`).matchHeader('authorization', 'Bearer t1').reply(401, EXPIRED);
    http().post('/services/oauth2/token').reply(200, token('t2'));
    http().get(`${DATA}/sobjects`).matchHeader('authorization', 'Bearer t2').reply(200, OBJECTS);
    await expect(aSalesforce({ auth }).crm.objects()).resolves.toHaveLength(1);
  });

  it('that stays refused ends in an error after one renewal, not in a loop', async () => {
    http().post('/services/oauth2/token').twice().reply(200, token('t1'));
    http().get(`${DATA}/sobjects`).twice().reply(401, EXPIRED);
    await expect(aSalesforce({ auth }).crm.objects()).rejects.toMatchObject({
      kind: 'Authentication',
      code: 'SF_SESSION_REFUSED',
      retryable: false,
    });
  });

  it('of a given access token asks for a new one in words', async () => {
    http().get(`${DATA}/sobjects`).reply(401, EXPIRED);
    await expect(aSalesforce().crm.objects()).rejects.toMatchObject({
      code: 'SF_TOKEN_EXPIRED',
      actions: expect.arrayContaining(['Provide a new access token.']),
    });
  });

  it('met by several requests at once is renewed by one login', async () => {
    http().post('/services/oauth2/token').reply(200, token('t1'));
    http().get(`${DATA}/sobjects`).matchHeader('authorization', 'Bearer t1').times(3).reply(401, EXPIRED);
    http().post('/services/oauth2/token').reply(200, token('t2'));
    http().get(`${DATA}/sobjects`).matchHeader('authorization', 'Bearer t2').times(3).reply(200, OBJECTS);
    const { crm } = aSalesforce({ auth });
    await Promise.all([crm.objects(), crm.objects(), crm.objects()]);
    expect(crm.usage().calls).toEqual({ token: 2, describe: 6 });
  });
});
