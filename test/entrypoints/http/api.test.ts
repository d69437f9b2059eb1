import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ENDPOINTS } from '../../../src/entrypoints/http/api/index.js';
import { trialJob } from '../../../src/service/jobs/trial.js';
import { heedAsks } from '../../../src/sync/asks.js';
import { approvedKinds } from '../../../src/sync/brakes.js';
import { deskOf, type RunningApp, runningApp } from '../../support/service/running-app.js';
import { SILENT } from '../../support/silent-log.js';
import { healthByCases } from '../../support/world/health.js';
import { settingsWith } from '../../support/world/settings.js';
import { aContact, anAccount, aWorld, openCases, type World } from '../../support/world/world.js';

const PLAYBOOK = `
label: Surge
priority: 50
trigger: { when: 'cases.open > 2', onFirstSight: fire }
audience: { roles: [user], maxPersons: 3 }
steps:
  - { id: hello, day: 1, channel: hubspot-list, target: Surge }
  - { id: call, day: 1, channel: salesforce-task, task: { subject: Call, description: Call them., dueIn: 2 } }
`;

let world: World;
let app: RunningApp;
let busy: string;
let calm: string;

beforeAll(async () => {
  const settings = settingsWith({ surge: PLAYBOOK }, 'enabled: true\n', {
    'config/health.yaml': healthByCases(10),
  });
  world = aWorld({ settings });
  busy = anAccount(world, { Name: 'Busy <b>&amp; Co' });
  calm = anAccount(world, { Name: 'Calm' });
  aContact(world, busy, { Email: 'ann@busy.example' });
  openCases(world, busy, 9);
  await world.sync();
  app = await runningApp(deskOf(world));
});
afterAll(() => app.stop());

describe('accounts over the API', () => {
  it('are listed by band, tier and name, in pages', async () => {
    const all = await app.ask('GET', '/v1/accounts?limit=1');
    expect(all.status).toBe(200);
    expect(all.json).toMatchObject({ total: 2, accounts: [{ account: busy }] });
    const rest = await app.ask('GET', `/v1/accounts?limit=1&cursor=${all.json.next}`);
    expect(rest.json).toMatchObject({ accounts: [{ account: calm, band: 'healthy' }], next: null });
    const risky = await app.ask('GET', '/v1/accounts?band=risk');
    expect(risky.json.accounts.map(({ account }: { account: string }) => account)).toEqual([busy]);
    expect((await app.ask('GET', '/v1/accounts?search=cal')).json.total).toBe(1);
    expect((await app.ask('GET', '/v1/accounts?tier=nowhere')).json.total).toBe(0);
  });

  it('are taken apart by either form of their id', async () => {
    const { status, json } = await app.ask('GET', `/v1/accounts/${busy}`);
    expect(status).toBe(200);
    expect(json).toMatchObject({ account: { id: busy, name: 'Busy <b>&amp; Co' }, band: 'risk' });
    const lost = json.pointsLost.reduce((sum: number, line: { points: number }) => sum + line.points, 0);
    expect(json.score + lost).toBe(100);
    expect((await app.ask('GET', `/v1/accounts/${busy.slice(0, 15)}`)).json.account.id).toBe(busy);
  });

  it('tell what was decided and done, latest first, page by page', async () => {
    const whole = await app.ask('GET', `/v1/accounts/${busy}/timeline`);
    const kinds = whole.json.happenings.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['assessed', 'begun', 'enrolled', 'task']));
    const pages: unknown[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const { json } = await app.ask(
        'GET',
        `/v1/accounts/${busy}/timeline?limit=2${next && `&cursor=${next}`}`,
      );
      pages.push(...json.happenings);
      next = json.next;
    }
    expect(pages).toEqual(whole.json.happenings);
  });

  it('that nobody knows are answered with what to do', async () => {
    const { status, json } = await app.ask('GET', '/v1/accounts/001000000000009AAA');
    expect(status).toBe(404);
    expect(json).toMatchObject({
      code: 'ACCOUNT_NOT_FOUND',
      type: 'urn:truenorth:problem:account-not-found',
    });
    expect(json.actions.length).toBeGreaterThan(0);
  });
});

