import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deskOf, type RunningApp, runningApp } from '../../../support/service/running-app.js';
import { settingsWith } from '../../../support/world/settings.js';
import { anAccount, aWorld, type World } from '../../../support/world/world.js';

let world: World;
let app: RunningApp;
let account: string;

beforeAll(async () => {
  world = aWorld({ settings: settingsWith({}, 'enabled: true\n') });
  account = anAccount(world, { Name: "O'Hara %_\\ <script>alert(1)</script>" });
  await world.sync();
  app = await runningApp(deskOf(world), { http: { patienceMs: 600 } });
});
afterAll(() => app.stop());

/** What a client sends byte by byte, and all that comes back before the connection ends. */
async function raw(...pieces: readonly string[]): Promise<string> {
  const socket = connect(app.port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString();
  });
  socket.on('error', () => {});
  for (const piece of pieces) socket.write(piece);
  await once(socket, 'close');
  return answer;
}

function isProblem({ status, headers, json }: Awaited<ReturnType<RunningApp['ask']>>, code: string): void {
  expect([json?.code, headers.get('content-type')]).toEqual([
    code,
    'application/problem+json; charset=utf-8',
  ]);
  expect(Object.keys(json)).toEqual(
    expect.arrayContaining(['type', 'title', 'status', 'detail', 'code', 'actions', 'trace']),
  );
  expect([json.status, json.trace]).toEqual([status, headers.get('trace-id')]);
  expect(json.actions[0].length).toBeGreaterThan(0);
  expect(JSON.stringify(json)).not.toMatch(/node_modules|\.ts:|\.js:|at async/);
}

