import { describe, expect, it } from '@jest/globals';
import { interceptHttp } from '../../../support/http.js';
import {
  ACCOUNT,
  afterRow,
  answer,
  aRequest,
  DATE,
  idsOf,
  ORDERED,
  row,
  rowsFrom,
  STAMP,
} from './support/pulls.js';
import { type aDescribe, aSalesforce, batchOf, collect, DATA, idOf, ORIGIN } from './support/salesforce.js';

const http = interceptHttp(ORIGIN);
const LOCATOR = [{ message: 'invalid query locator', errorCode: 'INVALID_QUERY_LOCATOR' }];
const EXPIRED = [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }];

function expectDescribe(...described: readonly ReturnType<typeof aDescribe>[]): void {
  http()
    .post(`${DATA}/composite/batch`)
    .reply(200, batchOf(...described));
}

describe('a pull in pages', () => {
  it('follows the cursor, one request a page', async () => {
    expectDescribe(ACCOUNT);
    http()
      .get(`${DATA}/query`)
      .query({ q: ORDERED })
      .reply(200, answer(rowsFrom(1, 2), { totalSize: 3, next: 'c1' }), DATE);
    http()
      .get(`${DATA}/query/c1`)
      .reply(200, answer([row(3)]), DATE);
    const { crm } = aSalesforce();
    const pages = await collect(crm.pull(aRequest()));
    expect(idsOf(pages)).toEqual([1, 2, 3].map(idOf));
    expect(pages[0]).toMatchObject({ serverTime: Date.UTC(2026, 0, 15, 9), done: false });
    expect(pages[0]?.records[0]).toEqual({
      id: idOf(1),
      stamp: Date.parse(`${STAMP}Z`),
      deleted: false,
      mergedInto: null,
      values: { Name: 'N1' },
    });
    expect(crm.usage().calls).toEqual({ describe: 1, query: 2 });
  });

  it('asks again after the last row when the cursor is lost, equal stamps or not', async () => {
    expectDescribe(ACCOUNT);
    http()
      .get(`${DATA}/query`)
      .query({ q: ORDERED })
      .reply(200, answer(rowsFrom(1, 2), { totalSize: 3, next: 'c1' }));
    http().get(`${DATA}/query/c1`).reply(400, LOCATOR);
    http()
      .get(`${DATA}/query`)
      .query({ q: ORDERED.replace(' ORDER', ` WHERE ${afterRow(2)} ORDER`) })
      .reply(200, answer([row(3)]));
    expect(idsOf(await collect(aSalesforce().crm.pull(aRequest())))).toEqual([1, 2, 3].map(idOf));
  });

  it('survives a session that ends in the middle of a cursor', async () => {
    const login = () => http().post('/services/oauth2/token');
    login().reply(200, { access_token: 't1', instance_url: ORIGIN });
    expectDescribe(ACCOUNT);
    http()
      .get(`${DATA}/query`)
      .query(true)
      .reply(200, answer([row(1)], { totalSize: 2, next: 'c1' }));
    http().get(`${DATA}/query/c1`).matchHeader('authorization', 'Bearer t1').reply(401, EXPIRED);
    login().reply(200, { access_token: 't2', instance_url: ORIGIN });
    http().get(`${DATA}/query/c1`).matchHeader('authorization', 'Bearer t2').reply(400, LOCATOR);
    http()
      .get(`${DATA}/query`)
      .query(true)
      .reply(200, answer([row(2)]));
    const auth = { kind: 'client-credentials', clientId: 'a', clientSecret: 'made-up' } as const;
    expect(idsOf(await collect(aSalesforce({ auth }).crm.pull(aRequest())))).toEqual([1, 2].map(idOf));
  });

  it('continues another process’s pull after the last row of its page', async () => {
    expectDescribe(ACCOUNT);
    http()
      .get(`${DATA}/query`)
      .query(true)
      .reply(200, answer([row(1)], { totalSize: 2, next: 'c1' }), DATE);
    const first = await aSalesforce().crm.pull(aRequest())[Symbol.asyncIterator]().next();
    expectDescribe(ACCOUNT);
    const later = { date: 'Thu, 15 Jan 2026 11:00:00 GMT' };
    http()
      .get(`${DATA}/query`)
      .query({ q: ORDERED.replace(' ORDER', ` WHERE ${afterRow(1)} ORDER`) })
      .reply(200, answer([row(2)]), later);
    const pages = await collect(aSalesforce().crm.pull(aRequest({ resume: first.value.resume })));
    expect(idsOf(pages)).toEqual([idOf(2)]);
    expect(pages[0]?.serverTime).toBe(Date.UTC(2026, 0, 15, 9));
  });

  it('of changes asks for deleted rows and survivors of merges, too', async () => {
    expectDescribe(ACCOUNT);
    const soql =
      "SELECT Id, SystemModstamp, IsDeleted, MasterRecordId, Name FROM Account WHERE (Type = 'Customer' OR Type = 'Partner') " +
      `AND (SystemModstamp >= ${STAMP}Z) ORDER BY SystemModstamp, Id`;
    http()
      .get(`${DATA}/queryAll`)
      .query({ q: soql })
      .reply(200, answer([{ ...row(1), IsDeleted: true, MasterRecordId: idOf(9).slice(0, 15), Name: null }]));
    const where = "Type = 'Customer' OR Type = 'Partner'";
    const [page] = await collect(aSalesforce().crm.pull(aRequest({ where, since: Date.parse(`${STAMP}Z`) })));
    expect(page?.records[0]).toMatchObject({ deleted: true, mergedInto: idOf(9), values: { Name: null } });
  });

  it('refuses two long texts and compound fields before it asks for them', async () => {
    expectDescribe(ACCOUNT);
    const { crm } = aSalesforce();
    await expect(collect(crm.pull(aRequest({ fields: ['Notes__c', 'More__c'] })))).rejects.toMatchObject({
      kind: 'Config',
      code: 'SF_TWO_LONG_TEXTS',
    });
    await expect(collect(crm.pull(aRequest({ fields: ['BillingAddress'] })))).rejects.toMatchObject({
      code: 'SF_COMPOUND_FIELD',
    });
  });
});
