import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqlServiceStore } from '../../../src/adapters/state/sql/service/index.js';
import type { JobToDo } from '../../../src/ports/job-queue.js';
import { noteFeedStatus } from '../../../src/service/changes/feed-note.js';
import { deskOf, type RunningApp, runningApp } from '../../support/service/running-app.js';
import { SILENT } from '../../support/silent-log.js';
import { settingsWith } from '../../support/world/settings.js';
import { anAccount, aWorld, type World } from '../../support/world/world.js';

let world: World;
let app: RunningApp;

beforeEach(async () => {
  world = aWorld({ settings: settingsWith({}, 'enabled: true\n') });
  anAccount(world, { Name: 'Very Secret Name' });
  await world.sync();
  const store = await openSqlServiceStore({ kind: 'sqlite', file: ':memory:' }, SILENT);
  app = await runningApp({ ...deskOf(world), store });
});
afterEach(() => app.stop());

describe('the probes', () => {
  it('say that the process lives, and that all that it needs answers', async () => {
    const alive = await app.ask('GET', '/healthz', { scope: null });
    expect([alive.status, alive.json]).toEqual([200, { status: 'alive' }]);
    const ready = await app.ask('GET', '/readyz', { scope: null });
    expect([ready.status, ready.json.ready]).toEqual([200, true]);
    const parts = ready.json.orgs[0].parts.map(({ part }: { part: string }) => part);
    expect(parts).toEqual(['state', 'store', 'queue', 'engine']);
  });

  it('say which part does not answer, and why', async () => {
    world.pass(1);
    await app.desk.store.close();
    const { status, json } = await app.ask('GET', '/readyz', { scope: null });
    expect([status, json.ready]).toEqual([503, false]);
    const reasons = json.orgs[0].parts.map(({ ready, reason }: { ready: boolean; reason: string }) => [
      ready,
      reason,
    ]);
    expect(reasons).toEqual([
      [true, null],
      [false, expect.stringMatching(/^STATE_/)],
      [true, null],
      [false, expect.stringMatching(/^NO_ENGINE: No engine was heard of for 86400 seconds/)],
    ]);
    expect((await app.ask('GET', '/healthz', { scope: null })).status).toBe(200);
  });
});

describe('a state that does not answer', () => {
  it('is told without where it lies: whoever asks has shown no token by then', async () => {
    await app.ask('GET', '/v1/accounts');
    await app.desk.store.close();
    const { status, json } = await app.ask('GET', '/v1/accounts');
    expect(status).toBeGreaterThanOrEqual(400);
    expect(json.code).toMatch(/^STATE_/);
    expect(JSON.stringify([json.detail, json.actions])).not.toMatch(/:memory:|DATABASE_URL|database/i);
  });
});

describe('the metrics', () => {
  it('count runs, jobs and requests by route, and name no customer', async () => {
    const job: JobToDo = { name: 'run', id: 'j1', payload: {}, delayMs: 0, priority: 1, trace: 't' };
    await app.desk.queue.add(job);
    await noteFeedStatus(world.state.notes, { state: 'silent', sentence: 'Nothing came.', lastHeardAt: 0 });
    await app.ask('GET', '/v1/accounts/001000000000009AAA');
    await app.ask('GET', '/v1/accounts/001000000000008AAA');
    await app.ask('GET', '/wp-login.php');
    const { status, text, headers } = await app.ask('GET', '/metrics', { scope: null });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('text/plain');
    expect(text).toContain('truenorth_runs{org="world",status="done"} 1');
    expect(text).toContain('truenorth_queue_jobs{org="world",state="waiting"} 1');
    expect(text).toContain('truenorth_last_run_items{org="world",status="written"}');
    expect(text).toContain(
      'truenorth_http_request_seconds_count{method="GET",route="/accounts/{id}",status="404"} 2',
    );
    expect(text).toContain('route="none",status="404"');
    expect(text).toContain('truenorth_change_feed{org="world",state="silent"} 1');
    expect(text).toContain('truenorth_change_feed{org="world",state="live"} 0');
    expect((await app.ask('GET', '/v1/system')).json.feed).toEqual({
      state: 'silent',
      sentence: 'Nothing came.',
      lastHeardAt: '1970-01-01T00:00:00.000Z',
    });
    expect(text).toContain('nodejs_eventloop_lag_seconds');
    expect(text).not.toMatch(/Secret|001000|wp-login|run-1/);
  });

  it('are told to this machine alone, and to tokens that may read', async () => {
    const proxied = { 'X-Forwarded-For': '192.0.2.1' };
    expect((await app.ask('GET', '/metrics', { scope: null, headers: proxied })).status).toBe(401);
    expect((await app.ask('GET', '/metrics', { scope: 'usage', headers: proxied })).status).toBe(403);
    expect((await app.ask('GET', '/metrics', { scope: 'read', headers: proxied })).status).toBe(200);
  });
});
