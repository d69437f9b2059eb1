import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type EnrolmentRequest, SEQUENCE_REST_DAYS } from '../../../../src/ports/marketing.js';
import { stampObject } from '../../../../src/sandbox/hubspot/rules/write.js';
import type { HubspotServer } from '../../../../src/sandbox/hubspot/start.js';
import { aPerson, THE_SENDER } from '../../../contracts/marketing-tool.js';
import { aPortal, endEnrolment, setFaults } from '../../../support/hubspot-portal.js';
import { aTool, baseContacts } from '../../../support/hubspot-tool.js';

const ADDRESSES = Array.from({ length: 101 }, (_, index) => `p${index}@example.org`);
const DAY_MS = 86_400_000;

let portal: HubspotServer;
beforeEach(async () => {
  portal = await aPortal({ contacts: baseContacts(ADDRESSES.map((email) => ({ email }))) });
});
afterEach(() => portal.close());

async function requestsFor(persons: number): Promise<readonly EnrolmentRequest[]> {
  const readings = await aTool(portal).consent(ADDRESSES.slice(0, persons).map((email) => aPerson(email)));
  return readings.map(({ person, recordId }) => ({
    person,
    recordId: recordId ?? '',
    senderEmail: THE_SENDER,
  }));
}

async function onePerson(): Promise<EnrolmentRequest> {
  const [request] = await requestsFor(1);
  if (request === undefined) throw new Error('nobody is known');
  return request;
}

describe('a sequence that somebody has left', () => {
  it('is found after a lost answer, and sent once', async () => {
    const request = await onePerson();
    await setFaults(portal, { kind: 'reset', afterBytes: 0, match: 'POST /automation' });
    const first = await aTool(portal).sequence.enrol('Getting started', [request]);
    await endEnrolment(portal, { contactId: request.recordId });
    const tool = aTool(portal);
    const found = await tool.sequence.enrolled('Getting started', [request.recordId]);
    const second = await tool.sequence.enrol('Getting started', [request]);
    expect([first, second].flat().map(({ outcome }) => outcome)).toEqual(['unclear', 'already']);
    expect(found).toEqual(new Set([request.recordId]));
    expect(portal.portal.sequences.made()).toHaveLength(1);
  });

  it('is found however long ago, although it may be sent again by then', async () => {
    const request = await onePerson();
    const { sequence } = aTool(portal);
    await sequence.enrol('Getting started', [request]);
    await endEnrolment(portal, { contactId: request.recordId });
    portal.clock.advance((SEQUENCE_REST_DAYS + 1) * DAY_MS);
    expect(await sequence.enrolled('Getting started', [request.recordId])).toEqual(
      new Set([request.recordId]),
    );
    expect(await sequence.enrol('Getting started', [request])).toMatchObject([{ outcome: 'enrolled' }]);
  });

  it('is not sent again when HubSpot does not say since when', async () => {
    const request = await onePerson();
    const { sequence } = aTool(portal);
    await sequence.enrol('Getting started', [request]);
    await endEnrolment(portal, { contactId: request.recordId });
    stampObject(portal.portal.contacts, request.recordId, { hs_latest_sequence_enrolled_date: '' });
    portal.clock.advance(400 * DAY_MS);
    expect(await sequence.enrol('Getting started', [request])).toMatchObject([{ outcome: 'already' }]);
  });
});

describe('a sequence that somebody is in', () => {
  it('is found by its state while the properties lag behind', async () => {
    const request = await onePerson();
    const { sequence } = aTool(portal);
    await sequence.enrol('Getting started', [request]);
    stampObject(portal.portal.contacts, request.recordId, {
      hs_latest_sequence_enrolled: '',
      hs_latest_sequence_enrolled_date: '',
    });
    expect(await sequence.enrolled('Getting started', [request.recordId])).toEqual(
      new Set([request.recordId]),
    );
    expect(await sequence.enrol('Getting started', [request])).toMatchObject([{ outcome: 'already' }]);
  });
});

describe('what an enrolment costs', () => {
  it('is one read for a hundred people and two calls for each, as forecast', async () => {
    const requests = await requestsFor(101);
    const tool = aTool(portal);
    await tool.sequence.enrol('Getting started', requests);
    const calls = tool.calls();
    expect(calls).toMatchObject({
      'contacts-batch-read': 2,
      'sequence-state': 101,
      'sequence-enrol': 101,
    });
    const total = Object.values(calls).reduce((sum, count) => sum + count, 0);
    expect(tool.sequence.forecastCalls(101)).toBe(total);
  });

  it('is one read and nothing for each of those who were just sent', async () => {
    const requests = await requestsFor(20);
    await aTool(portal).sequence.enrol('Getting started', requests);
    const tool = aTool(portal);
    const recordIds = requests.map(({ recordId }) => recordId);
    await tool.sequence.enrol('Getting started', requests);
    expect(await tool.sequence.enrolled('Getting started', recordIds)).toEqual(new Set(recordIds));
    expect(tool.calls()).toMatchObject({ 'contacts-batch-read': 2 });
    expect(Object.keys(tool.calls())).not.toContain('sequence-state');
  });

  it('is nothing sent when it can’t be read who was in the sequence', async () => {
    const request = await onePerson();
    await setFaults(portal, { kind: 'status', status: 502, match: 'batch/read' });
    await expect(aTool(portal).sequence.enrol('Getting started', [request])).rejects.toMatchObject({
      retryable: true,
    });
    expect(portal.portal.sequences.made()).toEqual([]);
  });
});
