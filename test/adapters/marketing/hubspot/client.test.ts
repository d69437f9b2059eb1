import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Clock } from '../../../../src/ports/clock.js';
import type { HubspotServer } from '../../../../src/sandbox/hubspot/start.js';
import { aPerson, channelOf } from '../../../contracts/marketing-tool.js';
import { aPortal, setFaults } from '../../../support/hubspot-portal.js';
import { aTool, baseContacts, errorOf, sleepingClock } from '../../../support/hubspot-tool.js';

let portal: HubspotServer;
let clock: Clock & { readonly slept: number[] };

beforeEach(async () => {
  portal = await aPortal({ contacts: baseContacts([{ email: 'ada@example.org' }]) });
  clock = sleepingClock(portal.clock);
});
afterEach(() => portal.close());

describe('identity', () => {
  it('names the account and says that a test account is no production', async () => {
    const { account, production } = await aTool(portal).identity();
    expect(account).toBe(`HubSpot account ${portal.portal.portalId} (developer test)`);
    expect(production).toBe(false);
  });
});

describe('a failing call', () => {
  it('says what to do about a refused token, and is not tried again', async () => {
    const tool = aTool(portal, { accessToken: 'pat-na1-other', clock });
    const error = await errorOf(tool.identity());
    expect(error).toMatchObject({ kind: 'Authentication', code: 'HUBSPOT_TOKEN_REFUSED', retryable: false });
    expect(error.actions[0]).toContain('Service Keys');
    expect(tool.calls()).toEqual({ account: 1 });
  });

  it('names the missing scope', async () => {
    await portal.close();
    portal = await aPortal({ withoutScopes: ['crm.lists.read'] });
    const error = await errorOf(channelOf(aTool(portal), 'hubspot-list').exists('Any'));
    expect(error).toMatchObject({ kind: 'Authorization', code: 'HUBSPOT_SCOPE_MISSING' });
    expect(error.actions[0]).toContain('crm.lists.read');
  });

  it('waits out the burst limit as long as HubSpot counts', async () => {
    await portal.close();
    portal = await aPortal({ limits: { burst: 3 } });
    clock = sleepingClock(portal.clock);
    const tool = aTool(portal, { clock });
    for (let call = 0; call < 4; call += 1) await tool.identity();
    expect(clock.slept).toEqual([10_000]);
    expect(tool.calls()).toEqual({ account: 5 });
  });

  it('does not wait for a new day', async () => {
    await portal.close();
    portal = await aPortal({ limits: { daily: 1 } });
    const tool = aTool(portal, { clock });
    await tool.identity();
    expect(await errorOf(tool.identity())).toMatchObject({
      kind: 'RateLimited',
      code: 'HUBSPOT_DAILY_LIMIT',
      retryable: false,
    });
    expect(clock.slept).toEqual([]);
  });

  it('waits two seconds for a lock', async () => {
    await setFaults(portal, { kind: 'lock-row', times: 1 });
    await aTool(portal, { clock }).identity();
    expect(clock.slept).toEqual([2_000]);
  });

  it('takes longer breaks from a server in trouble and gives up in the end', async () => {
    await setFaults(portal, { kind: 'status', status: 503 });
    const tool = aTool(portal, { clock, limits: { attempts: 4 } });
    expect(await errorOf(tool.identity())).toMatchObject({ kind: 'Transient', code: 'HUBSPOT_UNAVAILABLE' });
    expect(clock.slept).toEqual([400, 800, 1_600]);
    expect(tool.calls()).toEqual({ account: 4 });
  });

  it('is tried again when the connection breaks, before or within the answer', async () => {
    await setFaults(portal, { kind: 'reset', times: 1 }, { kind: 'reset', afterBytes: 5, times: 1 });
    const tool = aTool(portal, { clock });
    await tool.identity();
    expect(tool.calls()).toEqual({ account: 3 });
  });

  it('ends by our own timeout, since the client has none', async () => {
    await setFaults(portal, { kind: 'latency', ms: 300 });
    const tool = aTool(portal, { clock, limits: { timeoutMs: 20, attempts: 1 } });
    expect(await errorOf(tool.identity())).toMatchObject({ code: 'HUBSPOT_TIMEOUT', retryable: true });
  });

  it('says that nobody listens there', async () => {
    const url = portal.url();
    await portal.close();
    const tool = aTool(portal, { baseUrl: url, clock, limits: { attempts: 1 } });
    expect(await errorOf(tool.identity())).toMatchObject({ code: 'HUBSPOT_UNREACHABLE', retryable: true });
  });

  it('tells a stranger that answers in HubSpot’s place', async () => {
    const tool = aTool(portal, { baseUrl: `${portal.url()}/__sandbox/calls?`, clock });
    expect(await errorOf(tool.identity())).toMatchObject({
      code: 'HUBSPOT_UNEXPECTED_ANSWER',
      retryable: false,
    });
  });
});

describe('consent', () => {
  it('is unknown, and nothing worse, while HubSpot can’t be read', async () => {
    await setFaults(portal, { kind: 'status', status: 502, match: 'batch/read' });
    const readings = await aTool(portal, { clock }).consent([aPerson('ada@example.org')]);
    expect(readings).toMatchObject([
      {
        recordId: null,
        optedOut: null,
        bounced: null,
        inSequence: null,
        marketable: null,
        lastMailedAt: null,
      },
    ]);
  });

  it('costs two reads for a hundred strangers and one for a hundred stamped contacts', async () => {
    const tool = aTool(portal, { clock });
    const stamp = {
      object: 'contacts',
      name: 'sf_contact_id',
      label: 'Id',
      type: 'string',
      unique: true,
    } as const;
    await tool.createProperties([stamp]);
    const persons = Array.from({ length: 100 }, (_, index) => aPerson(`p${index}@example.org`));
    await tool.consent(persons);
    const before = tool.calls()['contacts-batch-read'] ?? 0;
    await tool.upsert(persons.map((person) => ({ ...person, recordId: null, properties: {} })));
    await tool.consent(persons);
    expect([before, (tool.calls()['contacts-batch-read'] ?? 0) - before]).toEqual([2, 1]);
  });
});
