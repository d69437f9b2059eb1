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
  USER,
} from './support/pulls.js';
import { type aDescribe, aSalesforce, batchOf, collect, DATA, idOf, ORIGIN } from './support/salesforce.js';

const http = interceptHttp(ORIGIN);

function expectDescribe(...described: readonly ReturnType<typeof aDescribe>[]): void {
  http()
    .post(`${DATA}/composite/batch`)
    .reply(200, batchOf(...described));
}

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
