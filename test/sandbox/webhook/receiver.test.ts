import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type SandboxClock, startClock } from '../../../src/sandbox/clock.js';
import { startWebhook, type WebhookReceiver } from '../../../src/sandbox/webhook/start.js';

const NOW = Date.UTC(2026, 2, 10, 12);
const SECRET = 'worthless outside of this test';
const EVENT = {
  type: 'renewal.due',
  id: 'episode/step/person',
  account: '001000000000001AAA',
  contact: '003000000000001AAA',
  person: 'p1',
  facts: { arr: 1200, churned: null },
  at: '2026-03-10T12:00:00.000Z',
};

let clock: SandboxClock;
let receiver: WebhookReceiver;
beforeEach(async () => {
  clock = startClock(NOW, () => 0);
  receiver = await startWebhook({ seed: 3, clock, secret: SECRET });
});
afterEach(() => receiver.close());

interface Given {
  readonly body?: string;
  readonly signedBody?: string;
  readonly secret?: string;
  readonly at?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

async function send(given: Given = {}): Promise<number> {
  const body = given.body ?? JSON.stringify(EVENT);
  const timestamp = String(Math.floor((given.at ?? NOW) / 1000));
  const digest = createHmac('sha256', given.secret ?? SECRET)
    .update(`${timestamp}.${given.signedBody ?? body}`)
    .digest('hex');
  const response = await fetch(`${receiver.url()}/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': EVENT.id,
      'truenorth-timestamp': timestamp,
      'truenorth-signature': `v1=${digest}`,
      ...given.headers,
    },
    body,
  });
  await response.body?.cancel();
  return response.status;
}

const toggle = (path: string, method: string, body?: unknown) =>
  fetch(`${receiver.url()}/__sandbox/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

describe('The receiver', () => {
  it('takes a signed event once, and knows it when it comes again', async () => {
    expect([await send(), await send()]).toEqual([202, 409]);
    const kept = await (await toggle('deliveries', 'GET')).json();
    expect(kept).toEqual([{ key: EVENT.id, at: NOW, body: EVENT }]);
    expect((await toggle('deliveries', 'DELETE')).status).toBe(204);
    expect(receiver.deliveries()).toEqual([]);
  });

  it.each<[string, Given]>([
    ['another secret', { secret: 'some other worthless text' }],
    ['a body that was changed on the way', { signedBody: `${JSON.stringify(EVENT)} ` }],
    ['a signature of another form', { headers: { 'truenorth-signature': 'v0=00' } }],
    ['a time that is no number', { headers: { 'truenorth-timestamp': 'now' } }],
    ['a time that is more than five minutes past', { at: NOW - 301_000 }],
    ['a time that is more than five minutes ahead', { at: NOW + 301_000 }],
  ])('turns away %s', async (_, given) => {
    expect(await send(given)).toBe(401);
    expect(receiver.deliveries()).toEqual([]);
  });

  it('takes what is five minutes old by its own clock', async () => {
    clock.advance(300_000);
    expect(await send()).toBe(202);
  });

  it.each<[string, Given]>([
    ['no key', { headers: { 'idempotency-key': '' } }],
    ['a key of its own', { headers: { 'idempotency-key': 'other' } }],
    ['a part that is missing', { body: JSON.stringify({ ...EVENT, facts: undefined }) }],
    ['a part that nobody knows', { body: JSON.stringify({ ...EVENT, email: 'x' }) }],
    ['no JSON', { body: 'type=renewal' }],
    ['another content type', { headers: { 'content-type': 'text/plain' } }],
  ])('refuses %s', async (_, given) => {
    expect(await send(given)).toBe(400);
    expect(receiver.deliveries()).toEqual([]);
  });

  it('answers as it was told, so many times, and takes nothing then', async () => {
    await toggle('answer', 'POST', { status: 429, times: 2, headers: { 'retry-after': '7' } });
    expect([await send(), await send(), await send()]).toEqual([429, 429, 202]);
    expect((await toggle('answer', 'POST', { status: 42 })).status).toBe(400);
  });

  it('takes an event whose answer is lost', async () => {
    receiver.faults.set({ kind: 'reset', match: '/events', times: 1, afterBytes: 0 });
    await expect(send()).rejects.toThrow('fetch failed');
    expect(receiver.deliveries()).toHaveLength(1);
  });
});