describe('runs over the API', () => {
  it('are listed, shown with their plan, and told in full', async () => {
    const { json } = await app.ask('GET', '/v1/runs');
    expect(json.runs).toMatchObject([{ id: 'run-1', status: 'done', apply: true }]);
    const one = await app.ask('GET', '/v1/runs/run-1');
    expect(one.json.plan).toContainEqual({ kind: 'field', status: 'done', count: 2 });
    const report = await app.ask('GET', '/v1/runs/run-1/report');
    expect(report.json).toMatchObject({ run: 'run-1', changes: one.json.changes });
    expect((await app.ask('GET', '/v1/runs/run-9')).status).toBe(404);
  });

  it('show their plan difference by difference', async () => {
    const { json } = await app.ask('GET', '/v1/runs/run-1/plan?kind=field&limit=1');
    expect(json.items).toMatchObject([{ kind: 'field', status: 'done', account: busy }]);
    expect(json.items[0].changes).toContainEqual({ field: 'Truenorth_Band__c', from: null, to: 'risk' });
    const more = await app.ask('GET', `/v1/runs/run-1/plan?kind=field&limit=1&cursor=${json.next}`);
    expect(more.json.items).toMatchObject([{ account: calm }]);
    const enrolled = await app.ask('GET', '/v1/runs/run-1/plan?kind=enrolment');
    expect(enrolled.json.items.map(({ step }: { step: string }) => step).sort()).toEqual(['call', 'hello']);
  });

  it('are asked for, and who asked is written down', async () => {
    await app.tokenOf('admin');
    const { status, json } = await app.ask('POST', '/v1/runs', { scope: 'write', body: { kind: 'plan' } });
    expect(status).toBe(202);
    expect((await app.desk.queue.counts()).waiting).toBe(1);
    const audit = await app.ask('GET', '/v1/audit?limit=1', { scope: 'admin' });
    expect(audit.json.entries).toMatchObject([{ what: 'start plan', subject: json.id }]);
    expect(audit.json.entries[0].who).toMatch(/^token:[0-9a-f]{12}$/);
  });

  it('that no brake holds back are not approved', async () => {
    const { status, json } = await app.ask('POST', '/v1/runs/run-1/approve', { scope: 'write' });
    expect([status, json.code]).toEqual([409, 'NOT_HELD_BACK']);
  });
});

describe('a run that is under way', () => {
  const post = (path: string) => app.ask('POST', path, { scope: 'write' });

  it('is paused, goes on, and is cancelled', async () => {
    const [latest] = await world.state.runs.list(1);
    if (latest === undefined) throw new Error('there is a run');
    const live = { ...latest, id: 'live', status: 'running' as const, finishedAt: null, report: null };
    await world.state.runs.save({ ...live, startedAt: live.startedAt + 1 });
    expect((await post('/v1/runs/live/pause')).json).toEqual({ id: 'live', status: 'running' });
    await expect(heedAsks(world.state, 'live')).rejects.toMatchObject({ code: 'RUN_PAUSED' });
    await world.state.runs.save({ ...live, status: 'paused' });
    const before = (await app.desk.queue.counts()).waiting;
    expect((await post('/v1/runs/live/resume')).status).toBe(202);
    expect((await app.desk.queue.counts()).waiting).toBe(before + 1);
    await heedAsks(world.state, 'live');
    expect((await post('/v1/runs/live/cancel')).json).toEqual({ id: 'live', status: 'cancelled' });
    for (const verb of ['pause', 'resume', 'cancel'])
      expect((await post(`/v1/runs/live/${verb}`)).json).toMatchObject({
        status: 409,
        code: 'RUN_NOT_RUNNING',
      });
    expect((await post('/v1/runs/none/pause')).status).toBe(404);
    const audit = await app.ask('GET', '/v1/audit?limit=3', { scope: 'admin' });
    expect(audit.json.entries.map(({ what }: { what: string }) => what)).toEqual([
      'cancel run',
      'resume run',
      'pause run',
    ]);
  });
});

describe('playbooks and controls over the API', () => {
  it('are listed with what runs, and shown with steps and episodes', async () => {
    const { json } = await app.ask('GET', '/v1/playbooks');
    expect(json.playbooks).toMatchObject([{ id: 'surge', running: 1, paused: null }]);
    const one = await app.ask('GET', '/v1/playbooks/surge');
    expect(one.json).toMatchObject({
      steps: [{ id: 'hello' }, { id: 'call' }],
      episodes: [{ account: busy }],
    });
    expect((await app.ask('GET', '/v1/playbooks/none')).status).toBe(404);
  });

  it('are paused and resumed', async () => {
    const paused = await app.ask('POST', '/v1/playbooks/surge/pause', { scope: 'write' });
    expect(paused.json.paused.playbooks).toEqual(['surge']);
    expect((await app.ask('GET', '/v1/playbooks/surge')).json.paused).toContain('surge');
    await app.ask('POST', '/v1/controls/pause', { scope: 'write', body: { channel: 'webhook' } });
    await app.ask('POST', '/v1/playbooks/surge/resume', { scope: 'write' });
    const { json } = await app.ask('GET', '/v1/controls');
    expect(json.paused).toEqual({ all: false, fields: false, playbooks: [], channels: ['webhook'] });
    const nothing = await app.ask('POST', '/v1/controls/pause', { scope: 'write', body: {} });
    expect([nothing.status, nothing.json.code]).toEqual([400, 'NOTHING_NAMED']);
  });
});

