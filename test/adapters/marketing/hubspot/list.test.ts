import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Channel, EnrolmentRequest, MarketingTool } from '../../../../src/ports/marketing.js';
import type { HubspotServer } from '../../../../src/sandbox/hubspot/start.js';
import { aRequest, channelOf } from '../../../contracts/marketing-tool.js';
import { aPortal, setFaults } from '../../../support/hubspot-portal.js';
import { aTool, baseContacts, errorOf } from '../../../support/hubspot-tool.js';

const MANY = 10_000;

let portal: HubspotServer;
let tool: MarketingTool;
let list: Channel;

beforeEach(async () => {
  const contacts = Array.from({ length: MANY + 1 }, (_, index) => ({ email: `p${index}@example.org` }));
  portal = await aPortal({ contacts: baseContacts(contacts) });
  tool = aTool(portal);
  list = channelOf(tool, 'hubspot-list');
});
afterEach(() => portal.close());

function requestsFor(count: number): readonly EnrolmentRequest[] {
  return [...portal.portal.contacts.rows.scan()].slice(0, count).map(({ id }) => aRequest({ recordId: id }));
}

function outcomesOf(outcomes: readonly { readonly outcome: string }[]): ReadonlySet<string> {
  return new Set(outcomes.map(({ outcome }) => outcome));
}

describe('a list', () => {
  it('takes ten thousand people in one call, lets them out in one, and forecasts just that', async () => {
    await list.prepare('Surge');
    const before = tool.calls();
    const requests = requestsFor(MANY);
    const entered = await list.enrol('Surge', requests);
    expect(entered.map(({ key }) => key)).toEqual(requests.map(({ key }) => key));
    expect(outcomesOf(entered)).toEqual(new Set(['enrolled']));
    expect(outcomesOf(await list.leave('Surge', requests))).toEqual(new Set(['left']));
    expect(tool.calls()).toEqual({ ...before, 'list-add': 1, 'list-remove': 1 });
    expect(list.forecastCalls(MANY)).toBe(2);
  });

  it('takes one more in a second call', async () => {
    await list.prepare('Surge');
    expect(outcomesOf(await list.enrol('Surge', requestsFor(MANY + 1)))).toEqual(new Set(['enrolled']));
    expect(tool.calls()['list-add']).toBe(2);
    expect(list.forecastCalls(MANY + 1)).toBe(3);
  });

  it('keeps what the first call did when the second fails', async () => {
    await list.prepare('Surge');
    await setFaults(portal, { kind: 'status', status: 401, match: 'memberships/add', nth: 2 });
    const outcomes = await list.enrol('Surge', requestsFor(MANY + 1));
    expect(outcomes[0]).toMatchObject({ outcome: 'enrolled' });
    expect(outcomes[MANY]).toMatchObject({ outcome: 'refused', refusal: { retryable: true } });
  });

  it('is found once, and again only when somebody deleted it', async () => {
    const [ada] = requestsFor(1);
    if (ada === undefined) throw new Error('nobody is known');
    await list.prepare('Surge');
    await list.exists('Surge');
    await list.enrol('Surge', [ada]);
    await list.leave('Surge', [ada]);
    expect(tool.calls().lists).toBe(2);
    portal.portal.lists.remove('1');
    expect(await errorOf(list.enrol('Surge', [ada]))).toMatchObject({ code: 'HUBSPOT_NOT_FOUND' });
    expect(await list.exists('Surge')).toBe(false);
  });

  it('sends nobody without a record', async () => {
    await list.prepare('Surge');
    const outcomes = await list.enrol('Surge', [aRequest({ recordId: '' })]);
    expect(outcomes).toMatchObject([{ outcome: 'refused', refusal: { code: 'OBJECT_NOT_FOUND' } }]);
    expect(tool.calls()['list-add']).toBeUndefined();
  });

  it('answers in either spelling of HubSpot’s', async () => {
    await list.prepare('Surge');
    const body = { recordIdsAdded: ['12'], recordIdsRemoved: [], recordIdsMissing: [] };
    await setFaults(portal, { kind: 'status', status: 200, body, match: 'memberships/add' });
    const [outcome] = await list.enrol('Surge', [aRequest({ recordId: '12' })]);
    expect(outcome).toMatchObject({ outcome: 'enrolled' });
  });

  it('that fills itself by a filter is a config error that says so, and lets nobody out', async () => {
    const filterBranch = { filterBranchType: 'OR', filterBranches: [], filters: [] };
    portal.portal.lists.add(
      { name: 'By filter', objectTypeId: '0-1', processingType: 'DYNAMIC', filterBranch },
      0,
    );
    const request = aRequest({ recordId: '12' });
    const error = await errorOf(list.enrol('By filter', [request]));
    expect(error).toMatchObject({ kind: 'Config', code: 'HUBSPOT_LIST_UNUSABLE' });
    expect(await list.leave('By filter', [request])).toEqual([{ key: request.key, outcome: 'cannot' }]);
  });
});
