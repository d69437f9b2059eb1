import type { Client } from '@hubspot/api-client';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { HubspotServer } from '../../../src/sandbox/hubspot/start.js';
import { aClient, aPortal, NOON, SENDER } from '../../support/hubspot-portal.js';

const EMAIL = 'ada@example.org';
const ENROLMENTS = '/automation/v4/sequences/enrollments';

let portal: HubspotServer;
let client: Client;
let contactId: string;
beforeEach(async () => {
  portal = await aPortal();
  client = aClient(portal);
  const made = await client.crm.contacts.basicApi.create({ properties: { email: EMAIL }, associations: [] });
  contactId = made.id;
});
afterEach(() => portal.close());

const sequenceId = (): string => portal.portal.sequences.all()[0]?.id ?? '';

async function enrol(): Promise<number> {
  const owners = await client.crm.owners.ownersApi.getPage(SENDER);
  const path = `${ENROLMENTS}?userId=${owners.results[0]?.userId}`;
  const body = { sequenceId: sequenceId(), contactId, senderEmail: SENDER };
  return (await client.apiRequest({ method: 'POST', path, body })).status;
}

function end(body: unknown): Promise<Response> {
  return fetch(`${portal.url()}/__sandbox/end-enrolment`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function listed(path: string): Promise<unknown> {
  return (await fetch(`${portal.url()}/__sandbox/${path}`)).json();
}

async function propertiesNow(): Promise<Readonly<Record<string, string | null>>> {
  const contact = await client.crm.contacts.basicApi.getById(contactId, [
    'hs_sequences_is_enrolled',
    'hs_sequences_actively_enrolled_count',
    'hs_latest_sequence_enrolled',
    'hs_latest_sequence_enrolled_date',
    'hs_latest_sequence_ended_date',
    'hs_sales_email_last_replied',
    'engagements_last_meeting_booked',
  ]);
  return contact.properties;
}

describe('an enrolment that is ended', () => {
  it('runs no more, but stays on record as the latest', async () => {
    await enrol();
    portal.clock.advance(60_000);
    const answer = await end({ contactId, reason: 'replied' });
    expect(answer.status).toBe(200);
    const state = await client.apiRequest({ method: 'GET', path: `${ENROLMENTS}/contact/${contactId}` });
    expect(state.status).toBe(404);
    const endedAt = new Date(NOON + 60_000).toISOString();
    expect(await propertiesNow()).toMatchObject({
      hs_sequences_is_enrolled: 'false',
      hs_sequences_actively_enrolled_count: '0',
      hs_latest_sequence_enrolled: sequenceId(),
      hs_latest_sequence_enrolled_date: new Date(NOON).toISOString(),
      hs_latest_sequence_ended_date: endedAt,
      hs_sales_email_last_replied: endedAt,
    });
  });

  it('is named by the address too, and no reply unless it says so', async () => {
    await enrol();
    expect((await end({ email: EMAIL })).status).toBe(200);
    expect((await propertiesNow()).hs_sales_email_last_replied).toBeNull();
  });

  it('is a meeting that was booked, too, when it says so', async () => {
    await enrol();
    await end({ contactId, reason: 'meeting-booked' });
    expect(await propertiesNow()).toMatchObject({
      engagements_last_meeting_booked: new Date(NOON).toISOString(),
      hs_sales_email_last_replied: null,
    });
  });

  it('must exist, and be named in one way', async () => {
    expect((await end({ contactId })).status).toBe(404);
    expect((await end({ email: 'nobody@example.org' })).status).toBe(404);
    await enrol();
    expect((await end({})).status).toBe(400);
    expect((await end({ contactId, email: EMAIL })).status).toBe(400);
    expect((await end({ contactId, reason: 'bored' })).status).toBe(400);
  });
});

describe('what was ever sent', () => {
  it('lists each enrolment, ended or not', async () => {
    await enrol();
    await end({ contactId });
    portal.clock.advance(60_000);
    await enrol();
    const one = { contactId, sequenceId: sequenceId(), sequenceName: 'Getting started' };
    expect(await listed('enrolments')).toEqual([
      { ...one, at: new Date(NOON).toISOString() },
      { ...one, at: new Date(NOON + 60_000).toISOString() },
    ]);
  });

  it('lists each joining of a list, and nobody who was in it', async () => {
    const { list } = await client.crm.lists.listsApi.create({
      name: 'Surge',
      objectTypeId: '0-1',
      processingType: 'MANUAL',
    });
    const { membershipsApi } = client.crm.lists;
    await membershipsApi.add(list.listId, [contactId]);
    await membershipsApi.add(list.listId, [contactId]);
    await membershipsApi.remove(list.listId, [contactId]);
    await membershipsApi.add(list.listId, [contactId]);
    const joined = { listId: list.listId, recordId: contactId, at: new Date(NOON).toISOString() };
    expect(await listed('list-additions')).toEqual([joined, joined]);
  });
});
