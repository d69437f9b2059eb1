import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { interceptHttp } from '../../../support/http.js';
import { anEmbeddedOrg, type EmbeddedOrg } from './support/embedded.js';
import { aDescribe, aSalesforce, batchOf, DATA, idOf, ORIGIN } from './support/salesforce.js';

describe('looking for records in the embedded org', () => {
  let org: EmbeddedOrg;
  beforeEach(async () => {
    org = await anEmbeddedOrg();
  });
  afterEach(() => org.close());

  it('asks for 2,000 ids in one request', async () => {
    const accounts = org.plant(
      'Account',
      Array.from({ length: 2000 }, (_, at) => ({ Name: `A${at}` })),
    );
    const wanted = org.plant(
      'Case',
      accounts.map((AccountId) => ({ AccountId, Subject: 's' })),
    );
    const { crm } = org.connect();
    const found = await crm.select('Case', ['AccountId'], [{ field: 'AccountId', in: accounts }]);
    expect(new Set(found.map(({ id }) => id))).toEqual(new Set(wanted));
    expect(crm.usage().calls).toEqual({ token: 1, describe: 1, query: 1 });
  });

  it('follows every page', async () => {
    const [account = ''] = org.plant('Account', [{ Name: 'Busy' }]);
    const cases = Array.from({ length: 4100 }, () => ({ AccountId: account }));
    const wanted = org.plant('Case', cases);
    const { crm } = org.connect();
    const found = await crm.select('Case', [], [{ field: 'AccountId', in: [account] }]);
    expect(found).toHaveLength(4100);
    expect(new Set(found.map(({ id }) => id))).toEqual(new Set(wanted));
    expect(crm.usage().calls.query).toBe(3);
  });

  it('compares days with date fields and numbers with number fields', async () => {
    const deal = { StageName: 'Prospecting', Name: 'd' };
    const [, wanted] = org.plant('Opportunity', [
      { ...deal, CloseDate: '2026-03-31', Amount: 500 },
      { ...deal, CloseDate: '2026-04-01', Amount: 500 },
      { ...deal, CloseDate: '2026-04-01', Amount: 499 },
    ]);
    const found = await org.connect().crm.select(
      'Opportunity',
      [],
      [
        { field: 'CloseDate', atLeast: '2026-04-01' },
        { field: 'Amount', atLeast: 500 },
      ],
    );
    expect(found.map(({ id }) => id)).toEqual([wanted]);
  });

  it.each([
    ['CloseDate', 'yesterday'],
    ['CreatedDate', 'later'],
    ['Hidden__c', '2026-01-01'],
    ['Amount', null],
  ])('does not compare %s with %s', async (field, atLeast) => {
    const asked = org.connect().crm.select('Opportunity', [], [{ field, atLeast }]);
    await expect(asked).rejects.toMatchObject({ code: 'SF_BAD_VALUE', kind: 'Config' });
  });

  it('lets no name of a field carry SOQL', async () => {
    const asked = org.connect().crm.select('Account', [], [{ field: "Name = 'x' OR Name", in: ['y'] }]);
    await expect(asked).rejects.toMatchObject({ code: 'SF_BAD_NAME' });
  });
});

describe('the request that looks for records', () => {
  const http = interceptHttp(ORIGIN);
  const emptyAnswer = (referenceId: string) => {
    const body = { totalSize: 0, done: true, records: [] };
    return { referenceId, httpStatusCode: 200, httpHeaders: {}, body };
  };
  const ids = Array.from({ length: 1000 }, (_, at) => idOf(at));

  it('keeps each address below 12,000 characters', async () => {
    http()
      .post(`${DATA}/composite/batch`)
      .reply(200, batchOf(aDescribe('Task', [{ name: 'WhatId' }])));
    const lengths: number[] = [];
    http()
      .post(`${DATA}/composite`, (body) => {
        for (const { url } of body.compositeRequest) lengths.push(url.length);
        return true;
      })
      .reply(200, { compositeResponse: ['Task1', 'Task2'].map(emptyAnswer) });
    expect(await aSalesforce().crm.select('Task', ['WhatId'], [{ field: 'WhatId', in: ids }])).toEqual([]);
    expect(lengths).toHaveLength(2);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(12_000 + `${DATA}/query?q=`.length);
  });

  it('takes a query that was not answered for an error, not for an empty one', async () => {
    http()
      .post(`${DATA}/composite/batch`)
      .reply(200, batchOf(aDescribe('Task', [{ name: 'WhatId' }])));
    http().post(`${DATA}/composite`).reply(200, { compositeResponse: [] });
    const asked = aSalesforce().crm.select('Task', ['WhatId'], [{ field: 'WhatId', in: [idOf(1)] }]);
    await expect(asked).rejects.toMatchObject({ code: 'SF_COUNT_MISMATCH' });
  });
});
