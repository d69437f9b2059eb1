import { createHmac } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { webhookPart } from '../../../src/entrypoints/http/webhooks/webhook-part.js';
import { JOB_NAMES, type Job, type JobName, type JobWorker } from '../../../src/ports/job-queue.js';
import type { Settings } from '../../../src/ports/settings.js';
import { deskOf, type RunningApp, runningApp } from '../../support/service/running-app.js';
import { settingsWith } from '../../support/world/settings.js';
import { aWorld, type World } from '../../support/world/world.js';

const SECRET = 'a secret of a webhook';
const PUBLIC = 'https://truenorth.example.com';
const MINUTE = 60_000;

let settings: Settings;
beforeAll(() => {
  settings = settingsWith({}, 'brakes: { share: 100 %, missing: 100 % }');
});

interface Served {
  readonly app: RunningApp;
  readonly world: World;
  /** Jobs that were asked for, once it has been waited for the moment in which they are gathered. */
  readonly asked: () => Promise<readonly Job[]>;
}

const ended: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end();
});

async function aService(
  secrets: { hubspot: string | null; outreach: string | null } = { hubspot: SECRET, outreach: SECRET },
  publicUrl: string | null = PUBLIC,
): Promise<Served> {
  const world = aWorld({ settings });
  const desk = deskOf(world);
  const jobs: Job[] = [];
  const noted = async (job: Job) => void jobs.push(job);
  const worker: JobWorker = await desk.queue.work(
    Object.fromEntries(JOB_NAMES.map((name) => [name, noted])) as Readonly<Record<JobName, typeof noted>>,
    { 'read-back': 1 },
  );
  const app = await runningApp(desk, { options: { publicUrl, parts: [webhookPart(() => secrets)] } });
  ended.push(app.stop, () => worker.stop(0));
  const asked = async () => {
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    return jobs;
  };
  return { app, world, asked };
}

const event = (more: object = {}) => ({
  objectId: 741,
  propertyName: 'hs_email_optout',
  propertyValue: 'true',
  subscriptionType: 'contact.propertyChange',
  eventId: 1,
  subscriptionId: 92_894,
  occurredAt: 1_557_224_426_153,
  attemptNumber: 0,
  ...more,
});

