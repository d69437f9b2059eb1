import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { field } from '../../../../../src/sandbox/salesforce/schema/fields.js';
import { aModel } from '../../../../support/mapping.js';
import { anEmbeddedOrg, type EmbeddedOrg } from '../support/embedded.js';

jest.setTimeout(60_000);

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

let org: EmbeddedOrg;
let account: string;
let contact: string;

beforeAll(async () => {
  org = await anEmbeddedOrg({ customFields: new Map([['Account', [field('Renewal_Date__c', 'date')]]]) });
  await org.connect().installer.apply(aModel());
  [account = ''] = org.plant('Account', [
    { Name: 'Acme', Truenorth_Score__c: 35, Truenorth_Tier_Lock__c: false },
  ]);
  [contact = ''] = org.plant('Contact', [{ LastName: 'Doe', AccountId: account }]);
});
afterAll(() => org.close());

/** A person with a permission set of ours, or none. */
function person(set: string | null) {
  const { server, plant } = org;
  const name = set ?? 'nobody';
  const [id = ''] = plant('User', [{ Username: `${name}@example.com`, LastName: name, IsActive: true }]);
  if (set !== null) plant('PermissionSetAssignment', [{ AssigneeId: id, PermissionSetId: setId(set) }]);
  const { token } = server.org.sessions.open(id, null);
  const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${server.url()}/services/data/v62.0${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  };
  return { id, call };
}

function setId(name: string): string {
  const table = org.server.org.table('PermissionSet');
  const [slot = -1] = table.withValue('Name', name);
  return String(table.rowAt(slot)?.Id);
}

const PULSE = { Value__c: 'risk', Reason__c: 'The sponsor left.' };

describe('somebody without a permission set of ours', () => {
  it('sees no score and can write none', async () => {
    const { call } = person(null);
    const described = (await call('GET', '/sobjects/Account/describe')).body as {
      fields: readonly { name: string }[];
    };
    expect(described.fields.filter(({ name }) => name.startsWith('Truenorth_'))).toEqual([]);
    const written = await call('PATCH', `/sobjects/Account/${account}`, { Truenorth_Score__c: 99 });
    expect(written).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_FIELD' }] });
  });

  it('can file no pulse', async () => {
    const filed = await person(null).call('POST', '/sobjects/Health_Pulse__c', {
      Account__c: account,
      ...PULSE,
    });
    expect(filed).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_TYPE' }] });
  });
});

describe('a viewer', () => {
  it('reads the score and the pulses, and writes neither', async () => {
    const { call } = person('Truenorth_Viewer');
    const read = await call('GET', `/sobjects/Account/${account}?fields=Truenorth_Score__c`);
    expect(read.body).toMatchObject({ Truenorth_Score__c: 35 });
    const written = await call('PATCH', `/sobjects/Account/${account}`, { Truenorth_Score__c: 99 });
    expect(written).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }] });
    const filed = await call('POST', '/sobjects/Health_Pulse__c', { Account__c: account, ...PULSE });
    expect(filed.status).toBe(403);
  });
});

describe('a CSM', () => {
  it('files a pulse, whose maker and day are the platform’s', async () => {
    const { id, call } = person('Truenorth_CSM');
    const filed = await call('POST', '/sobjects/Health_Pulse__c', { Account__c: account, ...PULSE });
    expect(filed.status).toBe(201);
    const pulse = (filed.body as { id: string }).id;
    expect((await call('GET', `/sobjects/Health_Pulse__c/${pulse}`)).body).toMatchObject({
      ...PULSE,
      CreatedById: id,
      CreatedDate: '2026-03-10T12:00:00.000+0000',
      Expires_On__c: '2026-06-08',
    });
  });

  it('must say what and why, from the values that there are', async () => {
    const { call } = person('Truenorth_CSM');
    const silent = await call('POST', '/sobjects/Health_Pulse__c', { Account__c: account, Value__c: 'risk' });
    expect(silent).toMatchObject({ status: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] });
    const other = await call('POST', '/sobjects/Health_Pulse__c', {
      Account__c: account,
      ...PULSE,
      Value__c: 'great',
    });
    expect(other).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' }],
    });
  });

  it('completes an advocate, but changes neither score, lock nor evidence', async () => {
    const { call } = person('Truenorth_CSM');
    const [advocate = ''] = org.plant('Advocate__c', [
      { Account__c: account, Contact__c: contact, Evidence__c: 'nine of ten' },
    ]);
    const path = `/sobjects/Advocate__c/${advocate}`;
    expect((await call('PATCH', path, { Willing__c: 'yes' })).status).toBe(204);
    expect((await call('PATCH', path, { Evidence__c: 'ten of ten' })).status).toBe(400);
    for (const field of ['Truenorth_Score__c', 'Truenorth_Tier_Lock__c'])
      expect((await call('PATCH', `/sobjects/Account/${account}`, { [field]: 1 })).status).toBe(400);
  });
});

describe('an admin of ours', () => {
  it('locks a tier and ticks a retry', async () => {
    const { call } = person('Truenorth_Admin');
    expect(
      (await call('PATCH', `/sobjects/Account/${account}`, { Truenorth_Tier_Lock__c: true })).status,
    ).toBe(204);
    const [error = ''] = org.plant('Sync_Error__c', [{ Key__c: 'e1', Retry__c: false }]);
    expect((await call('PATCH', `/sobjects/Sync_Error__c/${error}`, { Retry__c: true })).status).toBe(204);
    expect((await call('PATCH', `/sobjects/Sync_Error__c/${error}`, { Code__c: 'X' })).status).toBe(400);
  });
});

describe('the integration', () => {
  it('writes its own records by key, in requests and in jobs, and can’t write what is people’s', async () => {
    const { crm } = org.connect();
    const snapshot = (n: number) => ({
      key: `s${n}`,
      values: { Account__c: account, Score__c: n % 100, Band__c: 'watch' },
    });
    for (const count of [3, 2_500]) {
      const wanted = Array.from({ length: count }, (_, n) => snapshot(n));
      const outcomes = [];
      for await (const page of crm.upsert('Health_Snapshot__c', 'Key__c', wanted)) outcomes.push(...page);
      expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
      expect(outcomes.length).toBe(count);
    }
    expect(org.server.org.table('Health_Snapshot__c').liveCount()).toBe(2_500);
    await expect(
      crm.create('Health_Pulse__c', [{ key: 'p', values: { Account__c: account, ...PULSE } }]),
    ).rejects.toMatchObject({
      code: 'SF_ACCESS_DENIED',
    });
    const [lock] = await crm
      .describe(['Account'])
      .then(([one]) => (one?.fields ?? []).filter(({ name }) => name === 'Truenorth_Tier_Lock__c'));
    expect(lock).toMatchObject({ updateable: false });
  });
});

describe('an account that is deleted', () => {
  it('takes its details along and empties what only points to it', async () => {
    const [gone = ''] = org.plant('Account', [{ Name: 'Gone' }]);
    const [pulse = ''] = org.plant('Health_Pulse__c', [{ Account__c: gone, ...PULSE }]);
    const [decision = ''] = org.plant('Enrolment_Decision__c', [{ Key__c: 'd1', Account__c: gone }]);
    await org.asAdmin('DELETE', `/sobjects/Account/${gone}`);
    expect(org.server.org.table('Health_Pulse__c').get(pulse)?.IsDeleted).toBe(true);
    expect(org.server.org.table('Enrolment_Decision__c').get(decision)).toMatchObject({
      IsDeleted: false,
      Account__c: null,
    });
  });
});
