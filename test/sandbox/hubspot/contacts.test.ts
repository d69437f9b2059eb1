import type { Client } from '@hubspot/api-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HubspotServer } from '../../../src/sandbox/hubspot/start.js';
import { aClient, aPortal, refusalOf } from '../../support/hubspot-portal.js';

let portal: HubspotServer;
let client: Client;

beforeAll(async () => {
  portal = await aPortal();
  client = aClient(portal);
});
afterAll(() => portal.close());

function contact(properties: Record<string, string>) {
  return { properties, associations: [] };
}

describe('contacts', () => {
  it('come back as written, in lower-case addresses, with the system properties', async () => {
    const made = await client.crm.contacts.basicApi.create(
      contact({ email: 'Ada@Example.org', firstname: 'Ada' }),
    );
    expect(made.properties.email).toBe('ada@example.org');
    expect(made.properties.hs_object_id).toBe(made.id);
    const read = await client.crm.contacts.basicApi.getById(made.id, ['phone', 'nothing_of_ours']);
    expect(read.properties.phone).toBeNull();
    expect(read.properties).not.toHaveProperty('nothing_of_ours');
  });

  it('are refused twice under one address, whatever its case, naming the one that exists', async () => {
    const first = await client.crm.contacts.basicApi.create(contact({ email: 'twice@example.org' }));
    const refusal = await refusalOf(
      client.crm.contacts.basicApi.create(contact({ email: 'TWICE@example.org' })),
    );
    expect(refusal.code).toBe(409);
    expect(refusal.body).toMatchObject({
      category: 'CONFLICT',
      message: `Contact already exists. Existing ID: ${first.id}`,
    });
  });

  it('keep secondary addresses unique and are found by them', async () => {
    const made = await client.crm.contacts.basicApi.create(
      contact({ email: 'new@example.org', hs_additional_emails: 'old@example.org' }),
    );
    const read = await client.crm.contacts.basicApi.getById(
      'old@example.org',
      undefined,
      undefined,
      undefined,
      false,
      'email',
    );
    expect(read.id).toBe(made.id);
    expect(read.properties.email).toBe('new@example.org');
    const refusal = await refusalOf(
      client.crm.contacts.basicApi.create(contact({ email: 'old@example.org' })),
    );
    expect(refusal.code).toBe(409);
  });

  it('list what is wrong with each property as JSON inside the message', async () => {
    const refusal = await refusalOf(
      client.crm.contacts.basicApi.create(
        contact({ email: 'nobody', shoe_size: '44', hs_email_optout: 'true', lifecyclestage: 'friend' }),
      ),
    );
    expect(refusal.code).toBe(400);
    const problems = JSON.parse(refusal.body.message.replace('Property values were not valid: ', ''));
    expect(problems.map((one: { name: string; error: string }) => [one.name, one.error])).toEqual([
      ['email', 'INVALID_EMAIL'],
      ['shoe_size', 'PROPERTY_DOESNT_EXIST'],
      ['hs_email_optout', 'READ_ONLY_VALUE'],
      ['lifecyclestage', 'INVALID_OPTION'],
    ]);
  });
});

describe('batches', () => {
  it('create all rows or none when rows carry no trace id', async () => {
    const refusal = await refusalOf(
      client.crm.contacts.batchApi.create({
        inputs: [contact({ email: 'fine@example.org' }), contact({ email: 'not an address' })],
      }),
    );
    expect(refusal.code).toBe(400);
    const read = await refusalOf(
      client.crm.contacts.basicApi.getById(
        'fine@example.org',
        undefined,
        undefined,
        undefined,
        false,
        'email',
      ),
    );
    expect(read.code).toBe(404);
  });

  it('create the good rows and name the others when each row carries a trace id', async () => {
    const answer = await client.crm.contacts.batchApi.create({
      inputs: [
        { ...contact({ email: 'good@example.org' }), objectWriteTraceId: 'a' },
        { ...contact({ email: 'not an address' }), objectWriteTraceId: 'b' },
      ],
    });
    expect(answer.results.map((row) => row.properties.email)).toEqual(['good@example.org']);
    expect(answer).toMatchObject({ numErrors: 1, errors: [{ context: { objectWriteTraceId: ['b'] } }] });
  });

  it('read what is there and gather the missing ids in one error', async () => {
    const made = await client.crm.contacts.basicApi.create(contact({ email: 'here@example.org' }));
    const answer = await client.crm.contacts.batchApi.read({
      inputs: [{ id: 'here@example.org' }, { id: 'gone@example.org' }, { id: 'lost@example.org' }],
      properties: ['email'],
      propertiesWithHistory: [],
      idProperty: 'email',
    });
    expect(answer.results.map((row) => row.id)).toEqual([made.id]);
    expect(answer).toMatchObject({
      numErrors: 1,
      errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['gone@example.org', 'lost@example.org'] } }],
    });
  });

  it('take no more than 100 rows', async () => {
    const inputs = Array.from({ length: 101 }, (_, index) => ({ id: String(index) }));
    const refusal = await refusalOf(
      client.crm.contacts.batchApi.read({ inputs, properties: [], propertiesWithHistory: [] }),
    );
    expect(refusal.code).toBe(400);
    expect(refusal.body.message).toContain('is 100.');
  });

  it('upsert by a unique property of ours, and say which rows are new', async () => {
    await client.crm.properties.coreApi.create('contacts', {
      name: 'sf_contact_id',
      label: 'Salesforce contact',
      groupName: 'contactinformation',
      type: 'string',
      fieldType: 'text',
      hasUniqueValue: true,
    } as never);
    const row = { id: '003A', idProperty: 'sf_contact_id', properties: { firstname: 'Uma' } };
    const first = await client.crm.contacts.batchApi.upsert({ inputs: [row] });
    const second = await client.crm.contacts.batchApi.upsert({ inputs: [row] });
    expect([first.results[0]?._new, second.results[0]?._new]).toEqual([true, false]);
    expect(second.results[0]?.id).toBe(first.results[0]?.id);
  });
});