describe('a body', () => {
  const start = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    app.ask('POST', '/v1/runs', { scope: 'write', body, headers });

  it('that is too large is refused, compressed or not', async () => {
    const large = JSON.stringify({ kind: 'plan', padding: 'a'.repeat(300_000) });
    isProblem(await start(large), 'TOO_LARGE');
    const bomb = await fetch(`${app.url}/v1/runs`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${await app.tokenOf('write')}`,
        'Content-Type': 'application/json',
        'Content-Encoding': 'gzip',
      },
      body: gzipSync(Buffer.alloc(50_000_000, 32)),
    });
    expect(bomb.status).toBe(413);
  });

  it('in another form, coding or character set is refused', async () => {
    for (const type of [
      'text/plain',
      'application/xml',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'nonsense',
    ])
      isProblem(await start('{"kind":"plan"}', { 'Content-Type': type }), 'UNSUPPORTED_MEDIA_TYPE');
    isProblem(await start('{"kind":"plan"}', { 'Content-Encoding': 'compress' }), 'UNSUPPORTED_MEDIA_TYPE');
    isProblem(
      await start('{"kind":"plan"}', { 'Content-Type': 'application/json; charset=x-user-defined' }),
      'UNSUPPORTED_MEDIA_TYPE',
    );
  });

  it('that is no JSON, no object, or not what is asked for is refused', async () => {
    for (const text of [
      '{',
      '"plan"',
      'null',
      '1',
      '[1,2',
      '{"kind":"plan"}{"kind":"plan"}',
      "{'kind':'plan'}",
    ])
      isProblem(await start(text), 'NOT_READABLE');
    for (const body of [
      {},
      [],
      { kind: 'drop' },
      { kind: ['plan'] },
      { kind: 'plan', full: 'yes' },
      { kind: 'plan', other: 1 },
      '{"kind":"plan","__proto__":{"admin":true}}',
      '{"kind":"plan","constructor":{"prototype":{"admin":true}}}',
    ])
      isProblem(await start(body), 'INVALID_REQUEST');
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
    const counts = await app.desk.queue.counts();
    expect(counts.waiting + counts.active + counts.delayed).toBe(0);
  });

  it('names everything that is wrong with it, and repeats no value', async () => {
    const { json } = await start({ kind: 'secret-value', full: 'secret-value' });
    expect(json.faults.map(({ at }: { at: string }) => at)).toEqual(['body/kind', 'body/full']);
    expect(JSON.stringify(json)).not.toContain('secret-value');
  });
});

describe('a path', () => {
  it.each([
    '/v1/accounts/..%2f..%2fetc%2fpasswd',
    '/v1/accounts/%2e%2e%2fruns',
    '/v1/accounts/..%5c..%5cwindows',
    '/v1/accounts/%00',
    `/v1/accounts/${'a'.repeat(8_000)}`,
    '/v1/accounts/001000000000001AAA%0d%0aSet-Cookie:x=1',
    "/v1/accounts/001' or Name like '%25",
    '/v1/accounts/%7B%7B7*7%7D%7D',
    '/v1/accounts/%24%7B7*7%7D',
    '/v1/accounts/%3Cscript%3Ealert(1)%3C%2Fscript%3E',
    '/v1/accounts/__proto__',
    '/v1/runs/..%2f..%2fconfig',
    '/v1/runs/%00/plan',
    '/v1/playbooks/..%2fhealth',
    '/v1/playbooks/constructor%2e',
  ])('%s is refused as no id', async (path) => {
    const answer = await app.ask('GET', path);
    isProblem(answer, 'INVALID_REQUEST');
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('that is no URL is refused', async () => {
    isProblem(await app.ask('GET', '/v1/accounts/%'), 'NOT_READABLE');
    isProblem(await app.ask('GET', '/v1/accounts/%ff%fe'), 'NOT_READABLE');
  });

  it('that does not exist is answered as such, in any spelling and at any depth', async () => {
    for (const path of [
      '/',
      '/v1',
      '/v1/',
      '/v2/accounts',
      '/V1/accounts',
      '/v1/Accounts',
      '/v1/accounts/',
      '//v1/accounts',
    ])
      isProblem(await app.ask('GET', path), 'NO_SUCH_PATH');
    const climbing = await raw('GET /v1/../v1/accounts HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(climbing).toMatch(/^HTTP\/1\.1 404 /);
  });

  it('takes only its own methods, and says which', async () => {
    const answer = await app.ask('DELETE', '/v1/runs', { scope: 'admin' });
    isProblem(answer, 'METHOD_NOT_ALLOWED');
    expect(answer.headers.get('allow')).toBe('GET, POST, HEAD');
    expect((await app.ask('PATCH', '/v1/accounts')).status).toBe(405);
    expect((await app.ask('OPTIONS', '/v1/accounts', { scope: null })).status).toBe(204);
    expect((await app.ask('HEAD', '/v1/accounts')).status).toBe(200);
  });

  it('is answered in JSON alone', async () => {
    isProblem(await app.ask('GET', '/v1/accounts', { headers: { Accept: 'text/html' } }), 'NOT_ACCEPTABLE');
    expect((await app.ask('GET', '/v1/accounts', { headers: { Accept: '*/*' } })).status).toBe(200);
  });
});

describe('a text that is looked for', () => {
  it.each([
    "'",
    "' or '1'='1",
    '" or 1=1 --',
    '\\',
    '\\%',
    '%',
    '_',
    '%%%',
    "'; drop table runs; --",
    '{{7*7}}',
    '$' + '{7*7}',
    '\u0000',
    '\ud800',
    '😀',
  ])('%j finds nothing that it should not, and breaks nothing', async (search) => {
    const { status, json } = await app.ask('GET', `/v1/accounts?${new URLSearchParams({ search })}`);
    expect(status).toBe(200);
    const literally = "O'Hara %_\\ <script>alert(1)</script>".toLowerCase().includes(search.toLowerCase());
    expect([search, json.total]).toEqual([search, literally ? 1 : 0]);
  });

  it('comes back as data that no browser runs', async () => {
    const { json, headers, text } = await app.ask('GET', `/v1/accounts/${account}`);
    expect(json.account.name).toContain('<script>');
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text.length).toBeGreaterThan(0);
  });

  it('is refused when it is too long, given twice, or not known', async () => {
    for (const query of [
      `search=${'a'.repeat(201)}`,
      'search=a&search=b',
      'search[x]=a',
      'limit=0',
      'limit=1e9',
      'limit=-1',
      'limit=x',
      'limit=1&limit=2',
      'band=RISK',
      'order=name;drop',
      'unknown=1',
      'cursor=%00',
      'cursor=',
      '__proto__=1',
    ])
      isProblem(await app.ask('GET', `/v1/accounts?${query}`), 'INVALID_REQUEST');
    for (const place of ['"x"', '-1', '1.5', '{}', 'x'])
      isProblem(
        await app.ask('GET', `/v1/accounts?cursor=${Buffer.from(place).toString('base64url')}`),
        'CURSOR_INVALID',
      );
  });
});

describe('a header', () => {
  it('never finds its way into the answer', async () => {
    const { headers } = await app.ask('GET', '/v1/controls', {
      headers: { traceparent: 'x\tSet-Cookie: a=b', 'X-Forwarded-Host': 'evil.example', 'X-Trace': 'y' },
    });
    expect(headers.get('trace-id')).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.stringify([...headers])).not.toContain('evil');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('carries the trace of the caller through', async () => {
    const trace = 'ab'.repeat(16);
    const { headers } = await app.ask('GET', '/v1/nothing', {
      headers: { traceparent: `00-${trace}-${'12'.repeat(8)}-01` },
    });
    expect(headers.get('trace-id')).toBe(trace);
  });

  it('that is too large, split or malformed ends the connection with a problem', async () => {
    const large = await raw(`GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect(large).toMatch(/^HTTP\/1\.1 431 [\s\S]*application\/problem\+json[\s\S]*HEADERS_TOO_LARGE/);
    const split = await raw('GET / HTTP/1.1\r\nHost: x\r\nX-A: b\rSet-Cookie: c\r\n\r\n');
    expect(split).toMatch(/^HTTP\/1\.1 400 [\s\S]*NOT_HTTP/);
    const smuggled = await raw(
      'POST /v1/runs HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v1 HTTP/1.1\r\n\r\n',
    );
    expect(smuggled).toMatch(/^HTTP\/1\.1 400 /);
    expect(await raw('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*NOT_HTTP/);
  });
});

describe('somebody slow', () => {
  it('who sends headers drop by drop is sent away', async () => {
    expect(await raw('GET / HTTP/1.1\r\nHost: x\r\n')).toMatch(/^HTTP\/1\.1 408 [\s\S]*TOO_SLOW/);
  });

  it('who never ends a body is sent away', async () => {
    const token = await app.tokenOf('write');
    const answer = await raw(
      `POST /v1/runs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"kind"`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 (408|400) /);
  });
});
