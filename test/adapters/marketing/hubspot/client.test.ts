import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Clock } from '../../../../src/ports/clock.js';
import { IntegrationError } from '../../../../src/ports/errors.js';
import type { HubspotServer } from '../../../../src/sandbox/hubspot/start.js';
import { aPerson, THE_SENDER } from '../../../contracts/marketing-tool.js';
import { aPortal, setFaults } from '../../../support/hubspot-portal.js';
import { aTool, baseContacts, sleepingClock } from '../../../support/hubspot-tool.js';

let portal: HubspotServer;
let clock: Clock & { readonly slept: number[] };

beforeEach(async () => {
  portal = await aPortal({ contacts: baseContacts([{ email: 'ada@example.org' }]) });
  clock = sleepingClock(portal.clock);
});
afterEach(() => portal.close());

async function errorOf(call: Promise<unknown>): Promise<IntegrationError> {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof IntegrationError))
    throw new Error(`expected an IntegrationError, got ${String(error)}`);
  return error;
}

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
    const error = await errorOf(aTool(portal).list.exists('Any'));
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
    expect(readings).toMatchObject([{ recordId: null, optedOut: null, bounced: null, inSequence: null }]);
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

describe('an enrolment without an answer', () => {
  const lost = { kind: 'reset', afterBytes: 0 } as const;

  async function recordOf(email: string): Promise<string> {
    const [reading] = await aTool(portal).consent([aPerson(email)]);
    return reading?.recordId ?? '';
  }

  it('in a sequence is unclear, sent once, and found by reading back', async () => {
    const tool = aTool(portal, { clock });
    const recordId = await recordOf('ada@example.org');
    await setFaults(portal, { ...lost, match: 'POST /automation' });
    const request = { person: 'p:ada', recordId, senderEmail: THE_SENDER };
    expect(await tool.sequence.enrol('Getting started', [request])).toEqual([
      { person: 'p:ada', outcome: 'unclear' },
    ]);
    expect(tool.calls()['sequence-enrol']).toBe(1);
    expect(await tool.sequence.enrolled('Getting started', [recordId])).toEqual(new Set([recordId]));
  });

  it('in a list is unclear, sent once, and found by reading back', async () => {
    const tool = aTool(portal, { clock });
    const recordId = await recordOf('ada@example.org');
    await tool.list.prepare('Surge');
    await setFaults(portal, { ...lost, match: 'memberships/add' });
    const request = { person: 'p:ada', recordId, senderEmail: THE_SENDER };
    expect(await tool.list.enrol('Surge', [request])).toEqual([{ person: 'p:ada', outcome: 'unclear' }]);
    expect(tool.calls()['list-add']).toBe(1);
    expect(await tool.list.enrolled('Surge', [recordId])).toEqual(new Set([recordId]));
  });

  it('is unclear by a timeout too', async () => {
    const tool = aTool(portal, { clock, limits: { timeoutMs: 150 } });
    const recordId = await recordOf('ada@example.org');
    await tool.list.prepare('Surge');
    await setFaults(portal, { kind: 'latency', ms: 600, match: 'memberships/add' });
    const request = { person: 'p:ada', recordId, senderEmail: THE_SENDER };
    expect(await tool.list.enrol('Surge', [request])).toMatchObject([{ outcome: 'unclear' }]);
  });

  it('is tried again when HubSpot asked for patience, and thrown when it refused the whole call', async () => {
    const recordId = await recordOf('ada@example.org');
    const request = { person: 'p:ada', recordId, senderEmail: THE_SENDER };
    const tool = aTool(portal, { clock });
    await tool.list.prepare('Surge');
    const busy = {
      status: 'error',
      message: 'You have reached your secondly limit.',
      category: 'RATE_LIMITS',
    };
    await setFaults(portal, { kind: 'status', status: 429, body: busy, times: 1, match: 'memberships/add' });
    expect(await tool.list.enrol('Surge', [request])).toMatchObject([{ outcome: 'enrolled' }]);
    expect(clock.slept).toEqual([1_000]);
    await setFaults(portal, { kind: 'expire-session' });
    expect(await errorOf(tool.list.enrol('Surge', [request]))).toMatchObject({ kind: 'Authentication' });
  });
});

