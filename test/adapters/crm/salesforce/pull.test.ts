import { describe, expect, it } from '@jest/globals';
import type { PullRequest, RecordPage } from '../../../../src/ports/crm.js';
import { interceptHttp } from '../../../support/http.js';
import { aDescribe, aSalesforce, batchOf, collect, DATA, idOf, ORIGIN } from './support/salesforce.js';

const http = interceptHttp(ORIGIN);
const LOCATOR = [{ message: 'invalid query locator', errorCode: 'INVALID_QUERY_LOCATOR' }];
const EXPIRED = [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }];
const STAMP = '2026-01-10T08:00:00.000';
const DATE = { date: 'Thu, 15 Jan 2026 09:00:00 GMT' };

const ACCOUNT = aDescribe('Account', [
  { name: 'Name' },
  { name: 'Revenue__c', type: 'currency' },
  { name: 'Notes__c', type: 'textarea', length: 32000 },
  { name: 'More__c', type: 'textarea', length: 5000 },
  { name: 'BillingAddress', type: 'address' },
  { name: 'MasterRecordId', type: 'reference' },
  { name: 'OwnerId', type: 'reference', referenceTo: ['User'], relationshipName: 'Owner' },
]);
const USER = aDescribe('User', [{ name: 'LastLoginDate', type: 'datetime' }]);

function aRequest(given: Partial<PullRequest> = {}): PullRequest {
  const whole = { where: null, since: null, expectedRows: null, resume: null };
  return { object: 'Account', fields: ['Name'], stampField: 'SystemModstamp', ...whole, ...given };
}

function expectDescribe(...described: readonly ReturnType<typeof aDescribe>[]): void {
  http()
    .post(`${DATA}/composite/batch`)
    .reply(200, batchOf(...described));
}

const row = (number: number) => ({ Id: idOf(number), SystemModstamp: `${STAMP}+0000`, Name: `N${number}` });
const rowsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => row(first + index));

function answer(records: readonly object[], more: { totalSize?: number; next?: string } = {}) {
  const nextRecordsUrl = more.next ? `${DATA}/query/${more.next}` : undefined;
  return { totalSize: more.totalSize ?? records.length, done: !more.next, nextRecordsUrl, records };
}

function idsOf(pages: readonly RecordPage[]): string[] {
  return pages.flatMap((page) => page.records.map((record) => record.id));
}

const ORDERED = 'SELECT Id, SystemModstamp, Name FROM Account ORDER BY SystemModstamp, Id';
const afterRow = (number: number) =>
  `SystemModstamp > ${STAMP}Z OR (SystemModstamp = ${STAMP}Z AND Id > '${idOf(number)}')`;

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

const csv = (numbers: readonly number[]) =>
  ['"Id","SystemModstamp","Name"', ...numbers.map((n) => `"${idOf(n)}","${STAMP}Z","N${n}"`), ''].join('\n');

function expectJob(id: string, query: string, rows: number): void {
  http()
    .post(`${DATA}/jobs/query`, { operation: 'query', query, columnDelimiter: 'COMMA', lineEnding: 'LF' })
    .reply(200, { id, state: 'UploadComplete' }, DATE);
  expectPolls(id, rows);
}

function expectPolls(id: string, rows: number): void {
  http().get(`${DATA}/jobs/query/${id}`).reply(200, { id, state: 'InProgress' });
  http()
    .get(`${DATA}/jobs/query/${id}`)
    .reply(200, { id, state: 'JobComplete', numberRecordsProcessed: rows });
}

function results(id: string, locator: string | null) {
  const page = http().get(`${DATA}/jobs/query/${id}/results`);
  return locator === null ? page : page.query({ locator });
}

const counted = (rows: number, next: string | null) => ({
  'content-type': 'text/csv',
  'sforce-numberofrecords': String(rows),
  'sforce-locator': next ?? 'null',
});

const UNORDERED = 'SELECT Id, SystemModstamp, Name FROM Account';
const LARGE = aRequest({ expectedRows: 5000 });