describe('a playbook that is tried over the API', () => {
  it('is tried by an engine, and the trial is told once it is made', async () => {
    const { status, json } = await app.ask('POST', '/v1/playbooks/surge/try', { scope: 'write' });
    expect(status).toBe(202);
    const look = () => app.ask('GET', `/v1/trials/${json.id}`);
    expect((await look()).json).toMatchObject({ state: 'waiting', playbook: 'surge', result: null });
    const job = { name: 'trial', id: 'j', payload: { id: json.id }, attempt: 1, trace: 't' } as const;
    const parts = { state: world.state, tools: async () => world.tools, log: SILENT };
    await trialJob(parts)(job, new AbortController().signal);
    const done = await look();
    expect(done.json).toMatchObject({ state: 'done', trouble: null, result: { playbook: 'surge' } });
    expect(done.json.result.accounts).toMatchObject({ read: 2, begin: 1 });
    const shape = ENDPOINTS.find(({ path }) => path === '/trials/{id}')?.shapes.answer;
    expect(shape?.safeParse(done.json).error).toBeUndefined();
    expect((await app.ask('POST', '/v1/playbooks/none/try', { scope: 'write' })).status).toBe(404);
    expect((await app.ask('GET', '/v1/trials/000000000000')).status).toBe(404);
  });
});

describe('dead letters over the API', () => {
  beforeAll(async () => {
    const refusal = { code: 'RULE', message: 'No.', fields: ['A__c'], retryable: false, advice: 'Mend it.' };
    const letter = { run: 'run-1', object: 'Account', content: 'c', refusal, day: world.today() };
    await world.state.deadLetters.add([
      { ...letter, id: 'l1', record: busy, account: busy },
      { ...letter, id: 'l2', record: calm, account: calm },
    ]);
  });

  it('are listed with advice, retried and discarded, once each', async () => {
    const { json } = await app.ask('GET', '/v1/dead-letters');
    expect(json).toMatchObject({
      total: 2,
      letters: [{ code: 'RULE', advice: 'Mend it.' }, { attempts: 1 }],
    });
    const retry = () => app.ask('POST', '/v1/dead-letters/l1/retry', { scope: 'write' });
    expect((await retry()).json).toEqual({ retried: 1, contested: 0 });
    expect((await retry()).status).toBe(404);
    const discard = () => app.ask('DELETE', '/v1/dead-letters/l2', { scope: 'write' });
    expect(await discard()).toMatchObject({ status: 204, text: '' });
    expect((await discard()).status).toBe(404);
    expect((await app.ask('GET', '/v1/dead-letters')).json.total).toBe(0);
  });
});

describe('every answer', () => {
  it('is what the OpenAPI document says', async () => {
    const paths: Readonly<Record<string, string>> = {
      '/accounts/{id}': busy,
      '/accounts/{id}/timeline': busy,
    };
    for (const { method, path, shapes } of ENDPOINTS) {
      if (method !== 'get' || path === '/trials/{id}') continue;
      const id = paths[path] ?? (path.startsWith('/playbooks') ? 'surge' : 'run-1');
      const { status, json } = await app.ask('GET', `/v1${path.replace('{id}', id)}`, { scope: 'admin' });
      expect([path, status]).toEqual([path, 200]);
      expect([path, shapes.answer.safeParse(json).error]).toEqual([path, undefined]);
    }
  });
});

describe('a plan that a brake holds back', () => {
  it('is shown, and approved once for the next run', async () => {
    const held = { status: 'paused' as const, startedAt: world.tools.clock.now() + 10, finishedAt: 1 };
    const [latest] = await world.state.runs.list(1);
    if (latest === undefined) throw new Error('there is a run');
    const brakes = [{ kind: 'tier', sentence: 'The plan changes the tier of 60 accounts, 60 % of all.' }];
    const changes = { fields: 1, records: 1, enrolments: 0, tasks: 0, leaves: 0, crmRecords: 0 };
    const report = { changes, brakes, pausedBecause: 'Tiers.' };
    await world.state.runs.save({ ...latest, ...held, id: 'held', report });
    expect((await app.ask('GET', '/v1/runs/held')).json).toMatchObject({ brakes, why: 'Tiers.' });
    expect((await app.ask('POST', '/v1/runs/run-1/approve', { scope: 'write' })).json.detail).toContain(
      'held does',
    );
    const approved = await app.ask('POST', '/v1/runs/held/approve', { scope: 'write' });
    expect(approved.json).toEqual({ run: 'held', brakes, changes, approved: ['tier'] });
    expect(await approvedKinds(world.state.notes)).toEqual(['tier']);
  });
});
