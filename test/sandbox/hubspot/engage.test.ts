import type { Client } from '@hubspot/api-client';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { HubspotServer } from '../../../src/sandbox/hubspot/start.js';
import { aClient, aPortal, NOON, refusalOf, SENDER } from '../../support/hubspot-portal.js';

const EMAIL = 'ada@example.org';
const ENROLMENTS = '/automation/v4/sequences/enrollments';
const MINUTE_MS = 60_000;
const AT = new Date(NOON + MINUTE_MS).toISOString();

let portal: HubspotServer;
let client: Client;
let contactId: string;
beforeEach(async () => {
  portal = await aPortal();
  client = aClient(portal);
  contactId = await aContact(EMAIL);
  portal.clock.advance(MINUTE_MS);
});
afterEach(() => portal.close());

async function aContact(email: string): Promise<string> {
  return (await client.crm.contacts.basicApi.create({ properties: { email }, associations: [] })).id;
}

async function enrol(): Promise<number> {
  const owners = await client.crm.owners.ownersApi.getPage(SENDER);
  const path = `${ENROLMENTS}?userId=${owners.results[0]?.userId}`;
  const sequenceId = portal.portal.sequences.all()[0]?.id ?? '';
  const body = { sequenceId, contactId, senderEmail: SENDER };
  return (await client.apiRequest({ method: 'POST', path, body })).status;
}

async function running(): Promise<boolean> {
  const state = await client.apiRequest({ method: 'GET', path: `${ENROLMENTS}/contact/${contactId}` });
  return state.status === 200;
}

function engage(body: unknown): Promise<Response> {
  return fetch(`${portal.url()}/__sandbox/engage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function read(...names: readonly string[]): Promise<Readonly<Record<string, string | null>>> {
  return (await client.crm.contacts.basicApi.getById(contactId, [...names])).properties;
}

describe('what a contact does', () => {
  it.each([
    ['mailed', 'marketing', { hs_email_last_send_date: AT, hs_email_delivered: '1' }],
    ['opened', 'marketing', { hs_email_last_open_date: AT, hs_email_open: '1' }],
    ['opened', 'sales', { hs_sales_email_last_opened: AT, hs_email_last_open_date: null }],
    ['clicked', 'marketing', { hs_email_last_click_date: AT, hs_email_click: '1' }],
    ['clicked', 'sales', { hs_sales_email_last_clicked: AT, hs_email_last_click_date: null }],
    ['replied', 'marketing', { hs_email_last_reply_date: AT, hs_email_replied: '1' }],
    ['replied', 'sales', { hs_sales_email_last_replied: AT, hs_email_last_reply_date: null }],
    ['bounced', 'marketing', { hs_email_bounce: '1', hs_email_hard_bounce_reason_enum: 'UNKNOWN_USER' }],
    ['bounced', 'sales', { hs_email_bounce: null, hs_email_hard_bounce_reason_enum: 'UNKNOWN_USER' }],
    ['unsubscribed', 'marketing', { hs_email_optout: 'true' }],
    ['meeting-booked', 'sales', { engagements_last_meeting_booked: AT }],
  ])('moves its properties: %s, by %s mail', async (kind, channel, moved) => {
    expect((await engage({ contactId, kind, channel })).status).toBe(200);
    expect(await read(...Object.keys(moved))).toMatchObject(moved);
  });

  it.each([
    ['replied', undefined, false],
    ['bounced', undefined, false],
    ['unsubscribed', undefined, false],
    ['meeting-booked', undefined, false],
    ['finished', undefined, false],
    ['opened', undefined, true],
    ['mailed', undefined, true],
    ['replied', 'marketing', true],
  ])('ends its sequence or not: after %s (%s) it runs: %s', async (kind, channel, runs) => {
    await enrol();
    const answer = await engage({ email: EMAIL, kind, ...(channel === undefined ? {} : { channel }) });
    expect(answer.status).toBe(200);
    expect(await running()).toBe(runs);
    const { hs_latest_sequence_ended_date } = await read('hs_latest_sequence_ended_date');
    expect(hs_latest_sequence_ended_date).toBe(runs ? null : AT);
  });

  it('is about the sequence that it is in, else about marketing mail', async () => {
    await engage({ contactId, kind: 'opened' });
    await enrol();
    await engage({ contactId, kind: 'clicked' });
    expect(
      await read('hs_email_last_open_date', 'hs_sales_email_last_clicked', 'hs_email_last_click_date'),
    ).toMatchObject({
      hs_email_last_open_date: AT,
      hs_sales_email_last_clicked: AT,
      hs_email_last_click_date: null,
    });
  });

  it('reaches the preferences when it opts out', async () => {
    await engage({ contactId, kind: 'unsubscribed' });
    const path = `/communication-preferences/v4/statuses/${EMAIL}/unsubscribe-all?channel=EMAIL`;
    const answer = await client.apiRequest({ method: 'GET', path });
    expect(await answer.json()).toMatchObject({ results: [{ status: 'UNSUBSCRIBED', timestamp: AT }] });
  });

  it('must be known, of somebody who is known, and named in one way', async () => {
    expect((await engage({ contactId, kind: 'yawned' })).status).toBe(400);
    expect((await engage({ contactId, email: EMAIL, kind: 'opened' })).status).toBe(400);
    expect((await engage({ email: 'nobody@example.org', kind: 'opened' })).status).toBe(404);
    expect((await engage({ contactId, kind: 'finished' })).status).toBe(404);
  });

  it('cannot be written by a client', async () => {
    const names = [
      'hs_email_last_send_date',
      'hs_sales_email_last_opened',
      'engagements_last_meeting_booked',
    ];
    for (const name of names) {
      const properties = { [name]: AT };
      const refusal = await refusalOf(client.crm.contacts.basicApi.update(contactId, { properties }));
      expect(refusal.body.message).toContain('READ_ONLY_VALUE');
    }
  });
});

describe('a history', () => {
  it('tells what HubSpot wrote and when, the newest first', async () => {
    await engage({ contactId, kind: 'bounced' });
    portal.clock.advance(MINUTE_MS);
    await engage({ contactId, kind: 'bounced' });
    const { results } = await client.crm.contacts.batchApi.read({
      inputs: [{ id: contactId }],
      properties: [],
      propertiesWithHistory: ['hs_email_bounce', 'hs_email_optout', 'email', 'no_such_property'],
    });
    const histories = results[0]?.propertiesWithHistory ?? {};
    expect(histories.hs_email_bounce?.map(({ value, timestamp }) => [value, timestamp.getTime()])).toEqual([
      ['2', NOON + 2 * MINUTE_MS],
      ['1', NOON + MINUTE_MS],
    ]);
    expect(histories.email?.map(({ value, timestamp }) => [value, timestamp.getTime()])).toEqual([
      [EMAIL, NOON],
    ]);
    expect(histories.hs_email_optout).toEqual([]);
    expect(histories).not.toHaveProperty('no_such_property');
  });
});

describe('the marketing status of a contact that a call makes', () => {
  it('follows the setting of the account', async () => {
    expect(await read('hs_marketable_status')).toMatchObject({ hs_marketable_status: 'true' });
    await portal.close();
    portal = await aPortal({ contactsMadeAreMarketing: false });
    client = aClient(portal);
    contactId = await aContact(EMAIL);
    expect(await read('hs_marketable_status')).toMatchObject({ hs_marketable_status: 'false' });
  });
});
