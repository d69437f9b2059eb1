import type { Client } from '@hubspot/api-client';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { HubspotServer } from '../../../src/sandbox/hubspot/start.js';
import { aClient, aPortal, refusalOf, SENDER } from '../../support/hubspot-portal.js';

let portal: HubspotServer;
let client: Client;

beforeEach(async () => {
  portal = await aPortal();
  client = aClient(portal);
});
afterEach(() => portal.close());

async function call(method: string, path: string, body?: unknown) {
  const answer = await client.apiRequest({ method, path, ...(body === undefined ? {} : { body }) });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? null : (JSON.parse(text) as Record<string, unknown>) };
}

function property(name: string, more: object = {}) {
  return {
    name,
    label: name,
    groupName: 'contactinformation',
    type: 'string',
    fieldType: 'text',
    ...more,
  } as never;
}

describe('properties', () => {
  it('exist once', async () => {
    await client.crm.properties.coreApi.create('contacts', property('health_band'));
    expect(
      (await refusalOf(client.crm.properties.coreApi.create('contacts', property('health_band')))).code,
    ).toBe(409);
  });

  it('hold unique values in at most ten of them', async () => {
    for (let at = 0; at < 10; at += 1) {
      await client.crm.properties.coreApi.create(
        'contacts',
        property(`unique_${at}`, { hasUniqueValue: true }),
      );
    }
    const refusal = await refusalOf(
      client.crm.properties.coreApi.create('contacts', property('one_more', { hasUniqueValue: true })),
    );
    expect(refusal.code).toBe(400);
  });

  it('of HubSpot cannot be changed or archived', async () => {
    expect((await refusalOf(client.crm.properties.coreApi.archive('contacts', 'email'))).code).toBe(400);
  });

  it('want a group that exists, and a field that fits the type', async () => {
    const lost = client.crm.properties.coreApi.create('contacts', property('a', { groupName: 'nowhere' }));
    expect((await refusalOf(lost)).code).toBe(400);
    const unfit = client.crm.properties.coreApi.create('contacts', property('b', { type: 'number' }));
    expect((await refusalOf(unfit)).code).toBe(400);
    const group = await client.crm.properties.groupsApi.create('contacts', { name: 'ours', label: 'Ours' });
    expect(group.name).toBe('ours');
    const made = await client.crm.properties.coreApi.create('contacts', property('a', { groupName: 'ours' }));
    expect(made.hubspotDefined).toBe(false);
  });

  it('with unknown keys are refused', async () => {
    const answer = await call('POST', '/crm/v3/properties/contacts', {
      ...(property('c') as object),
      colour: 'red',
    });
    expect(answer.status).toBe(400);
    expect(answer.body?.message).toContain('colour');
  });
});

describe('values', () => {
  it('of a unique property belong to one contact', async () => {
    await client.crm.properties.coreApi.create('contacts', property('sf_id', { hasUniqueValue: true }));
    await client.crm.contacts.basicApi.create({
      properties: { firstname: 'A', sf_id: '003A' },
      associations: [],
    });
    const refusal = await refusalOf(
      client.crm.contacts.basicApi.create({
        properties: { firstname: 'B', sf_id: '003A' },
        associations: [],
      }),
    );
    expect(refusal.body.message).toContain('already has that value');
  });

  it('of a life cycle stage go forward only, unless cleared first', async () => {
    const { id } = await client.crm.contacts.basicApi.create({
      properties: { email: 'x@example.org', lifecyclestage: 'customer' },
      associations: [],
    });
    const set = async (lifecyclestage: string) =>
      (await client.crm.contacts.basicApi.update(id, { properties: { lifecyclestage } })).properties
        .lifecyclestage;
    expect(await set('lead')).toBe('customer');
    await set('');
    expect(await set('lead')).toBe('lead');
  });

  it('free an address again when its contact is archived or forgotten', async () => {
    const make = () =>
      client.crm.contacts.basicApi.create({ properties: { email: 'x@example.org' }, associations: [] });
    const first = await make();
    await client.crm.contacts.basicApi.archive(first.id);
    const second = await make();
    await client.crm.contacts.basicApi.purge({ objectId: 'x@example.org', idProperty: 'email' });
    const third = await make();
    expect(new Set([first.id, second.id, third.id]).size).toBe(3);
    expect((await refusalOf(client.crm.contacts.basicApi.getById(second.id))).code).toBe(404);
  });
});

describe('associations', () => {
  it('hold both ways, with the type ids of each direction', async () => {
    const contact = await client.crm.contacts.basicApi.create({
      properties: { email: 'a@example.org' },
      associations: [],
    });
    const company = await client.crm.companies.basicApi.create({
      properties: { name: 'Acme', domain: 'acme.example' },
      associations: [],
    });
    expect(company.properties.website).toBe('acme.example');
    await client.crm.associations.v4.basicApi.createDefault('contacts', contact.id, 'companies', company.id);
    const back = await client.crm.associations.v4.basicApi.getPage('companies', company.id, 'contacts');
    expect(back.results).toMatchObject([{ toObjectId: contact.id, associationTypes: [{ typeId: 280 }] }]);
    const there = await call('POST', '/crm/associations/2026-03/contacts/companies/batch/read', {
      inputs: [{ id: contact.id }],
    });
    expect(there.body).toMatchObject({
      results: [{ to: [{ toObjectId: company.id, associationTypes: [{ typeId: 279 }] }] }],
    });
    await client.crm.associations.v4.basicApi.archive('contacts', contact.id, 'companies', company.id);
    expect(
      (await client.crm.associations.v4.basicApi.getPage('companies', company.id, 'contacts')).results,
    ).toEqual([]);
  });
});

describe('owners', () => {
  it('have an owner id and a user id, which are not the same', async () => {
    const { results } = await client.crm.owners.ownersApi.getPage(SENDER);
    expect(results).toHaveLength(1);
    expect(results[0]?.id).not.toBe(String(results[0]?.userId));
    const again = await client.crm.owners.ownersApi.getById(Number(results[0]?.userId), 'userId' as never);
    expect(again.email).toBe(SENDER);
  });
});

describe('consent', () => {
  it('is read and withdrawn by address, and never given back by v3', async () => {
    const { id } = await client.crm.contacts.basicApi.create({
      properties: { email: 'x@example.org' },
      associations: [],
    });
    const types = await client.communicationPreferences.definitionApi.getPage();
    const subscriptionId = types.subscriptionDefinitions[0]?.id ?? '';
    await call('POST', '/communication-preferences/v4/statuses/x@example.org/unsubscribe-all?channel=EMAIL');
    const status = await client.communicationPreferences.statusApi.getEmailStatus('x@example.org');
    expect(status.subscriptionStatuses.map((one) => one.status)).toEqual(
      types.subscriptionDefinitions.map(() => 'NOT_SUBSCRIBED'),
    );
    const contact = await client.crm.contacts.basicApi.getById(id, ['hs_email_optout']);
    expect(contact.properties.hs_email_optout).toBe('true');
    const refusal = await refusalOf(
      client.communicationPreferences.statusApi.subscribe({
        emailAddress: 'x@example.org',
        subscriptionId,
      } as never),
    );
    expect(refusal.code).toBe(400);
  });

  it('comes in batches in Enterprise alone', async () => {
    const path = '/communication-preferences/v4/statuses/batch/read';
    expect((await call('POST', path, { inputs: ['x@example.org'] })).status).toBe(403);
    await portal.close();
    portal = await aPortal({ edition: 'enterprise' });
    client = aClient(portal);
    expect((await call('POST', path, { inputs: ['x@example.org'] })).status).toBe(200);
  });
});