interface Sent {
  readonly at?: number;
  readonly secret?: string;
  readonly url?: string;
  readonly path?: string;
  readonly signedBody?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function fromHubspot({ app, world }: Served, events: unknown, sent: Sent = {}) {
  const path = sent.path ?? '/webhooks/hubspot';
  const { at = world.tools.clock.now(), secret = SECRET, url = PUBLIC + path } = sent;
  const body = JSON.stringify(events);
  const signature = createHmac('sha256', secret)
    .update(`POST${url}${sent.signedBody ?? body}${at}`)
    .digest('base64');
  const headers = {
    'X-HubSpot-Signature-v3': signature,
    'X-HubSpot-Request-Timestamp': String(at),
    ...sent.headers,
  };
  return app.ask('POST', path, { scope: null, body, headers });
}

function fromOutreach({ app }: Served, content: unknown, secret = SECRET, signed?: string) {
  const body = JSON.stringify(content);
  const signature = createHmac('sha256', secret)
    .update(signed ?? body)
    .digest('hex');
  return app.ask('POST', '/webhooks/outreach', {
    scope: null,
    body,
    headers: { 'Outreach-Webhook-Signature': signature },
  });
}

describe('a webhook of HubSpot', () => {
  it('asks for the people it names to be read, once for all that comes in a moment', async () => {
    const service = await aService();
    const answers = await Promise.all([
      fromHubspot(service, [event(), event({ eventId: 2, objectId: 742 })]),
      fromHubspot(service, [
        event({ eventId: 3, objectId: '743' }),
        event({ eventId: 4, subscriptionType: 'company.creation' }),
      ]),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const jobs = await service.asked();
    expect(jobs.flatMap(({ payload }) => (payload as { records: string[] }).records).sort()).toEqual([
      '741',
      '742',
      '743',
    ]);
    expect(jobs[0]).toMatchObject({ name: 'read-back', payload: { tool: 'hubspot' } });
  });

  it('is taken once: a replay and a retry ask for nothing', async () => {
    const service = await aService();
    await fromHubspot(service, [event()]);
    const before = (await service.asked()).length;
    expect((await fromHubspot(service, [event()])).json).toEqual({ taken: false });
    expect((await fromHubspot(service, [event({ attemptNumber: 1 })])).json).toEqual({ taken: false });
    expect(await service.asked()).toHaveLength(before);
  });

  it.each([
    ['with another secret', { secret: 'another' }],
    ['for another address', { url: 'https://elsewhere.example.com/webhooks/hubspot' }],
    ['over another body', { signedBody: '[]' }],
    ['six minutes ago', { at: Date.parse('2026-03-02T10:00:00Z') - 6 * MINUTE }],
    ['six minutes from now', { at: Date.parse('2026-03-02T10:00:00Z') + 6 * MINUTE }],
    ['without a time', { headers: { 'X-HubSpot-Request-Timestamp': '' } }],
    ['with a time of another kind', { headers: { 'X-HubSpot-Request-Timestamp': '1e13' } }],
    ['not at all', { headers: { 'X-HubSpot-Signature-v3': '' } }],
  ] as const)('that was signed %s is refused, and asks for nothing', async (_, sent) => {
    const service = await aService();
    expect(await fromHubspot(service, [event()], sent)).toMatchObject({
      status: 401,
      json: { code: 'SIGNATURE_REFUSED' },
    });
    expect(await service.asked()).toEqual([]);
  });

  it.each([
    ['/webhooks/hubspot?a=1%2F2%3A3', '/webhooks/hubspot?a=1/2:3'],
    ['/webhooks/hubspot?a=%2520', '/webhooks/hubspot?a=%2520'],
  ])('at %s is signed over %s', async (path, signed) => {
    const service = await aService();
    expect((await fromHubspot(service, [event()], { path, url: PUBLIC + signed })).status).toBe(200);
  });

  it('is compared byte by byte: spaces and line ends in the body count', async () => {
    const service = await aService();
    const at = service.world.tools.clock.now();
    const body = `[ ${JSON.stringify(event())}\r\n ]`;
    const signature = createHmac('sha256', SECRET)
      .update(`POST${PUBLIC}/webhooks/hubspot${body}${at}`)
      .digest('base64');
    const headers = { 'X-HubSpot-Signature-v3': signature, 'X-HubSpot-Request-Timestamp': String(at) };
    expect((await service.app.ask('POST', '/webhooks/hubspot', { scope: null, body, headers })).status).toBe(
      200,
    );
  });

  it('about what we wrote ourselves asks for nothing', async () => {
    const service = await aService();
    const property = settings.marketing?.contact[0]?.property ?? '';
    expect(property).not.toBe('');
    await fromHubspot(service, [event({ propertyName: property })]);
    expect(await service.asked()).toEqual([]);
  });

  it('is not there without a secret or a public address, and says what to set', async () => {
    const none = await aService({ hubspot: null, outreach: null });
    const answer = await fromHubspot(none, [event()]);
    expect(answer).toMatchObject({ status: 404, json: { code: 'WEBHOOK_NOT_CONFIGURED' } });
    expect(answer.json.actions[0]).toContain('TRUENORTH_HUBSPOT_APP_SECRET');
    const nowhere = await aService({ hubspot: SECRET, outreach: null }, null);
    expect((await fromHubspot(nowhere, [event()])).json.actions[0]).toContain('TRUENORTH_PUBLIC_URL');
  });

  it('that is too large, packed or unreadable is refused', async () => {
    const service = await aService();
    const large = event({ propertyValue: 'x'.repeat(1_100_000) });
    expect((await fromHubspot(service, [large])).status).toBe(413);
    expect((await fromHubspot(service, [event()], { headers: { 'Content-Encoding': 'gzip' } })).status).toBe(
      415,
    );
    expect((await fromHubspot(service, { no: 'events' })).status).toBe(400);
    expect((await service.app.ask('GET', '/webhooks/hubspot', { scope: null })).status).toBe(405);
  });

  it('that is forged again and again is not listened to for a while', async () => {
    const service = await aService();
    const statuses: number[] = [];
    for (let turn = 0; turn < 61; turn += 1)
      statuses.push((await fromHubspot(service, [event()], { secret: 'guess' })).status);
    expect([statuses[0], statuses.at(-1)]).toEqual([401, 429]);
  });
});

describe('a webhook of Outreach', () => {
  const content = (deliveredAt?: string) => ({
    data: { type: 'mailing', id: 5, relationships: { prospect: { data: { type: 'prospect', id: 17 } } } },
    meta: { eventName: 'mailing.bounced', ...(deliveredAt === undefined ? {} : { deliveredAt }) },
  });

  it('asks for the prospect it is about to be read, once', async () => {
    const service = await aService();
    expect((await fromOutreach(service, content('2026-03-02T10:00:00Z'))).json).toEqual({ taken: true });
    expect((await fromOutreach(service, content('2026-03-02T10:00:00Z'))).json).toEqual({ taken: false });
    expect((await service.asked()).map(({ payload }) => payload)).toEqual([
      { tool: 'outreach', records: ['17'] },
    ]);
  });

  it.each([
    ['signed with another secret', '2026-03-02T10:00:00Z', 'another', undefined],
    ['signed over another body', '2026-03-02T10:00:00Z', SECRET, '{}'],
    ['that is older than five minutes', '2026-03-02T09:54:00Z', SECRET, undefined],
    ['that was sent in the future', '2026-03-02T10:06:00Z', SECRET, undefined],
  ])('%s is refused', async (_, deliveredAt, secret, signed) => {
    const service = await aService();
    const answer = await fromOutreach(service, content(deliveredAt), secret, signed);
    expect(answer).toMatchObject({ status: 401, json: { code: 'SIGNATURE_REFUSED' } });
    expect(await service.asked()).toEqual([]);
  });

  it('is not there without a secret', async () => {
    const service = await aService({ hubspot: SECRET, outreach: null });
    expect((await fromOutreach(service, content())).status).toBe(404);
  });
});
