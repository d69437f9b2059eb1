import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ENDPOINTS } from '../../../../src/entrypoints/http/api/index.js';
import { createToken, includes, revokeToken } from '../../../../src/service/access/tokens.js';
import { deskOf, type RunningApp, runningApp } from '../../../support/service/running-app.js';
import { settingsWith } from '../../../support/world/settings.js';
import { aWorld, type World } from '../../../support/world/world.js';

const ASKER = { who: 'cli:test', trace: 't' };
let world: World;
let app: RunningApp;

beforeAll(async () => {
  world = aWorld({ settings: settingsWith({}, 'enabled: true\n') });
  app = await runningApp(deskOf(world));
});
afterAll(() => app.stop());

const ASKED = ENDPOINTS.map(({ method, path, scope }) => ({
  method: method.toUpperCase(),
  path: `/v1${path.replace('{id}', 'x')}`,
  scope,
}));

describe('without a token that counts', () => {
  it.each(ASKED)('$method $path is refused before anything of it is read', async ({ method, path }) => {
    const none = await app.ask(method, path, { scope: null, headers: { 'Content-Type': 'text/plain' } });
    expect(none.status).toBe(401);
    expect(none.headers.get('www-authenticate')).toBe('Bearer realm="truenorth"');
    expect(none.headers.get('content-type')).toContain('application/problem+json');
    expect(none.json).toMatchObject({ code: 'NO_TOKEN', status: 401, trace: none.headers.get('trace-id') });
  });

  it('a request is refused, whatever stands in its place', async () => {
    const secret = await app.tokenOf('read');
    const wrong = [
      `Bearer tn_${'A'.repeat(43)}`,
      `Bearer ${secret}x`,
      `Bearer ${secret.slice(0, -1)}`,
      `Bearer ${secret.toUpperCase()}`,
      'Bearer ',
      'Bearer null',
      secret,
      `Basic ${Buffer.from(`x:${secret}`).toString('base64')}`,
      `Bearer ${secret}, Bearer ${secret}`,
      `Bearer ${'A'.repeat(8_000)}`,
      "Bearer ' or 1=1 --",
    ];
    for (const Authorization of wrong) {
      const { status, json } = await app.ask('GET', '/v1/accounts', {
        scope: null,
        headers: { Authorization },
      });
      expect([Authorization.slice(0, 20), status, json.code]).toEqual([
        Authorization.slice(0, 20),
        401,
        'TOKEN_REFUSED',
      ]);
      expect(JSON.stringify(json)).not.toContain(secret);
    }
    expect((await app.ask('GET', `/v1/accounts?token=${secret}`, { scope: null })).status).toBe(401);
  });

  it('a revoked one counts no more, at once', async () => {
    const { token, secret } = await createToken(app.desk, { name: 'gone', scope: 'read' }, ASKER);
    const headers = { Authorization: `Bearer ${secret}` };
    expect((await app.ask('GET', '/v1/controls', { scope: null, headers })).status).toBe(200);
    await revokeToken(app.desk, token.id, ASKER);
    expect((await app.ask('GET', '/v1/controls', { scope: null, headers })).status).toBe(401);
  });
});

describe('a token with another scope', () => {
  it.each(ASKED)('is refused at $method $path', async ({ method, path, scope }) => {
    for (const smaller of (['usage', 'read', 'write'] as const).filter((one) => !includes(one, scope))) {
      const { status, json } = await app.ask(method, path, { scope: smaller });
      expect([smaller, status, json.code]).toEqual([smaller, 403, 'SCOPE_TOO_SMALL']);
    }
  });
});

describe('a token', () => {
  it('is kept as a hash alone, and its last use is noted once a minute', async () => {
    const { token, secret } = await createToken(app.desk, { name: 'kept', scope: 'read' }, ASKER);
    const kept = async () => (await app.desk.store.tokens.list()).find(({ id }) => id === token.id);
    expect(JSON.stringify(await kept())).not.toContain(secret.slice(3));
    expect((await kept())?.hash).toMatch(/^[0-9a-f]{64}$/);
    const ask = () =>
      app.ask('GET', '/v1/controls', { scope: null, headers: { Authorization: `Bearer ${secret}` } });
    await ask();
    const first = (await kept())?.lastUsedAt;
    expect(first).toBe(world.tools.clock.now());
    world.pass(0.5 / 1440);
    await ask();
    expect((await kept())?.lastUsedAt).toBe(first);
    world.pass(0.6 / 1440);
    await ask();
    expect((await kept())?.lastUsedAt).toBe(world.tools.clock.now());
  });

  it('that is used too often waits, and the others do not', async () => {
    const few = await runningApp(deskOf(world), { options: { rates: { requests: 3 } } });
    const ask = (scope: 'read' | 'admin') => few.ask('GET', '/v1/controls', { scope });
    const all = await Promise.all(Array.from({ length: 5 }, () => ask('read')));
    expect(all.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429, 429]);
    const refused = all.find(({ status }) => status === 429);
    expect(refused?.json).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask('admin')).status).toBe(200);
    await few.stop();
  });

  it('may be used as often as the settings of its org say', async () => {
    const desk = deskOf(world);
    const { service } = desk.settings();
    const strict = { ...service, http: { ...service.http, requestsPerMinute: 2, usagePerMinute: 1 } };
    const few = await runningApp({ ...desk, settings: () => ({ ...desk.settings(), service: strict }) });
    const statuses = [];
    for (let at = 0; at < 3; at += 1)
      statuses.push((await few.ask('GET', '/v1/controls', { scope: 'read' })).status);
    expect(statuses).toEqual([200, 200, 429]);
    const body = { readings: [{ id: 'one', account: 'none', on: '2026-03-01' }] };
    expect((await few.ask('POST', '/v1/usage', { scope: 'usage', body })).status).toBe(200);
    expect((await few.ask('POST', '/v1/usage', { scope: 'usage', body })).status).toBe(429);
    await few.stop();
  });

  it('that is guessed from one address is refused ever more briefly', async () => {
    const few = await runningApp(deskOf(world), { options: { rates: { refused: 4 } } });
    const guess = (at: number) =>
      few.ask('GET', '/v1/controls', {
        scope: null,
        headers: { Authorization: `Bearer tn_${String(at).padStart(43, '0')}` },
      });
    for (let at = 0; at < 4; at += 1) expect((await guess(at)).status).toBe(401);
    expect((await guess(5)).status).toBe(429);
    await few.stop();
  });
});
