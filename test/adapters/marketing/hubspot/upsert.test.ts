import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { MarketingTool, PropertyToCreate } from '../../../../src/ports/marketing.js';
import type { HubspotServer } from '../../../../src/sandbox/hubspot/start.js';
import { aPerson, THE_STAMP, toUpsert } from '../../../contracts/marketing-tool.js';
import { aPortal, setFaults } from '../../../support/hubspot-portal.js';
import { aTool, baseContacts } from '../../../support/hubspot-tool.js';

let portal: HubspotServer;
let tool: MarketingTool;

const STAMP: PropertyToCreate = {
  object: 'contacts',
  name: THE_STAMP,
  label: 'Id',
  type: 'string',
  unique: true,
};
const BAND: PropertyToCreate = {
  object: 'contacts',
  name: 'health_band',
  label: 'Band',
  type: 'string',
  unique: false,
};

beforeEach(async () => {
  portal = await aPortal({ contacts: baseContacts([{ email: 'ada@example.org' }]) });
  tool = aTool(portal);
  await tool.createProperties([STAMP, BAND]);
});
afterEach(() => portal.close());

function strangers(count: number) {
  return Array.from({ length: count }, (_, index) => toUpsert(aPerson(`p${index}@example.org`)));
}

describe('an upsert', () => {
  it('goes in batches of a hundred', async () => {
    const outcomes = await tool.upsert(strangers(250));
    expect(outcomes.filter((outcome) => outcome.ok && outcome.created)).toHaveLength(250);
    expect(tool.calls()['contacts-batch-upsert']).toBe(3);
  });

  it('writes nothing where nothing differs', async () => {
    const [made] = await tool.upsert([toUpsert(aPerson('ada@example.org'))]);
    const recordId = made?.ok === true ? made.recordId : '';
    const writes = (): number => tool.calls()['contacts-batch-update'] ?? 0;
    const before = writes();
    const same = toUpsert(aPerson('ada@example.org'), { recordId });
    expect(await tool.upsert([same])).toMatchObject([{ ok: true, recordId, created: false }]);
    expect(writes()).toBe(before);
    await tool.upsert([{ ...same, properties: { health_band: 'risk' } }]);
    expect(writes()).toBe(before + 1);
  });

  it('leaves the address of a known contact as it is', async () => {
    const id = portal.portal.contacts.rows.idWhere('email', 'ada@example.org') ?? '';
    await tool.upsert([toUpsert(aPerson('other@example.org'), { recordId: id })]);
    expect(portal.portal.contacts.rows.byId(id)?.properties).toMatchObject({
      email: 'ada@example.org',
      [THE_STAMP]: '003:other@example.org',
      health_band: 'healthy',
    });
  });

  it('is repeated safely when the answer was lost: nobody is made twice', async () => {
    await setFaults(portal, { kind: 'reset', afterBytes: 0, times: 1, match: 'batch/upsert' });
    const outcomes = await tool.upsert(strangers(3));
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
    expect([...portal.portal.contacts.rows.scan()]).toHaveLength(4);
  });

  it('halves a batch that is refused as a whole until the bad row is alone', async () => {
    // As HubSpot answers where it does not take trace ids: the whole batch, for one row.
    const body = { status: 'error', category: 'VALIDATION_ERROR', message: 'One of the rows is wrong.' };
    await setFaults(portal, { kind: 'status', status: 400, body, times: 2, match: 'batch/upsert' });
    const outcomes = await tool.upsert(strangers(4));
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, true, true, true]);
    expect(tool.calls()['contacts-batch-upsert']).toBe(5);
  });

  it('keeps refused rows apart from the others of a 207', async () => {
    await setFaults(portal, { kind: 'partial-failure', nth: 2 });
    const outcomes = await tool.upsert(strangers(3));
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, false, true]);
  });

  it('refuses each row of a property that nobody may write', async () => {
    const people = strangers(2).map((person) => ({ ...person, properties: { hs_email_optout: 'false' } }));
    expect(await tool.upsert(people)).toMatchObject(
      people.map(() => ({ ok: false, refusal: { code: 'READ_ONLY_VALUE', fields: ['hs_email_optout'] } })),
    );
  });

  it('does not ask row by row where the whole batch was refused for a property that does not exist', async () => {
    const problem = [{ isValid: false, error: 'PROPERTY_DOESNT_EXIST', name: 'shoe_size', message: '' }];
    const message = `Property values were not valid: ${JSON.stringify(problem)}`;
    const body = { status: 'error', category: 'VALIDATION_ERROR', message };
    await setFaults(portal, { kind: 'status', status: 400, body, match: 'batch/upsert' });
    const outcomes = await tool.upsert(strangers(100));
    expect(outcomes[99]).toMatchObject({ ok: false, refusal: { code: 'PROPERTY_DOESNT_EXIST' } });
    expect(tool.calls()['contacts-batch-upsert']).toBe(1);
  });

  it('asks again in halves where a 207 does not say which row it means', async () => {
    const body = {
      status: 'COMPLETE',
      results: [],
      numErrors: 1,
      errors: [{ message: 'Something is wrong.' }],
    };
    await setFaults(portal, { kind: 'status', status: 207, body, times: 1, match: 'batch/upsert' });
    const outcomes = await tool.upsert(strangers(4));
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, true, true, true]);
    expect(tool.calls()['contacts-batch-upsert']).toBe(3);
  });

  it('says that a contact has gone since it was matched', async () => {
    const outcomes = await tool.upsert([toUpsert(aPerson('x@example.org'), { recordId: '12' })]);
    expect(outcomes).toMatchObject([{ ok: false, refusal: { code: 'OBJECT_NOT_FOUND', retryable: true } }]);
  });
});

describe('properties', () => {
  it('that exist without being unique, or with another type, are a config error', async () => {
    await expect(tool.missingProperties([{ ...BAND, unique: true }])).rejects.toMatchObject({
      kind: 'Config',
      code: 'HUBSPOT_PROPERTY_UNFIT',
    });
    await expect(tool.missingProperties([{ ...BAND, type: 'number' }])).rejects.toMatchObject({
      kind: 'Config',
    });
  });

  it('of each type are made in a group of ours, for contacts and companies', async () => {
    const wanted = (['string', 'number', 'date', 'bool'] as const).flatMap((type) =>
      (['contacts', 'companies'] as const).map(
        (object): PropertyToCreate => ({ object, name: `of_${type}`, label: type, type, unique: false }),
      ),
    );
    await tool.createProperties(wanted);
    expect(await tool.missingProperties(wanted)).toEqual([]);
    expect(portal.portal.companies.table.find('of_bool')).toMatchObject({
      groupName: 'truenorth',
      fieldType: 'booleancheckbox',
    });
  });
});
