import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OutreachServer } from '../../../src/sandbox/outreach/start.js';
import { anOrg, aProspect, type Caller, caller, idOf, NOON, SENDER } from './outreach-org.js';

const EMAIL = 'ada@example.org';
const ISO_NOON = new Date(NOON).toISOString();

let org: OutreachServer;
let call: Caller;
beforeEach(async () => {
  org = await anOrg();
  call = caller(org);
});
afterEach(() => org.close());

function prospect(attributes: object, more: object = {}): unknown {
  return { data: { type: 'prospect', attributes, ...more } };
}

describe('a prospect', () => {
  it('is made with 201 and answered whole, as JSON:API', async () => {
    const attributes = { emails: [EMAIL], firstName: 'Ada', lastName: 'Byron', custom150: 'A' };
    const made = await call.post('/prospects', prospect({ ...attributes, externalId: '003A' }));
    expect(made.status).toBe(201);
    expect(made.headers.get('content-type')).toBe('application/vnd.api+json');
    expect(made.data).toMatchObject({
      type: 'prospect',
      id: expect.any(Number),
      attributes: {
        ...attributes,
        externalId: '003A',
        name: 'Ada Byron',
        title: null,
        optedOut: false,
        openCount: 0,
        custom1: null,
        createdAt: ISO_NOON,
        updatedAt: ISO_NOON,
      },
      relationships: { account: { data: null }, owner: { data: null } },
    });
    expect((await call.get(`/prospects/${made.data.id}`)).data).toEqual(made.data);
  });

  it('has its address alone, in any case and as a second one', async () => {
    await aProspect(org, EMAIL);
    const taken = await call.post('/prospects', prospect({ emails: ['x@example.org', 'ADA@example.org'] }));
    expect(taken.status).toBe(422);
    expect(taken.errors).toEqual([
      {
        id: 'validationError',
        title: 'Validation Error',
        detail: 'Contacts email hash has already been taken.',
        source: { pointer: '/data' },
      },
    ]);
    expect((await call.get('/prospects?count=true')).meta.count).toBe(1);
  });

  it('gives an address free when it takes another', async () => {
    const id = await aProspect(org, EMAIL);
    const changed = await call.patch(
      `/prospects/${id}`,
      prospect({ emails: ['new@example.org'], title: 'CEO' }, { id }),
    );
    expect([changed.status, changed.data.attributes.title]).toEqual([200, 'CEO']);
    expect(await aProspect(org, EMAIL)).not.toBe(id);
    expect((await call.get('/prospects?filter[emails]=new@example.org')).list.map((one) => one.id)).toEqual([
      id,
    ]);
  });

  it('is changed only under its own id', async () => {
    const id = await aProspect(org, EMAIL);
    const other = await call.patch(`/prospects/${id}`, prospect({ title: 'CEO' }, { id: id + 1 }));
    expect([other.status, other.errors[0]?.source?.pointer]).toEqual([422, '/data/id']);
    expect((await call.patch(`/prospects/${id}`, prospect({ title: 'CEO' }))).status).toBe(422);
    expect((await call.get(`/prospects/${id}`)).data.attributes.title).toBeNull();
  });

  it('is opted out and in again with the times that tell of it', async () => {
    const id = await aProspect(org, EMAIL);
    org.clock.advance(60_000);
    const out = await call.patch(`/prospects/${id}`, prospect({ optedOut: true }, { id }));
    const at = new Date(NOON + 60_000).toISOString();
    expect(out.data.attributes).toMatchObject({
      optedOut: true,
      optedOutAt: at,
      emailOptedOut: true,
      emailsOptStatus: 'opted_out',
      updatedAt: at,
    });
    const back = await call.patch(`/prospects/${id}`, prospect({ optedOut: false }, { id }));
    expect(back.data.attributes).toMatchObject({ optedOut: false, optedOutAt: null, emailsOptStatus: null });
  });

  it('belongs to an account, whose name is its company, and to an owner', async () => {
    const account = { data: { type: 'account', attributes: { name: 'Northwind', customId: '001A' } } };
    const { data } = await call.post('/accounts', account);
    const owner = await idOf(org, 'users', `email=${SENDER}`);
    const relationships = {
      account: { data: { type: 'account', id: data.id } },
      owner: { data: { type: 'user', id: owner } },
    };
    const made = await call.post('/prospects', prospect({ emails: [EMAIL] }, { relationships }));
    expect(made.data).toMatchObject({ attributes: { company: 'Northwind' }, relationships });
    const found = await call.get(`/prospects?filter[account][id]=${data.id}&filter[owner][id]=${owner}`);
    expect(found.list).toHaveLength(1);
    expect(await idOf(org, 'accounts', 'customId=001A')).toBe(data.id);
    const nowhere = { account: { data: { type: 'account', id: data.id + 1 } } };
    const lost = await call.post('/prospects', prospect({}, { relationships: nowhere }));
    expect(lost.errors[0]?.source?.pointer).toBe('/data/relationships/account');
  });

  it('that does not exist is 404 in the documented words', async () => {
    const lost = await call.get('/prospects/1');
    expect(lost.status).toBe(404);
    expect(lost.errors).toEqual([
      {
        id: 'resourceNotFound',
        title: 'Resource Not Found',
        detail: "Could not find 'prospect' with ID '1'.",
      },
    ]);
  });
});

describe('a request that is not understood', () => {
  it('names each attribute that does not exist or cannot be written', async () => {
    const refusal = await call.post('/prospects', prospect({ email: EMAIL, openCount: 3, emails: 'x' }));
    expect(refusal.status).toBe(422);
    expect(refusal.errors.map((one) => one.source?.pointer).toSorted()).toEqual([
      '/data/attributes/email',
      '/data/attributes/emails',
      '/data/attributes/openCount',
    ]);
    const wrong = await call.post('/prospects', prospect({ emails: ['no address'] }));
    expect(wrong.errors[0]?.source?.pointer).toBe('/data/attributes/emails');
  });

  it('is refused when it filters, sorts or asks by what cannot be', async () => {
    for (const query of [
      'filter[externalId]=1',
      'filter[account][name]=A',
      'filter[updatedAt]=yesterday..inf',
      'sort=emails',
      'page[size]=1001',
      'page[after]=x',
      'page[offset]=5',
      'include=account',
      'fields[prospect]=mail',
    ]) {
      const refusal = await call.get(`/prospects?${query}`);
      const parameter = query.slice(0, query.indexOf('='));
      expect([query, refusal.status, refusal.errors[0]?.source?.parameter]).toEqual([query, 422, parameter]);
    }
    expect((await call.post('/prospects?include=account', prospect({}))).status).toBe(400);
  });
});
