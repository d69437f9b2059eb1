import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OutreachServer, OutreachStart } from '../../../../src/sandbox/outreach/start.js';
import { aPerson } from '../../../contracts/marketing-tool.js';
import { anOrg, setFaults } from '../../../sandbox/outreach/outreach-org.js';
import { SILENT } from '../../../support/silent-log.js';
import { aTool, errorOf, type SleepingClock, sleepingClock } from './outreach-tool.js';

let org: OutreachServer;
let clock: SleepingClock;

beforeEach(() => open());
afterEach(() => org.close());

async function open(start: Partial<OutreachStart> = {}): Promise<void> {
  await org?.close();
  org = await anOrg(start);
  clock = sleepingClock(org.clock);
}

describe('identity', () => {
  it('names the host and how many can send, and is no production on this machine', async () => {
    const { account, production } = await aTool(org).identity();
    expect(account).toBe(`Outreach at 127.0.0.1:${org.port} with 2 mailboxes`);
    expect(production).toBe(false);
  });
});

describe('a failing call', () => {
  it('names the missing scope', async () => {
    await open({ withoutScopes: ['prospects.read'] });
    const error = await errorOf(aTool(org).consent([aPerson('ada@example.org')]));
    expect(error).toMatchObject({ kind: 'Authorization', code: 'OUTREACH_SCOPE_MISSING' });
    expect(error.actions[0]).toContain('prospects.read');
  });

  it('waits until the moment at which the hourly limit starts anew', async () => {
    await open({ hourlyRequests: 2 });
    org.clock.advance(40 * 60_000);
    const tool = aTool(org, { clock });
    for (let call = 0; call < 3; call += 1) await tool.identity();
    expect(clock.slept).toEqual([20 * 60_000]);
    expect(tool.calls()).toEqual({ 'mailboxes-list': 4 });
  });

  it('takes a proxy’s Retry-After for seconds', async () => {
    await setFaults(org, { kind: 'status', status: 503, headers: { 'Retry-After': '7' }, times: 1 });
    await aTool(org, { clock }).identity();
    expect(clock.slept).toEqual([7_000]);
  });

  it('does not wait longer than an hour', async () => {
    const tomorrow = Math.floor(org.clock.now() / 1_000) + 86_400;
    await setFaults(org, { kind: 'status', status: 429, headers: { 'Retry-After': String(tomorrow) } });
    expect(await errorOf(aTool(org, { clock }).identity())).toMatchObject({
      kind: 'RateLimited',
      code: 'OUTREACH_RATE_LIMIT',
      retryAfterMs: 86_400_000,
    });
    expect(clock.slept).toEqual([]);
  });

  it('gives up, and says so in the log, on an hourly limit that never starts anew', async () => {
    const warned: unknown[] = [];
    const log = { ...SILENT, warn: (...said: readonly unknown[]) => void warned.push(said) };
    await setFaults(org, { kind: 'status', status: 429, headers: { 'Retry-After': '1500' } });
    const tool = aTool(org, { clock, log });
    expect(await errorOf(tool.identity())).toMatchObject({
      kind: 'RateLimited',
      code: 'OUTREACH_RATE_LIMIT',
    });
    expect(clock.slept).toEqual([1_500_000, 1_500_000]);
    const told = { provider: 'outreach', operation: 'mailboxes-list', code: 'OUTREACH_RATE_LIMIT' };
    expect(warned).toEqual([
      ['vendor asks to wait', { ...told, waitMs: 1_500_000 }],
      ['vendor asks to wait', { ...told, waitMs: 1_500_000 }],
      ['vendor call given up', { ...told, attempts: 3, waitedMs: 3_000_000 }],
    ]);
  });

  it('takes longer breaks from a server in trouble and gives up in the end', async () => {
    await setFaults(org, { kind: 'status', status: 502 });
    const tool = aTool(org, { clock, limits: { attempts: 4 } });
    expect(await errorOf(tool.identity())).toMatchObject({ kind: 'Transient', code: 'OUTREACH_UNAVAILABLE' });
    expect(clock.slept).toEqual([400, 800, 1_600]);
    expect(tool.calls()).toEqual({ 'mailboxes-list': 4 });
  });

  it('is tried again when the connection breaks, before or within the answer', async () => {
    await setFaults(org, { kind: 'reset', times: 1 }, { kind: 'reset', afterBytes: 5, times: 1 });
    const tool = aTool(org, { clock });
    await tool.identity();
    expect(tool.calls()).toEqual({ 'mailboxes-list': 3 });
  });

  it('ends by our own timeout', async () => {
    await setFaults(org, { kind: 'latency', ms: 300 });
    const tool = aTool(org, { clock, limits: { timeoutMs: 20, attempts: 1 } });
    expect(await errorOf(tool.identity())).toMatchObject({ code: 'OUTREACH_TIMEOUT', retryable: true });
  });

  it('says that nobody listens there', async () => {
    const baseUrl = org.url();
    await org.close();
    const tool = aTool(org, { baseUrl, clock, limits: { attempts: 1 } });
    expect(await errorOf(tool.identity())).toMatchObject({ code: 'OUTREACH_UNREACHABLE', retryable: true });
  });

  it('tells a stranger that answers in Outreach’s place', async () => {
    const body = { data: 'a page of somebody else' };
    await setFaults(org, { kind: 'status', status: 200, body });
    expect(await errorOf(aTool(org).consent([aPerson('ada@example.org')]))).toMatchObject({
      code: 'OUTREACH_UNEXPECTED_ANSWER',
      retryable: false,
    });
  });

  it('follows no redirect with its token', async () => {
    const headers = { location: `${org.url()}/__sandbox/calls` };
    await setFaults(org, { kind: 'status', status: 307, headers });
    const tool = aTool(org, { clock, limits: { attempts: 1 } });
    expect(await errorOf(tool.identity())).toMatchObject({ code: 'OUTREACH_CONNECTION_LOST' });
  });
});

describe('the requests of an hour', () => {
  it('are ours to a part only: the next one waits until the first is an hour old', async () => {
    const tool = aTool(org, { clock, limits: { hourly: 2 } });
    await tool.identity();
    org.clock.advance(60_000);
    await tool.identity();
    await tool.identity();
    await tool.identity();
    expect(clock.slept).toEqual([59 * 60_000, 60_000]);
  });
});
