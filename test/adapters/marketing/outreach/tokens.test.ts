import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OutreachOptions } from '../../../../src/adapters/marketing/outreach/index.js';
import type { MarketingTool } from '../../../../src/ports/marketing.js';
import type { OutreachServer } from '../../../../src/sandbox/outreach/start.js';
import { anOrg, setFaults } from '../../../sandbox/outreach/outreach-org.js';
import { aTool, errorOf, type SleepingClock, sleepingClock } from './outreach-tool.js';

const TWO_HOURS_MS = 7_200_000;
const MINUTE_MS = 60_000;

let org: OutreachServer;
let clock: SleepingClock;
let kept: string[];

beforeEach(async () => {
  org = await anOrg();
  clock = sleepingClock(org.clock);
  kept = [];
});
afterEach(() => org.close());

function authorised(more: object = {}): OutreachOptions['auth'] {
  const { clientId, clientSecret, refreshToken } = org.credentials;
  const onRotated = async (token: string): Promise<void> => void kept.push(token);
  return { kind: 'refresh-token', clientId, clientSecret, refreshToken, onRotated, ...more };
}

function refreshed(more: object = {}): MarketingTool {
  return aTool(org, { auth: authorised(more), clock });
}

const rotated = (nth: number): string => `sandbox-refresh-7-${nth}`;

describe('access tokens', () => {
  it('are minted once for all who ask at the same time, and kept', async () => {
    const tool = refreshed();
    await Promise.all([tool.identity(), tool.identity(), tool.identity()]);
    await tool.identity();
    expect(tool.calls()).toEqual({ 'mailboxes-list': 4, token: 1 });
    expect(kept).toEqual([rotated(1)]);
  });

  it('are renewed a minute before they end, by the token that was handed out last', async () => {
    const tool = refreshed();
    await tool.identity();
    org.clock.advance(TWO_HOURS_MS - MINUTE_MS - 1);
    await tool.identity();
    expect(kept).toEqual([rotated(1)]);
    org.clock.advance(1);
    await tool.identity();
    expect(kept).toEqual([rotated(1), rotated(2)]);
    expect(tool.calls()).toEqual({ 'mailboxes-list': 3, token: 2 });
  });

  it('are not used before the next refresh token is stored, and it is stored before it is used', async () => {
    let broken = true;
    const tool = refreshed({
      onRotated: async (token: string) => {
        if (broken) throw new Error('read-only disk');
        kept.push(token);
      },
    });
    expect(await errorOf(tool.identity())).toMatchObject({
      kind: 'Config',
      code: 'OUTREACH_TOKEN_NOT_STORED',
    });
    expect(tool.calls()).toEqual({ token: 1 });
    broken = false;
    await tool.identity();
    expect(tool.calls()).toEqual({ 'mailboxes-list': 1, token: 1 });
    expect(kept).toEqual([rotated(1)]);
  });

  it('that Outreach refuses early are replaced, once, and not within the minute', async () => {
    const tool = refreshed();
    await tool.identity();
    org.clock.advance(20_000);
    await setFaults(org, { kind: 'expire-session', times: 1 });
    await tool.identity();
    expect(clock.slept).toEqual([40_000]);
    expect(tool.calls()).toEqual({ 'mailboxes-list': 3, token: 2 });
    await setFaults(org, { kind: 'expire-session' });
    expect(await errorOf(tool.identity())).toMatchObject({ code: 'OUTREACH_TOKEN_REFUSED' });
    expect(tool.calls().token).toBe(3);
  });

  it('wait out the minute that another process has used up', async () => {
    await refreshed().identity();
    org.clock.advance(15_000);
    const tool = refreshed({ refreshToken: kept[0] });
    await tool.identity();
    expect(clock.slept).toEqual([45_000]);
    expect(tool.calls()).toEqual({ 'mailboxes-list': 1, token: 2 });
  });

  it('given directly are not renewed', async () => {
    const tool = aTool(org, { auth: { kind: 'token', accessToken: 'stranger' }, clock });
    const error = await errorOf(tool.identity());
    expect(error).toMatchObject({ kind: 'Authentication', code: 'OUTREACH_TOKEN_REFUSED', retryable: false });
    expect(tool.calls()).toEqual({ 'mailboxes-list': 1 });
  });
});

describe('a login that fails', () => {
  it('says that the refresh token was used up', async () => {
    await refreshed().identity();
    org.clock.advance(MINUTE_MS);
    const error = await errorOf(refreshed().identity());
    expect(error).toMatchObject({ kind: 'Authentication', code: 'OUTREACH_REFRESH_TOKEN_REFUSED' });
    expect(error.actions[0]).toContain('TRUENORTH_OUTREACH_REFRESH_TOKEN_FILE');
  });

  it('says that the application is unknown, and no secret', async () => {
    const error = await errorOf(refreshed({ clientSecret: 'canary' }).identity());
    expect(error).toMatchObject({ kind: 'Authentication', code: 'OUTREACH_CLIENT_REFUSED' });
    expect(JSON.stringify([error.message, error.actions])).not.toContain('canary');
  });

  it('does not ask again when the answer was lost: the token may be used up', async () => {
    await setFaults(org, { kind: 'reset', afterBytes: 0, times: 1, match: 'oauth' });
    const tool = aTool(org, { auth: authorised(), clock, limits: { attempts: 1 } });
    expect(await errorOf(tool.identity())).toMatchObject({ code: 'OUTREACH_CONNECTION_LOST' });
    expect(tool.calls()).toEqual({ token: 1 });
  });
});
