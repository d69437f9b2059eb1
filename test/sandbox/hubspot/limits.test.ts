import { afterEach, describe, expect, it } from '@jest/globals';
import type { HubspotServer, HubspotStart } from '../../../src/sandbox/hubspot/start.js';
import { aClient, aPortal, NOON, refusalOf, setFaults, TOKEN } from '../../support/hubspot-portal.js';

let portal: HubspotServer;
afterEach(() => portal.close());

async function open(start: Partial<HubspotStart>): Promise<void> {
  portal = await aPortal(start);
}

function get(path: string, token: string = TOKEN): Promise<Response> {
  return fetch(`${portal.url()}${path}`, { headers: { authorization: `Bearer ${token}` } });
}

const DETAILS = '/account-info/v3/details';

describe('the burst limit', () => {
  it('tells how much is left, and refuses in the words that clients look for', async () => {
    await open({ limits: { burst: 2 } });
    const first = await get(DETAILS);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'x-hubspot-ratelimit-max': '2',
      'x-hubspot-ratelimit-remaining': '1',
      'x-hubspot-ratelimit-interval-milliseconds': '10000',
      'x-hubspot-ratelimit-daily-remaining': '624999',
    });
    await get(DETAILS);
    const refusal = await get(DETAILS);
    expect(refusal.status).toBe(429);
    expect(refusal.headers.has('retry-after')).toBe(false);
    expect(await refusal.json()).toMatchObject({
      message: 'You have reached your ten_secondly_rolling limit.',
      errorType: 'RATE_LIMIT',
      policyName: 'TEN_SECONDLY_ROLLING',
    });
  });

  it('rolls: what was used ten seconds ago is free again', async () => {
    await open({ limits: { burst: 1 } });
    await get(DETAILS);
    portal.clock.advance(9_999);
    expect((await get(DETAILS)).status).toBe(429);
    portal.clock.advance(1);
    expect((await get(DETAILS)).status).toBe(200);
  });
});

describe('the daily limit', () => {
  it("starts anew at midnight in the account's time zone", async () => {
    await open({ limits: { daily: 1 }, timeZone: 'Asia/Tokyo' });
    await get(DETAILS);
    expect(await (await get(DETAILS)).json()).toMatchObject({ policyName: 'DAILY' });
    // Noon UTC is 21:00 in Tokyo.
    portal.clock.set(NOON + 3 * 3_600_000 - 1);
    expect((await get(DETAILS)).status).toBe(429);
    portal.clock.set(NOON + 3 * 3_600_000);
    expect((await get(DETAILS)).status).toBe(200);
  });

  it('is reported with its use and its end', async () => {
    await open({ timeZone: 'Europe/Berlin' });
    const answer = await (await get('/account-info/v3/api-usage/daily/private-apps')).json();
    expect(answer).toMatchObject({
      results: [{ usageLimit: 625_000, currentUsage: 1, resetsAt: '2026-03-02T23:00:00.000Z' }],
    });
  });
});

describe('the search limit', () => {
  it('is five a second, exempt from the burst, with headers for the day alone', async () => {
    await open({ limits: { search: 5, burst: 1 } });
    const client = aClient(portal);
    const search = () => client.crm.contacts.searchApi.doSearch({ limit: 1 } as never);
    for (let call = 0; call < 5; call += 1) await search();
    const refusal = await refusalOf(search());
    expect(refusal).toMatchObject({
      code: 429,
      body: { message: 'You have reached your secondly limit.', category: 'RATE_LIMITS' },
    });
    expect(refusal.body).not.toHaveProperty('policyName');
    expect(Object.keys(refusal.headers).filter((name) => name.startsWith('x-hubspot-ratelimit'))).toEqual([
      'x-hubspot-ratelimit-daily',
      'x-hubspot-ratelimit-daily-remaining',
    ]);
    portal.clock.advance(1_000);
    await search();
  });
});

describe('who may call', () => {
  it('shows a token that is known', async () => {
    await open({});
    const refusal = await get(DETAILS, 'pat-na1-other');
    expect(refusal.status).toBe(401);
    expect(await refusal.json()).toMatchObject({
      category: 'INVALID_AUTHENTICATION',
      correlationId: expect.any(String),
    });
  });

  it('was given the scope', async () => {
    await open({ withoutScopes: ['crm.lists.read'] });
    const refusal = await refusalOf(aClient(portal).crm.lists.listsApi.getById('1'));
    expect(refusal).toMatchObject({
      code: 403,
      body: {
        category: 'MISSING_SCOPES',
        errors: [{ context: { requiredGranularScopes: ['crm.lists.read'] } }],
      },
    });
  });

  it('was given it for the kind of record in the path', async () => {
    await open({ withoutScopes: ['crm.objects.companies.read'] });
    const [contacts, companies] = await Promise.all(
      ['contacts', 'companies'].map((kind) => get(`/crm/objects/2026-03/${kind}`)),
    );
    expect([contacts?.status, companies?.status]).toEqual([200, 403]);
  });

  it('is told when the token has expired', async () => {
    await open({});
    await setFaults(portal, { kind: 'expire-session', times: 1 });
    expect(await (await get(DETAILS)).json()).toMatchObject({ category: 'EXPIRED_AUTHENTICATION' });
    expect((await get(DETAILS)).status).toBe(200);
  });
});

describe('calls', () => {
  it('are counted by what they do, whichever version of the path they take', async () => {
    await open({});
    await get('/crm/v3/owners');
    await get('/crm/owners/2026-03?limit=5');
    await get('/automation/sequences/2026-03/enrollments/contact/1');
    const calls = (await (await fetch(`${portal.url()}/__sandbox/calls`)).json()) as { byKind: unknown };
    expect(calls.byKind).toEqual({ owners: 2, 'sequence-state': 1 });
  });

  it('to nowhere are answered 404 with the header that says so', async () => {
    await open({});
    const answer = await get('/crm/v3/nowhere');
    expect([answer.status, answer.headers.get('x-hubspot-notfound')]).toEqual([404, 'true']);
  });

  it('with broken JSON are refused', async () => {
    await open({});
    const answer = await fetch(`${portal.url()}/crm/v3/objects/contacts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: '{"properties":',
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ category: 'VALIDATION_ERROR' });
  });
});
