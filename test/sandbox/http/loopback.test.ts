import { afterEach, describe, expect, it } from '@jest/globals';
import { startClock } from '../../../src/sandbox/clock.js';
import { type Loopback, startLoopback } from '../../../src/sandbox/http/loopback.js';

let open: Loopback | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

const NOW = Date.parse('2026-03-10T12:00:00Z');

async function serve(seed = 1): Promise<Loopback> {
  open = await startLoopback({
    port: 0,
    clock: startClock(NOW, () => 0),
    seed,
    kindOf: (method, path) => `${method} ${path}`,
    faultBody: (status) => ({ vendor: status }),
    mount: (app) => {
      app.get('/long', (_req, res) => {
        res.send('x'.repeat(1_000));
      });
      app.get('/short', (_req, res) => {
        res.send('ok');
      });
    },
  });
  return open;
}

const get = (server: Loopback, path: string) => fetch(`${server.url()}${path}`);
const send = (server: Loopback, method: string, path: string, body?: unknown) =>
  fetch(`${server.url()}/__sandbox${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

async function calls(
  server: Loopback,
): Promise<{ total: number; byKind: unknown; latest: readonly unknown[] }> {
  return JSON.parse(await (await send(server, 'GET', '/calls')).text());
}

describe('The call log', () => {
  it('counts by kind, leaves its own switches out, and can be emptied', async () => {
    const server = await serve();
    for (const path of ['/short', '/short?x=1', '/nowhere']) await get(server, path);
    const log = await calls(server);
    expect(log).toMatchObject({ total: 3, byKind: { 'GET /short': 2, 'GET /nowhere': 1 } });
    expect(log.latest.at(-1)).toEqual({
      at: NOW,
      method: 'GET',
      path: '/nowhere',
      kind: 'GET /nowhere',
      status: 404,
    });
    await send(server, 'DELETE', '/calls');
    expect((await calls(server)).total).toBe(0);
  });
});

describe('The clock', () => {
  it('dates every answer and can be set and moved', async () => {
    const server = await serve();
    expect((await get(server, '/short')).headers.get('date')).toBe('Tue, 10 Mar 2026 12:00:00 GMT');
    const moved = await send(server, 'POST', '/clock', { now: '2027-01-01T00:00:00Z', advanceMs: 60_000 });
    expect(await moved.json()).toMatchObject({ now: '2027-01-01T00:01:00.000Z' });
    expect((await get(server, '/short')).headers.get('date')).toBe('Fri, 01 Jan 2027 00:01:00 GMT');
    expect((await send(server, 'POST', '/clock', { now: 'soon' })).status).toBe(400);
  });
});

describe('Faults', () => {
  it('answer with a status, as often and where they were asked to', async () => {
    const server = await serve();
    await send(server, 'POST', '/faults', {
      kind: 'status',
      status: 429,
      match: '^GET /short',
      nth: 2,
      headers: { 'Retry-After': '7' },
    });
    const answers = [
      await get(server, '/short'),
      await get(server, '/long'),
      await get(server, '/short'),
      await get(server, '/short'),
    ];
    expect(answers.map((one) => one.status)).toEqual([200, 200, 429, 200]);
    expect(answers[2]?.headers.get('retry-after')).toBe('7');
    expect(await answers[2]?.json()).toEqual({ vendor: 429 });
  });

  it('cut the connection in the middle of a body', async () => {
    const server = await serve();
    server.faults.set({ kind: 'reset', afterBytes: 100, times: 1 });
    await expect((async () => (await get(server, '/long')).text())()).rejects.toThrow(
      /terminated|fetch failed/,
    );
    expect(await (await get(server, '/long')).text()).toHaveLength(1_000);
  });

  it('cut it before an answer, and wait', async () => {
    const server = await serve();
    server.faults.set({ kind: 'reset', times: 1 });
    await expect(get(server, '/short')).rejects.toThrow(/fetch failed/);
    server.faults.set({ kind: 'latency', ms: 30, times: 1 });
    expect((await get(server, '/short')).status).toBe(200);
  });

  it('strike by chance the same way for the same seed', async () => {
    const drawn: string[] = [];
    for (const seed of [5, 5, 6]) {
      const server = await serve(seed);
      server.faults.set({ kind: 'status', status: 500, rate: 0.5 });
      const statuses: number[] = [];
      for (let n = 0; n < 12; n += 1) statuses.push((await get(server, '/short')).status);
      drawn.push(statuses.join(' '));
      await server.close();
    }
    expect(drawn[1]).toBe(drawn[0]);
    expect(drawn[2]).not.toBe(drawn[0]);
    expect(drawn[0]).toMatch(/200.*500|500.*200/);
  });

  it('are refused when their kind is unknown, and can be taken away', async () => {
    const server = await serve();
    expect((await send(server, 'POST', '/faults', { kind: 'plague' })).status).toBe(400);
    server.faults.set({ kind: 'status', status: 500 });
    await send(server, 'DELETE', '/faults');
    expect((await get(server, '/short')).status).toBe(200);
  });
});