describe('a list', () => {
  const request = { person: 'p:ada', recordId: '12', senderEmail: THE_SENDER };

  it('answers in either spelling of HubSpot’s', async () => {
    const tool = aTool(portal, { clock });
    await tool.list.prepare('Surge');
    const body = { recordIdsAdded: ['12'], recordIdsRemoved: [], recordIdsMissing: [] };
    await setFaults(portal, { kind: 'status', status: 200, body, match: 'memberships/add' });
    expect(await tool.list.enrol('Surge', [request])).toEqual([{ person: 'p:ada', outcome: 'enrolled' }]);
  });

  it('that fills itself by a filter is a config error that says so', async () => {
    const filterBranch = { filterBranchType: 'OR', filterBranches: [], filters: [] };
    portal.portal.lists.add(
      { name: 'By filter', objectTypeId: '0-1', processingType: 'DYNAMIC', filterBranch },
      0,
    );
    const error = await errorOf(aTool(portal).list.enrol('By filter', [request]));
    expect(error).toMatchObject({ kind: 'Config', code: 'HUBSPOT_LIST_UNUSABLE' });
  });

  it('takes a thousand at once, and forecasts just that', async () => {
    const tool = aTool(portal, { clock });
    await tool.list.prepare('Surge');
    const requests = Array.from({ length: 2_001 }, (_, index) => ({ ...request, recordId: String(index) }));
    const outcomes = await tool.list.enrol('Surge', requests);
    expect(new Set(outcomes.map((one) => one.outcome))).toEqual(new Set(['refused']));
    expect(tool.calls()['list-add']).toBe(3);
    expect(tool.list.forecastCalls(2_001)).toBe(4);
  });
});

describe('a sender', () => {
  it('enrols no more than HubSpot allows one inbox; the others may be tried the next day', async () => {
    const tool = aTool(portal, { clock, limits: { enrolmentsPerInbox: 1 } });
    const install = {
      object: 'contacts',
      name: 'sf_contact_id',
      label: 'Id',
      type: 'string',
      unique: true,
    } as const;
    await tool.createProperties([install]);
    const made = await tool.upsert(
      ['one@example.org', 'two@example.org'].map((email) => ({
        ...aPerson(email),
        recordId: null,
        properties: {},
      })),
    );
    const requests = made.map((one) => ({
      person: one.person,
      recordId: one.ok ? one.recordId : '',
      senderEmail: THE_SENDER,
    }));
    const outcomes = await tool.sequence.enrol('Getting started', requests);
    expect(outcomes).toMatchObject([
      { outcome: 'enrolled' },
      { outcome: 'refused', refusal: { code: 'SENDER_DAILY_LIMIT', retryable: true } },
    ]);
    portal.clock.advance(86_400_000);
    expect(await tool.sequence.enrol('Getting started', requests.slice(1))).toMatchObject([
      { outcome: 'enrolled' },
    ]);
  });

  it('who fails half-way loses nothing of what was sent before', async () => {
    const tool = aTool(portal, { clock });
    const [ada] = await tool.consent([aPerson('ada@example.org')]);
    const request = { person: 'p:ada', recordId: ada?.recordId ?? '', senderEmail: THE_SENDER };
    await setFaults(portal, { kind: 'expire-session', match: 'contact/12$' });
    const other = { ...request, person: 'p:other', recordId: '12' };
    expect(await tool.sequence.enrol('Getting started', [request, other])).toMatchObject([
      { outcome: 'enrolled' },
      { outcome: 'refused', refusal: { code: 'HUBSPOT_TOKEN_REFUSED', retryable: true } },
    ]);
    expect(await errorOf(tool.sequence.enrol('Getting started', [request, other]))).toMatchObject({
      kind: 'Authentication',
    });
  });

  it('without an address is unknown, not somebody else', async () => {
    const [outcome] = await aTool(portal).sequence.enrol('Getting started', [
      { person: 'p', recordId: '1', senderEmail: '' },
    ]);
    expect(outcome).toMatchObject({ outcome: 'refused', refusal: { code: 'SENDER_UNKNOWN' } });
  });
});
