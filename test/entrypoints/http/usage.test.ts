import { afterEach, describe, expect, it } from '@jest/globals';
import { formatDay } from '../../../src/domain/day.js';
import { gatheredUsage } from '../../../src/service/usage/inbox.js';
import { deskOf, type RunningApp, runningApp } from '../../support/service/running-app.js';
import { MAPPING } from '../../support/world/objects.js';
import { settingsWith } from '../../support/world/settings.js';
import { anAccount, aWorld, type World } from '../../support/world/world.js';

const BRAKES = 'brakes: { share: 100 %, missing: 100 % }';
const SENT = settingsWith({}, BRAKES, {
  'mappings/salesforce.yaml': `${MAPPING}\nsentUsage: [activeUsers, count, feature]\n`,
});
const NOT_SENT = settingsWith({}, BRAKES, { 'mappings/salesforce.yaml': MAPPING });

interface Served {
  readonly app: RunningApp;
  readonly world: World;
  readonly account: string;
  readonly on: string;
}

let served: Served | null = null;
afterEach(async () => {
  await served?.app.stop();
  served = null;
});

async function aService(settings = SENT): Promise<Served> {
  const world = aWorld({ settings });
  const account = anAccount(world);
  const desk = deskOf(world);
  const app = await runningApp({ ...desk, store: { ...desk.store, usage: world.inbox } });
  served = { app, world, account, on: formatDay(world.today()) };
  return served;
}

const post = ({ app }: Served, readings: unknown, scope: 'usage' | 'admin' | 'read' = 'usage') =>
  app.ask('POST', '/v1/usage', { scope, body: { readings } });

describe('POST /v1/usage', () => {
  it('stores what is sent and tells of each reading what became of it', async () => {
    const service = await aService();
    const { account, on, world } = service;
    const answer = await post(service, [
      { id: '1', account, on, activeUsers: 7, feature: 'Reports' },
      { id: '2', account: account.slice(0, 15), on, count: 3 },
    ]);
    expect(answer).toMatchObject({ status: 200, json: { accepted: 2, known: 0, refused: 0 } });
    expect(
      (await world.inbox.waiting(10)).map((reading) => [reading.id, reading.account, reading.values]),
    ).toEqual([
      ['1', account, { on: world.today(), activeUsers: 7, feature: 'Reports' }],
      ['2', account, { on: world.today(), count: 3 }],
    ]);
  });

  it('knows a repeat, also after it was taken, and takes a correction', async () => {
    const service = await aService();
    const { account, on, world } = service;
    const reading = { id: '1', account, on, activeUsers: 7 };
    await post(service, [reading]);
    expect((await post(service, [reading])).json).toMatchObject({ accepted: 0, known: 1 });
    await world.sync();
    expect((await post(service, [{ ...reading, account: account.slice(0, 15) }])).json).toMatchObject({
      known: 1,
    });
    expect((await post(service, [{ ...reading, activeUsers: 8 }])).json).toMatchObject({ accepted: 1 });
    await world.sync();
    const rows = (await world.state.assessments.bundle(account))?.rows.usage ?? [];
    expect(rows.map(({ values }) => values.activeUsers)).toEqual([8]);
  });

  it('keeps ids of two sources apart', async () => {
    const service = await aService();
    const { account, on, world } = service;
    const reading = { id: '1', account, on, activeUsers: 7 };
    await post(service, [reading]);
    expect((await post(service, [reading], 'admin')).json).toMatchObject({ accepted: 1, known: 0 });
    expect(await world.inbox.count()).toBe(2);
  });

  it('refuses each reading that is wrong by itself, with a reason, and takes the others', async () => {
    const service = await aService();
    const { account, on, world } = service;
    const { json, status } = await post(service, [
      { id: 'good', account, on, activeUsers: 7 },
      { id: 'keys', account, on, unheardOf: 1 },
      { id: 'not-mapped', account, on, errors: 1 },
      { id: 'type', account, on, count: '3' },
      { id: 'range', account, on, count: -1 },
      { id: 'day', account, on: '2026-02-30', count: 1 },
      { id: 'future', account, on: '2026-03-04', count: 1 },
      { id: 'old', account, on: '2020-01-01', count: 1 },
      { id: 'case', account: `${account.slice(0, 15)}BBB`, on, count: 1 },
      { account, on, count: 1 },
      { id: 'a\u0000b', account, on, count: 1 },
      null,
      [],
    ]);
    expect(status).toBe(200);
    expect(json).toMatchObject({ accepted: 1, known: 0, refused: 12 });
    const reasons = json.readings.map(({ reason }: { reason?: string }) => reason ?? '-');
    expect(reasons).toMatchObject([
      '-',
      expect.stringContaining('unheardOf'),
      'errors: it is not taken in here; name it under sentUsage in mappings/salesforce.yaml.',
      expect.stringMatching(/^count: /),
      expect.stringMatching(/^count: /),
      'on: it is no day of the calendar.',
      'on: 2026-03-04 is still to come.',
      'on: 2020-01-01 is longer ago than the 400 days that usage is kept.',
      'account: its last three characters do not fit the others.',
      expect.stringMatching(/^id: /),
      'id: no control characters',
      expect.stringMatching(/./),
      expect.stringMatching(/./),
    ]);
    expect(await world.inbox.count()).toBe(1);
  });

  it('says where to name what is sent, when nothing is', async () => {
    const service = await aService(NOT_SENT);
    const { account, on } = service;
    const { json } = await post(service, [{ id: '1', account, on, activeUsers: 7 }]);
    expect(json.readings[0].reason).toBe(
      'No usage is taken in here: name what is sent under sentUsage in mappings/salesforce.yaml.',
    );
  });

  it('refuses a token that may only read, no readings, too many, and too much', async () => {
    const service = await aService();
    const { account, on } = service;
    const reading = { id: '1', account, on, count: 1 };
    expect((await post(service, [reading], 'read')).status).toBe(403);
    expect((await post(service, [])).status).toBe(400);
    expect(
      (
        await post(
          service,
          Array.from({ length: 1_001 }, () => reading),
        )
      ).status,
    ).toBe(400);
    expect((await post(service, [{ ...reading, feature: 'x'.repeat(2_000_000) }])).status).toBe(413);
  });

  it('says when to send again while the inbox is full, and stores nothing of it', async () => {
    const service = await aService();
    const { account, on, world } = service;
    const clock = { now: world.tools.clock.now, sleep: async () => {} };
    const small = gatheredUsage(world.inbox, clock, { waiting: 1, inHand: 10 });
    const desk = deskOf(world);
    const app = await runningApp({ ...desk, store: { ...desk.store, usage: small } });
    const send = (id: string) =>
      app.ask('POST', '/v1/usage', { scope: 'usage', body: { readings: [{ id, account, on, count: 1 }] } });
    try {
      expect((await send('1')).status).toBe(200);
      world.pass(1);
      const refused = await send('2');
      expect(refused).toMatchObject({ status: 503, json: { code: 'USAGE_INBOX_FULL' } });
      expect(refused.headers.get('retry-after')).toBe('30');
      expect(await world.inbox.count()).toBe(1);
    } finally {
      await app.stop();
    }
  });
});
