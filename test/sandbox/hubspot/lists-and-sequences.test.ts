import type { Client } from '@hubspot/api-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HubspotServer } from '../../../src/sandbox/hubspot/start.js';
import { aClient, aPortal, refusalOf, SENDER } from '../../support/hubspot-portal.js';

let portal: HubspotServer;
let client: Client;

beforeAll(async () => {
  portal = await aPortal();
  client = aClient(portal);
});
afterAll(() => portal.close());

async function aContact(email: string): Promise<string> {
  const made = await client.crm.contacts.basicApi.create({ properties: { email }, associations: [] });
  return made.id;
}

async function aList(name: string): Promise<string> {
  const made = await client.crm.lists.listsApi.create({
    name,
    objectTypeId: '0-1',
    processingType: 'MANUAL',
  });
  return made.list.listId;
}

describe('lists', () => {
  it('are found by name without regard to case, and hold a name once', async () => {
    const listId = await aList('Support surge');
    const found = await client.crm.lists.listsApi.getByName('support SURGE', '0-1');
    expect(found.list?.listId).toBe(listId);
    const refusal = await refusalOf(aList('Support surge'));
    expect(refusal.body.subCategory).toBe('ILS.DUPLICATE_LIST_NAMES');
    expect((await refusalOf(client.crm.lists.listsApi.getByName('no such list', '0-1'))).code).toBe(404);
  });

  it('answer which records joined, which were in already, and which do not exist', async () => {
    const listId = await aList('Twice');
    const [one, other] = [await aContact('one@example.org'), await aContact('other@example.org')];
    await client.crm.lists.membershipsApi.add(listId, [one]);
    const answer = await client.crm.lists.membershipsApi.add(listId, [one, other, '999']);
    expect(answer.recordsIdsAdded).toEqual([other]);
    expect(answer.recordIdsMissing).toEqual(['999']);
    const left = await client.crm.lists.membershipsApi.remove(listId, [one]);
    expect(left.recordIdsRemoved).toEqual([one]);
    const page = await client.crm.lists.membershipsApi.getPage(listId);
    expect(page.results.map((row) => row.recordId)).toEqual([other]);
  });

  it('change at most ten thousand memberships at once', async () => {
    const listId = await aList('Large');
    const ids = Array.from({ length: 10_001 }, (_, index) => String(index + 1));
    const { membershipsApi } = client.crm.lists;
    expect((await refusalOf(membershipsApi.add(listId, ids))).code).toBe(400);
    expect((await membershipsApi.add(listId, ids.slice(1))).recordIdsMissing).toHaveLength(10_000);
  });

  it('hand out their members in pages', async () => {
    const listId = await aList('Long');
    const ids = await Promise.all(['a', 'b', 'c'].map((name) => aContact(`${name}@pages.example.org`)));
    await client.crm.lists.membershipsApi.add(listId, ids);
    const first = await client.crm.lists.membershipsApi.getPage(listId, undefined, undefined, 2);
    const second = await client.crm.lists.membershipsApi.getPage(
      listId,
      first.paging?.next?.after,
      undefined,
      2,
    );
    expect([...first.results, ...second.results].map((row) => row.recordId)).toEqual(ids.toSorted());
    expect(second.paging?.next).toBeUndefined();
  });

  it('do not take members by hand when they are dynamic', async () => {
    const made = await client.crm.lists.listsApi.create({
      name: 'By filter',
      objectTypeId: '0-1',
      processingType: 'DYNAMIC',
      filterBranch: { filterBranchType: 'OR', filterBranches: [], filters: [] } as never,
    });
    expect((await refusalOf(client.crm.lists.membershipsApi.add(made.list.listId, []))).code).toBe(400);
  });
});

describe('sequences', () => {
  async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }> {
    const answer = await client.apiRequest({ method, path, ...(body === undefined ? {} : { body }) });
    return { status: answer.status, body: (await answer.json()) as Json };
  }
  type Json = Record<string, unknown> & { results?: { id: string; name: string }[] };

  async function theUser(email: string): Promise<string> {
    const owners = await client.crm.owners.ownersApi.getPage(email);
    return String(owners.results[0]?.userId);
  }

  async function gettingStarted(userId: string): Promise<string> {
    const page = await call('GET', `/automation/v4/sequences?userId=${userId}`);
    return page.body.results?.find((one) => one.name === 'Getting started')?.id ?? '';
  }

  it('enrol a contact once, and never while it is in any sequence', async () => {
    const userId = await theUser(SENDER);
    const contactId = await aContact('enrolled@example.org');
    const body = { sequenceId: await gettingStarted(userId), contactId, senderEmail: SENDER };
    const first = await call('POST', `/automation/v4/sequences/enrollments?userId=${userId}`, body);
    expect(first).toMatchObject({ status: 200, body: { toEmail: 'enrolled@example.org' } });
    const second = await call('POST', `/automation/v4/sequences/enrollments?userId=${userId}`, body);
    expect(second).toMatchObject({
      status: 400,
      body: { category: 'VALIDATION_ERROR', subCategory: 'SequenceError.ALREADY_ENROLLED' },
    });
    const state = await call('GET', `/automation/sequences/2026-03/enrollments/contact/${contactId}`);
    expect(state.body).toMatchObject({ sequenceName: 'Getting started', enrolledByEmail: SENDER });
    const contact = await client.crm.contacts.basicApi.getById(contactId, ['hs_sequences_is_enrolled']);
    expect(contact.properties.hs_sequences_is_enrolled).toBe('true');
  });

  it('refuse whoever opted out, and a sender whose inbox is not connected', async () => {
    const userId = await theUser(SENDER);
    const contactId = await aContact('left@example.org');
    await call(
      'POST',
      '/communication-preferences/v4/statuses/left@example.org/unsubscribe-all?channel=EMAIL',
    );
    const body = { sequenceId: await gettingStarted(userId), contactId, senderEmail: SENDER };
    const path = `/automation/v4/sequences/enrollments?userId=${userId}`;
    expect((await call('POST', path, body)).body.subCategory).toBe('SequenceError.UNSUBSCRIBED');
    const stranger = await call('POST', path, { ...body, senderEmail: 'noreply@northwind.example' });
    expect(stranger.body.subCategory).toBe('SequenceError.SENDER_NOT_CONNECTED');
  });

  it('tell their steps, each with the wait before it, and the days on which mail goes out', async () => {
    const userId = await theUser(SENDER);
    const id = await gettingStarted(userId);
    const { body } = await call('GET', `/automation/sequences/2026-03/${id}?userId=${userId}`);
    const day = 86_400_000;
    expect(body).toMatchObject({
      id,
      steps: [
        { stepOrder: 0, actionType: 'EMAIL', delayMillis: 0 },
        { stepOrder: 1, actionType: 'TASK', delayMillis: day },
        { stepOrder: 2, actionType: 'EMAIL', delayMillis: 2 * day },
        { stepOrder: 3, actionType: 'FINISH_ENROLLMENT', delayMillis: 3 * day },
      ],
      settings: { eligibleFollowUpDays: 'EVERYDAY' },
    });
  });

  it('want the user in the query and strings in the body', async () => {
    const userId = await theUser(SENDER);
    expect((await call('GET', '/automation/v4/sequences')).body.message).toContain('[userId]');
    const path = `/automation/v4/sequences/enrollments?userId=${userId}`;
    const answer = await call('POST', path, { sequenceId: 12, contactId: '1', senderEmail: SENDER });
    expect(answer.status).toBe(400);
  });
});