describe('a pull by a bulk job', () => {
  it('reads every page once, skips each repeated header and costs one request a page', async () => {
    expectDescribe(ACCOUNT);
    expectJob('750A', UNORDERED, 5);
    results('750A', null).reply(200, csv([1, 2, 3]), counted(3, 'L2'));
    results('750A', 'L2').reply(200, csv([4, 5]), counted(2, null));
    const { crm } = aSalesforce();
    const pages = await collect(crm.pull(LARGE));
    expect(idsOf(pages)).toEqual([1, 2, 3, 4, 5].map(idOf));
    expect(pages.map((page) => page.done)).toEqual([false, true]);
    expect(pages[0]?.serverTime).toBe(Date.UTC(2026, 0, 15, 9));
    expect(crm.usage().calls).toEqual({ describe: 1, 'bulk-query': 1, poll: 2, 'bulk-results': 2 });
  });

  it('types the fields of parents by describing them once', async () => {
    expectDescribe(ACCOUNT);
    expectDescribe(USER);
    http().post(`${DATA}/jobs/query`).reply(200, { id: '750A', state: 'UploadComplete' });
    expectPolls('750A', 1);
    const text = `"Id","SystemModstamp","Owner.LastLoginDate","Revenue__c"\n"${idOf(1)}","${STAMP}Z","2026-01-01T00:00:00.000Z","12.50"\n`;
    results('750A', null).reply(200, text, counted(1, null));
    const request = { ...LARGE, fields: ['Owner.LastLoginDate', 'Revenue__c'] };
    const [page] = await collect(aSalesforce().crm.pull(request));
    expect(page?.records[0]?.values).toEqual({
      'Owner.LastLoginDate': '2026-01-01T00:00:00.000Z',
      Revenue__c: 12.5,
    });
  });

  it('reads a page again that came short, and gives out none of its rows twice', async () => {
    expectDescribe(ACCOUNT);
    expectJob('750A', UNORDERED, 4500);
    const all = Array.from({ length: 4500 }, (_, index) => index);
    results('750A', null).reply(200, csv(all.slice(0, 4200)), counted(4500, null));
    results('750A', null).reply(200, csv(all), counted(4500, null));
    const pages = await collect(aSalesforce().crm.pull(LARGE));
    expect(idsOf(pages)).toEqual(all.map(idOf));
    expect(pages.map((page) => page.records.length)).toEqual([2000, 2000, 500]);
  });

  it('refuses an answer whose rows are fewer than the job says', async () => {
    expectDescribe(ACCOUNT);
    expectJob('750A', UNORDERED, 3);
    results('750A', null).reply(200, csv([1, 2]), counted(2, null));
    await expect(collect(aSalesforce().crm.pull(LARGE))).rejects.toMatchObject({
      code: 'SF_COUNT_MISMATCH',
      message: expect.stringMatching(/2 of 3/),
    });
  });

  it('continues within a page in another process', async () => {
    const all = Array.from({ length: 2500 }, (_, index) => index);
    expectDescribe(ACCOUNT);
    expectJob('750A', UNORDERED, 2500);
    results('750A', null).reply(200, csv(all), counted(2500, null));
    const first = await aSalesforce().crm.pull(LARGE)[Symbol.asyncIterator]().next();
    expectDescribe(ACCOUNT);
    expectPolls('750A', 2500);
    results('750A', null).reply(200, csv(all), counted(2500, null));
    const rest = await collect(aSalesforce().crm.pull({ ...LARGE, resume: first.value.resume }));
    expect(idsOf([first.value, ...rest])).toEqual(all.map(idOf));
  });

  it('starts a new job when the one to continue is gone', async () => {
    const resume = JSON.stringify({
      via: 'job',
      edge: null,
      serverTime: 1,
      job: '750A',
      locator: 'L2',
      skip: 0,
      delivered: 3,
    });
    expectDescribe(ACCOUNT);
    http()
      .get(`${DATA}/jobs/query/750A`)
      .reply(404, [{ message: 'gone', errorCode: 'NOT_FOUND' }]);
    expectJob('750B', UNORDERED, 1);
    results('750B', null).reply(200, csv([1]), counted(1, null));
    const pages = await collect(aSalesforce().crm.pull({ ...LARGE, resume }));
    expect(idsOf(pages)).toEqual([idOf(1)]);
    expect(pages[0]?.serverTime).toBe(1);
  });

  it('says why a job failed', async () => {
    expectDescribe(ACCOUNT);
    http().post(`${DATA}/jobs/query`).reply(200, { id: '750A', state: 'UploadComplete' });
    http()
      .get(`${DATA}/jobs/query/750A`)
      .reply(200, { id: '750A', state: 'Failed', errorMessage: 'too long' });
    await expect(collect(aSalesforce().crm.pull(LARGE))).rejects.toMatchObject({
      code: 'SF_JOB_FAILED',
      message: expect.stringMatching(/750A of Account failed: too long/),
    });
  });

  it('takes over from pages when the first says that many rows wait', async () => {
    expectDescribe(ACCOUNT);
    http()
      .get(`${DATA}/query`)
      .query({ q: ORDERED })
      .reply(200, answer(rowsFrom(1, 2), { totalSize: 10_001, next: 'c1' }));
    expectJob('750A', `${UNORDERED} WHERE ${afterRow(2)}`, 1);
    results('750A', null).reply(200, csv([3]), counted(1, null));
    const { crm } = aSalesforce();
    expect(idsOf(await collect(crm.pull(aRequest())))).toEqual([1, 2, 3].map(idOf));
    expect(crm.usage().calls).toMatchObject({ query: 1, 'bulk-query': 1, 'bulk-results': 1 });
  });

  it('gives way to pages for an object without bulk queries', async () => {
    expectDescribe(ACCOUNT);
    http()
      .post(`${DATA}/jobs/query`)
      .reply(400, [{ message: 'Entity is not supported by the Bulk API.', errorCode: 'INVALIDENTITY' }]);
    http()
      .get(`${DATA}/query`)
      .query({ q: ORDERED })
      .reply(200, answer([row(1)]));
    expect(idsOf(await collect(aSalesforce().crm.pull(LARGE)))).toEqual([idOf(1)]);
  });
});
