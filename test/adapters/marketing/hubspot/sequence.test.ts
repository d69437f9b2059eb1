import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { touchesOf } from '../../../../src/adapters/marketing/hubspot/sequence-touches.js';
import {
  type Channel,
  type EnrolmentRequest,
  type MarketingTool,
  SEQUENCE_REST_DAYS,
} from '../../../../src/ports/marketing.js';
import { stampObject } from '../../../../src/sandbox/hubspot/rules/write.js';
import type { HubspotServer } from '../../../../src/sandbox/hubspot/start.js';
import { aRequest, channelOf } from '../../../contracts/marketing-tool.js';
import { aPortal, endEnrolment, setFaults } from '../../../support/hubspot-portal.js';
import { aTool, baseContacts, errorOf } from '../../../support/hubspot-tool.js';

const ADDRESSES = Array.from({ length: 101 }, (_, index) => `p${index}@example.org`);
const DAY_MS = 86_400_000;

let portal: HubspotServer;
beforeEach(async () => {
  portal = await aPortal({ contacts: baseContacts(ADDRESSES.map((email) => ({ email }))) });
});
afterEach(() => portal.close());

function requestsFor(persons: number): readonly EnrolmentRequest[] {
  return [...portal.portal.contacts.rows.scan()]
    .slice(0, persons)
    .map(({ id }) => aRequest({ recordId: id }));
}

function onePerson(): EnrolmentRequest {
  const [request] = requestsFor(1);
  if (request === undefined) throw new Error('nobody is known');
  return request;
}

function aSequence(tool: MarketingTool = aTool(portal)): Channel {
  return channelOf(tool, 'hubspot-sequence');
}

function backOf(requests: readonly EnrolmentRequest[]): ReadonlyMap<string, string> {
  return new Map(requests.map(({ key }) => [key, '']));
}

describe('a sequence that somebody has left', () => {
  it('is found after a lost answer, and sent once', async () => {
    const request = onePerson();
    await setFaults(portal, { kind: 'reset', afterBytes: 0, match: 'POST /automation' });
    const first = await aSequence().enrol('Getting started', [request]);
    await endEnrolment(portal, { contactId: request.recordId });
    const tool = aTool(portal);
    const found = await aSequence(tool).enrolled('Getting started', [request]);
    const second = await aSequence(tool).enrol('Getting started', [request]);
    expect([first, second].flat().map(({ outcome }) => outcome)).toEqual(['unclear', 'already']);
    expect(found).toEqual(backOf([request]));
    expect(portal.portal.sequences.made()).toHaveLength(1);
  });

  it('is found however long ago, although it may be sent again by then', async () => {
    const request = onePerson();
    const sequence = aSequence();
    await sequence.enrol('Getting started', [request]);
    await endEnrolment(portal, { contactId: request.recordId });
    portal.clock.advance((SEQUENCE_REST_DAYS + 1) * DAY_MS);
    expect(await sequence.enrolled('Getting started', [request])).toEqual(backOf([request]));
    expect(await sequence.enrol('Getting started', [request])).toMatchObject([{ outcome: 'enrolled' }]);
  });

  it('is not sent again when HubSpot does not say since when', async () => {
    const request = onePerson();
    const sequence = aSequence();
    await sequence.enrol('Getting started', [request]);
    await endEnrolment(portal, { contactId: request.recordId });
    stampObject(portal.portal.contacts, request.recordId, { hs_latest_sequence_enrolled_date: '' });
    portal.clock.advance(400 * DAY_MS);
    expect(await sequence.enrol('Getting started', [request])).toMatchObject([{ outcome: 'already' }]);
  });
});

describe('a sequence that somebody is in', () => {
  it('is found by its state while the properties lag behind', async () => {
    const request = onePerson();
    const sequence = aSequence();
    await sequence.enrol('Getting started', [request]);
    stampObject(portal.portal.contacts, request.recordId, {
      hs_latest_sequence_enrolled: '',
      hs_latest_sequence_enrolled_date: '',
    });
    expect(await sequence.enrolled('Getting started', [request])).toEqual(backOf([request]));
    expect(await sequence.enrol('Getting started', [request])).toMatchObject([{ outcome: 'already' }]);
  });
});

describe('what an enrolment costs', () => {
  it('is one read for a hundred people and two calls for each, as forecast', async () => {
    const requests = requestsFor(101);
    const tool = aTool(portal);
    await aSequence(tool).enrol('Getting started', requests);
    const calls = tool.calls();
    expect(calls).toMatchObject({
      'contacts-batch-read': 2,
      'sequence-state': 101,
      'sequence-enrol': 101,
    });
    const total = Object.values(calls).reduce((sum, count) => sum + count, 0);
    expect(aSequence(tool).forecastCalls(101)).toBe(total);
  });

  it('is one read and nothing for each of those who were just sent', async () => {
    const requests = requestsFor(20);
    await aSequence().enrol('Getting started', requests);
    const tool = aTool(portal);
    await aSequence(tool).enrol('Getting started', requests);
    expect(await aSequence(tool).enrolled('Getting started', requests)).toEqual(backOf(requests));
    expect(tool.calls()).toMatchObject({ 'contacts-batch-read': 2 });
    expect(Object.keys(tool.calls())).not.toContain('sequence-state');
  });

  it('is nothing sent when it can’t be read who was in the sequence', async () => {
    const request = onePerson();
    await setFaults(portal, { kind: 'status', status: 502, match: 'batch/read' });
    await expect(aSequence().enrol('Getting started', [request])).rejects.toMatchObject({
      retryable: true,
    });
    expect(portal.portal.sequences.made()).toEqual([]);
  });
});

describe('what a sequence sends', () => {
  it('is counted by its mails, over the days between the first and the last', async () => {
    const tool = aTool(portal);
    expect(await aSequence(tool).touches('Getting started')).toEqual({ count: 2, days: 4 });
    const before = tool.calls();
    expect(await aSequence(tool).touches('Getting started')).toEqual({ count: 2, days: 4 });
    expect(tool.calls()).toEqual(before);
  });

  it('takes longer where mail goes out on working days only', async () => {
    expect(await aSequence().touches('Renewal check-in')).toEqual({ count: 2, days: 6 });
  });

  it.each([
    [[], { count: 0, days: 1 }],
    [['TASK'], { count: 0, days: 1 }],
    [['EMAIL', 'FINISH_ENROLLMENT'], { count: 1, days: 3 }],
    [['EMAIL', 'ADAPTIVE_CONTAINER', 'TASK'], { count: 2, days: 5 }],
  ])('of the steps %j is %j', (kinds, touches) => {
    const steps = kinds.map((actionType, stepOrder) => ({ actionType, stepOrder, delayMillis: 2 * DAY_MS }));
    expect(touchesOf({ steps: steps.toReversed() })).toEqual(touches);
  });

  it('is unknown while it can’t be read, and read later', async () => {
    const sequence = aSequence();
    await setFaults(portal, { kind: 'status', status: 502, times: 5, match: 'sequences/2026-03/\\d' });
    expect(await sequence.touches('Getting started')).toBeNull();
    expect(await sequence.touches('Getting started')).toEqual({ count: 2, days: 4 });
  });

  it('is a refused token all the same', async () => {
    await setFaults(portal, { kind: 'expire-session' });
    expect(await errorOf(aSequence().touches('Getting started'))).toMatchObject({ kind: 'Authentication' });
  });
});
