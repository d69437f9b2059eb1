import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { MarketingTool, PersonToUpsert, PropertyToCreate } from '../../../../src/ports/marketing.js';
import type { OutreachServer } from '../../../../src/sandbox/outreach/start.js';
import { aPerson, toUpsert } from '../../../contracts/marketing-tool.js';
import { anOrg, aProspect, setFaults } from '../../../sandbox/outreach/outreach-org.js';
import { aTool, errorOf } from './outreach-tool.js';

const ADA = 'ada@example.org';

let org: OutreachServer;
let tool: MarketingTool;

beforeEach(async () => {
  org = await anOrg();
  tool = aTool(org);
});
afterEach(() => org.close());

function carrying(
  email: string,
  properties: PersonToUpsert['properties'] = { firstName: 'Ada', custom1: 'healthy' },
  recordId: string | null = null,
): PersonToUpsert {
  return toUpsert(aPerson(email, { contactId: '003000000000001AAA' }), { recordId, properties });
}

function attributesOf(id: number | string): unknown {
  return org.org.prospects.byId(Number(id))?.attributes;
}

function everybody(): number {
  return [...org.org.prospects.scan(0)].length;
}

describe('an upsert', () => {
  it('makes a prospect with its address, what it carries and the Salesforce id', async () => {
    const [made] = await tool.upsert([carrying(ADA)]);
    expect(made).toMatchObject({ ok: true, created: true });
    expect(attributesOf(made?.ok === true ? made.recordId : 0)).toMatchObject({
      emails: [ADA],
      firstName: 'Ada',
      custom1: 'healthy',
      externalId: '003000000000001AAA',
    });
    expect(tool.calls()).toEqual({ 'prospects-create': 1, 'prospects-list': 1 });
  });

  it('looks fifty people up at once, and asks one by one only to write', async () => {
    await aProspect(org, 'p3@example.org');
    const outcomes = await tool.upsert(
      Array.from({ length: 60 }, (_, nth) => carrying(`p${nth}@example.org`)),
    );
    expect(outcomes.filter((one) => one.ok && one.created)).toHaveLength(59);
    expect(tool.calls()).toEqual({ 'prospects-create': 59, 'prospects-list': 2, 'prospects-update': 1 });
  });

  it('writes what differs and nothing else, leaves the address, and empties what is empty', async () => {
    const id = await aProspect(org, ADA, { firstName: 'Ada', custom1: 'healthy', custom2: 'high' });
    const person = carrying(
      'moved@example.org',
      { firstName: 'Ada', custom1: 'risk', custom2: '' },
      String(id),
    );
    expect(await tool.upsert([person])).toEqual([
      { person: person.person, ok: true, recordId: String(id), created: false },
    ]);
    expect(attributesOf(id)).toMatchObject({ emails: [ADA], custom1: 'risk', custom2: null });
    expect(tool.calls()).toEqual({ 'prospects-list': 1, 'prospects-update': 1 });
    await tool.upsert([person]);
    expect(tool.calls()).toEqual({ 'prospects-list': 2, 'prospects-update': 1 });
  });

  it('makes nobody twice when the answer was lost', async () => {
    await setFaults(org, { kind: 'reset', afterBytes: 0, times: 1, match: 'POST .*/prospects' });
    expect(await tool.upsert([carrying(ADA)])).toMatchObject([{ ok: true, created: false }]);
    expect(everybody()).toBe(1);
  });

  it('takes one address that two people have for one prospect', async () => {
    const [first, second] = await tool.upsert([carrying(ADA), carrying('ADA@example.org')]);
    expect(second).toEqual({ ...first, person: 'p:ADA@example.org', created: false });
  });

  it('refuses an address that a prospect has whom we can’t see', async () => {
    await aProspect(org, ADA);
    await setFaults(org, { kind: 'status', status: 200, body: { data: [] }, match: 'GET .*/prospects' });
    expect(await tool.upsert([carrying(ADA)])).toMatchObject([
      { ok: false, refusal: { code: 'EMAIL_TAKEN' } },
    ]);
  });

  it('refuses a person whom several prospects may be', async () => {
    const data = [7, 8].map((id) => ({ type: 'prospect', id, attributes: { emails: [ADA] } }));
    await setFaults(org, { kind: 'status', status: 200, body: { data }, match: 'GET .*/prospects' });
    expect(await tool.upsert([carrying(ADA)])).toMatchObject([{ ok: false, refusal: { code: 'AMBIGUOUS' } }]);
    expect(tool.calls()['prospects-create']).toBeUndefined();
  });

  it.each(['shoeSize', 'optedOut', 'emails', 'externalId', 'custom151'])(
    'refuses to carry %s, without a call for it',
    async (name) => {
      const outcomes = await tool.upsert([carrying(ADA, { [name]: 'x' }), carrying('b@example.org')]);
      expect(outcomes).toMatchObject([
        { ok: false, refusal: { code: 'ATTRIBUTE_UNKNOWN', fields: [name], retryable: false } },
        { ok: true },
      ]);
      expect(everybody()).toBe(1);
    },
  );

  it('names the attribute that Outreach refuses, and not its value', async () => {
    const long = 'canary'.repeat(60);
    const [outcome] = await tool.upsert([carrying(ADA, { firstName: long })]);
    expect(outcome).toMatchObject({
      ok: false,
      refusal: { code: 'VALIDATION_ERROR', fields: ['firstName'] },
    });
    expect(JSON.stringify(outcome)).not.toContain(long);
  });

  it('says that a prospect has gone since it was matched', async () => {
    const outcomes = await tool.upsert([carrying(ADA, {}, '12'), carrying(ADA, {}, 'no number')]);
    const refusal = { code: 'OBJECT_NOT_FOUND', retryable: true };
    expect(outcomes).toMatchObject([
      { ok: false, refusal },
      { ok: false, refusal },
    ]);
  });

  it('keeps what was done when it fails half-way, and throws when nothing was', async () => {
    await setFaults(org, { kind: 'expire-session', nth: 3, times: 9 });
    expect(await tool.upsert([carrying('a@example.org'), carrying('b@example.org')])).toMatchObject([
      { ok: true },
      { ok: false, refusal: { code: 'OUTREACH_TOKEN_REFUSED', retryable: true } },
    ]);
    expect(await errorOf(tool.upsert([carrying('c@example.org')]))).toMatchObject({ kind: 'Authentication' });
  });
});

describe('properties', () => {
  const property = (name: string, object: PropertyToCreate['object'] = 'contacts'): PropertyToCreate => ({
    object,
    name,
    label: name,
    type: 'string',
    unique: false,
  });

  it('are there when a prospect has them, custom1 to custom150 included', async () => {
    const wanted = ['firstName', 'title', 'custom1', 'custom150', 'custom151', 'health_band'];
    const missing = await tool.missingProperties([
      ...wanted.map((name) => property(name)),
      property('title', 'companies'),
    ]);
    expect(missing.map(({ object, name }) => `${object}.${name}`)).toEqual([
      'contacts.custom151',
      'contacts.health_band',
      'companies.title',
    ]);
    expect(tool.calls()).toEqual({});
  });

  it('can’t be made: the error says what to use instead', async () => {
    await tool.createProperties([property('custom1')]);
    const error = await errorOf(tool.createProperties([property('custom1'), property('health_band')]));
    expect(error).toMatchObject({ kind: 'Config', code: 'OUTREACH_ATTRIBUTE_UNKNOWN' });
    expect(error.message).toContain('health_band');
    expect(error.message).not.toContain('custom1,');
    expect(error.actions[0]).toContain('custom1 to custom150');
  });
});
