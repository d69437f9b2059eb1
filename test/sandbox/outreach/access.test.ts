import { afterEach, describe, expect, it } from '@jest/globals';
import type { OutreachServer, OutreachStart } from '../../../src/sandbox/outreach/start.js';
import { anOrg, aProspect, caller, NOON, setFaults, TOKEN } from './outreach-org.js';

let org: OutreachServer;
afterEach(() => org.close());

async function open(start: Partial<OutreachStart> = {}): Promise<void> {
  org = await anOrg(start);
}

interface Granted {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

async function grant(refreshToken: string, more: Readonly<Record<string, string>> = {}): Promise<Granted> {
  const { clientId, clientSecret } = org.credentials;
  const answer = await fetch(`${org.url()}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: refreshToken,
      ...more,
    }),
  });
  return { status: answer.status, body: (await answer.json()) as Granted['body'] };
}

const MINUTE_MS = 60_000;

describe('access tokens', () => {
  it('come for a refresh token, which is good for one use, and live two hours', async () => {
    await open();
    const first = await grant(org.credentials.refreshToken);
    expect(first).toMatchObject({
      status: 200,
      body: { token_type: 'Bearer', expires_in: 7_200, created_at: NOON / 1_000 },
    });
    const token = String(first.body.access_token);
    expect((await caller(org, token).get('/users')).status).toBe(200);
    org.clock.advance(120 * MINUTE_MS - 1);
    expect((await caller(org, token).get('/users')).status).toBe(200);
    org.clock.advance(1);
    const late = await caller(org, token).get('/users');
    expect([late.status, late.errors[0]?.detail]).toEqual([401, 'The access token expired.']);
    expect((await caller(org).get('/users')).status).toBe(200);
    const used = await grant(org.credentials.refreshToken);
    expect([used.status, used.body.error]).toEqual([400, 'invalid_grant']);
    const second = await grant(String(first.body.refresh_token));
    expect((await caller(org, String(second.body.access_token)).get('/users')).status).toBe(200);
  });

  it('are handed out once a minute', async () => {
    await open();
    const first = await grant(org.credentials.refreshToken);
    const next = String(first.body.refresh_token);
    expect((await grant(next)).status).toBe(429);
    org.clock.advance(MINUTE_MS);
    expect((await grant(next)).status).toBe(200);
  });

  it('are not handed out after fourteen days, to strangers, or for another grant', async () => {
    await open();
    expect((await grant(org.credentials.refreshToken, { client_secret: 'other' })).status).toBe(401);
    const code = await grant(org.credentials.refreshToken, { grant_type: 'client_credentials' });
    expect([code.status, code.body.error]).toEqual([400, 'unsupported_grant_type']);
    org.clock.advance(14 * 24 * 60 * MINUTE_MS);
    expect((await grant(org.credentials.refreshToken)).status).toBe(400);
  });

  it('must be known', async () => {
    await open();
    const stranger = await caller(org, 'other').get('/users');
    expect(stranger.status).toBe(401);
    expect(stranger.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(stranger.headers.has('x-ratelimit-limit')).toBe(false);
  });

  it('need the scope of the call', async () => {
    await open({ withoutScopes: ['prospects.write'] });
    const refusal = await caller(org).post('/prospects', { data: { type: 'prospect' } });
    expect(refusal.status).toBe(403);
    expect(refusal.errors).toEqual([
      {
        id: 'unauthorizedOauthScope',
        title: 'Unauthorized OAuth Scope',
        detail: "Your authorization does not include the required scope 'prospects.write'.",
      },
    ]);
    expect((await caller(org).get('/prospects')).status).toBe(200);
  });
});

describe('the hourly limit', () => {
  it('tells how much is left, refuses in the documented words, and starts anew with the hour', async () => {
    await open({ hourlyRequests: 2 });
    const first = await caller(org).get('/users');
    const reset = String((NOON + 60 * MINUTE_MS) / 1_000);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'x-ratelimit-limit': '2',
      'x-ratelimit-remaining': '1',
      'x-ratelimit-reset': reset,
    });
    expect(first.headers.has('retry-after')).toBe(false);
    await caller(org).get('/users');
    const refusal = await caller(org).get('/users');
    expect(refusal.status).toBe(429);
    expect(Object.fromEntries(refusal.headers)).toMatchObject({
      'x-ratelimit-remaining': '0',
      'retry-after': reset,
    });
    expect(refusal.errors).toEqual([
      {
        id: 'rateLimitExceeded',
        title: 'Rate Limit Exceeded',
        detail: 'You have exceeded your permitted rate limit of 2; please try again at 2026-03-02T13:00:00.',
      },
    ]);
    org.clock.set(NOON + 60 * MINUTE_MS);
    expect((await caller(org).get('/users')).status).toBe(200);
  });

  it('is ten thousand unless told otherwise', async () => {
    await open();
    expect((await caller(org).get('/users')).headers.get('x-ratelimit-limit')).toBe('10000');
  });
});

describe('a request', () => {
  const send = (headers: Readonly<Record<string, string>>, body: string): Promise<Response> =>
    fetch(`${org.url()}/api/v2/prospects`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, ...headers },
      body,
    });

  it('says that it is JSON:API, without a word more', async () => {
    await open();
    const body = JSON.stringify({ data: { type: 'prospect' } });
    for (const type of ['application/json', 'application/vnd.api+json; charset=utf-8']) {
      const refusal = await send({ 'content-type': type }, body);
      expect([refusal.status, await refusal.json()]).toEqual([
        415,
        {
          errors: [
            {
              id: 'unsupportedMediaType',
              title: 'Unsupported Media Type',
              details: "Expected Content-Type header to be 'application/vnd.api+json'.",
            },
          ],
        },
      ]);
    }
    const bare = await fetch(`${org.url()}/api/v2/users`, { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(bare.status).toBe(415);
  });

  it('with broken JSON, without a body or to nowhere is refused', async () => {
    await open();
    expect((await send({ 'content-type': 'application/vnd.api+json' }, '{"data":')).status).toBe(400);
    const empty = await caller(org).post('/prospects');
    expect([empty.status, empty.errors[0]?.source?.pointer]).toEqual([422, '/data']);
    const nowhere = await caller(org).get('/nowhere');
    expect([nowhere.status, nowhere.errors[0]?.id]).toEqual([404, 'resourceNotFound']);
  });
});

describe('faults', () => {
  it('strike: an expired token, a status in the form of the vendor, a cut connection', async () => {
    await open();
    await setFaults(
      org,
      { kind: 'expire-session', times: 1 },
      { kind: 'status', status: 503, match: '^POST /api/v2/prospects', times: 1 },
      { kind: 'reset', match: '^GET /api/v2/mailings', times: 1 },
    );
    expect((await caller(org).get('/users')).status).toBe(401);
    expect((await caller(org).get('/users')).status).toBe(200);
    const down = await caller(org).post('/prospects', { data: { type: 'prospect' } });
    expect([down.status, down.errors[0]?.detail]).toEqual([503, 'Fault 503 set on purpose.']);
    await expect(caller(org).get('/mailings')).rejects.toThrow('fetch failed');
    expect(await aProspect(org, 'ada@example.org')).toBeGreaterThan(0);
    expect((await caller(org).get('/mailings')).status).toBe(200);
  });
});
