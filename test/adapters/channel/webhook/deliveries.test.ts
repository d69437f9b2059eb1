import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { webhookChannel } from '../../../../src/adapters/channel/webhook/index.js';
import { anEnrolment } from '../../../contracts/channel.js';
import { aWebhookBench, SECRET, START, type WebhookBench } from '../support/webhook.js';

let bench: WebhookBench;
beforeEach(async () => {
  bench = await aWebhookBench();
});
afterEach(() => bench.receiver.close());

const some = (count: number) => Array.from({ length: count }, (_, at) => anEnrolment({ key: `e/s/${at}` }));
const answers = (status: number, headers = {}) =>
  fetch(`${bench.receiver.url()}/__sandbox/answer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ status, headers }),
  });

describe('An event', () => {
  it('tells ids and facts, signed so that a stranger`s code can prove it', async () => {
    const request = anEnrolment({
      key: 'episode/step/p1',
      person: 'p1',
      facts: { arr: 1200, churned: null },
    });
    await bench.channel.enrol('renewal.due', [request]);
    expect(bench.receiver.deliveries()).toEqual([
      {
        key: 'episode/step/p1',
        at: START,
        body: {
          type: 'renewal.due',
          id: 'episode/step/p1',
          account: request.account,
          contact: request.contactId,
          person: 'p1',
          facts: { arr: 1200, churned: null },
          at: new Date(START).toISOString(),
        },
      },
    ]);
  });

  it('is known by any key', async () => {
    const request = anEnrolment({ key: 'Verlängerung 100%/Schritt 1/ñ✓' });
    expect(await bench.channel.enrol('renewal.due', [request])).toMatchObject([{ outcome: 'enrolled' }]);
    expect(await bench.channel.enrol('renewal.due', [request])).toMatchObject([{ outcome: 'already' }]);
  });

  it.each([
    [400, false],
    [401, false],
    [404, false],
    [410, false],
    [418, false],
    [429, true],
  ])('that is answered with %i is refused, with advice', async (status, retryable) => {
    await answers(status, { 'retry-after': '7' });
    const [outcome] = await bench.channel.enrol('renewal.due', some(1));
    expect(outcome).toMatchObject({
      outcome: 'refused',
      refusal: { code: `HTTP_${status}`, retryable, advice: expect.stringMatching(/receiver/) },
    });
    const waits = outcome?.outcome === 'refused' && outcome.refusal.message.includes('7 seconds');
    expect(waits).toBe(retryable);
  });

  it.each([500, 503])(
    'that is answered with %i is unclear, and sent again by the next run',
    async (status) => {
      await answers(status);
      expect(await bench.channel.enrol('renewal.due', some(1))).toMatchObject([{ outcome: 'unclear' }]);
      expect(await bench.channel.enrol('renewal.due', some(1))).toMatchObject([{ outcome: 'enrolled' }]);
      expect(bench.receiver.calls.total()).toBe(2);
    },
  );

  it('is refused by a receiver that signs with another secret', async () => {
    const { channel, receiver } = await aWebhookBench({ secret: 'not the one of the receiver' });
    expect(await channel.enrol('renewal.due', some(1))).toMatchObject([
      { outcome: 'refused', refusal: { code: 'HTTP_401', advice: expect.stringMatching(/secret/) } },
    ]);
    await receiver.close();
  });

  it('is unclear when no answer comes in time', async () => {
    const { channel, receiver, logged } = await aWebhookBench({ timeoutMs: 50 });
    receiver.faults.set({ kind: 'latency', ms: 400, times: 1 });
    expect(await channel.enrol('renewal.due', some(1))).toMatchObject([{ outcome: 'unclear' }]);
    expect(logged()).toMatch(/webhook gave no answer .*TimeoutError/);
    await receiver.close();
  });
});

describe('Sending', () => {
  it('follows no redirect', async () => {
    const asked: RequestInit[] = [];
    const { channel, receiver } = await aWebhookBench({
      fetch: async (_url, init) => {
        asked.push(init);
        return new Response(null, { status: 307, headers: { location: 'https://elsewhere.example/' } });
      },
    });
    expect(await channel.enrol('renewal.due', some(1))).toMatchObject([
      { outcome: 'refused', refusal: { code: 'HTTP_307', advice: expect.stringMatching(/redirects/) } },
    ]);
    expect(asked.map(({ redirect }) => redirect)).toEqual(['manual']);
    await receiver.close();
  });

  it('has four requests under way at most, and one for each key', async () => {
    let open = 0;
    let most = 0;
    const { channel, receiver } = await aWebhookBench({
      fetch: async () => {
        open += 1;
        most = Math.max(most, open);
        await new Promise(setImmediate);
        open -= 1;
        return new Response(null, { status: 204 });
      },
    });
    const outcomes = await channel.enrol('renewal.due', some(20));
    expect(outcomes.map(({ key }) => key)).toEqual(some(20).map(({ key }) => key));
    expect(most).toBe(4);
    await receiver.close();
  });

  it('gives up on a receiver that is silent, and leaves the rest unsent for the next run', async () => {
    bench.receiver.faults.set({ kind: 'reset', match: '/events' });
    const outcomes = await bench.channel.enrol('renewal.due', some(30));
    const unclear = outcomes.filter(({ outcome }) => outcome === 'unclear');
    expect(unclear.length).toBeGreaterThanOrEqual(5);
    expect(unclear.length).toBeLessThanOrEqual(8);
    expect(bench.receiver.calls.total()).toBe(unclear.length);
    expect(outcomes.at(-1)).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'WEBHOOK_SILENT', retryable: true },
    });
  });

  it('logs neither the secret nor the address', async () => {
    const { channel, receiver, logged } = await aWebhookBench({
      fetch: async (url) => {
        throw new TypeError(`fetch failed: ${url} with ${SECRET}`);
      },
    });
    await channel.enrol('renewal.due', some(1));
    expect(logged()).toContain('e/s/0');
    expect(logged()).not.toContain(SECRET);
    expect(logged()).not.toContain('/events');
    await receiver.close();
  });
});

describe('The address of a webhook', () => {
  const at = (url: string, secret = SECRET) => {
    const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
    const clock = { now: () => START, sleep: async () => undefined };
    return () => webhookChannel({ url, secret, clock, log, timeoutMs: 1000 });
  };

  it.each(['https://hooks.example/in?x=1', 'http://127.0.0.1:8080/', 'http://localhost/', 'http://[::1]:9/'])(
    '%s will do',
    (url) => {
      expect(at(url)).not.toThrow();
    },
  );

  it.each([
    'http://hooks.example/in',
    'http://127.0.0.1.hooks.example/',
    'http://localhost.hooks.example/',
    'ftp://hooks.example/',
    'https://user:word@hooks.example/',
    'hooks.example/in',
  ])('%s is refused before anything is sent', (url) => {
    expect(at(url)).toThrow(expect.objectContaining({ code: 'WEBHOOK_URL', kind: 'Config' }));
  });

  it('needs a secret that can`t be guessed', () => {
    expect(at('https://hooks.example/', 'short')).toThrow(
      expect.objectContaining({ code: 'WEBHOOK_SECRET', kind: 'Config' }),
    );
  });
});
