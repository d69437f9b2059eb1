import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, type BulkServer, plantAccounts, startBulkServer } from './bulk-server.js';

let server: BulkServer;

beforeAll(async () => {
  server = await startBulkServer({ pageRows: 100, leastMs: 60_000 });
  plantAccounts(server.org, 250, (n) =>
    n === 0 ? { Name: 'A "quoted", name\nin two lines', Score__c: null } : { Score__c: n / 2 },
  );
});
afterAll(() => server.close());

async function aJob(query: string, more: object = {}): Promise<string> {
  const { status, json } = await server.call('POST', '/query', {
    json: { operation: 'query', query, ...more },
  });
  expect(status).toBe(200);
  return String(json.id);
}

async function aFinishedJob(query: string, more: object = {}): Promise<string> {
  const id = await aJob(query, more);
  await server.call('GET', `/query/${id}`);
  expect((await server.call('GET', `/query/${id}`)).json.state).toBe('JobComplete');
  return id;
}

async function pagesOf(id: string, size = ''): Promise<readonly Answer[]> {
  const pages: Answer[] = [];
  for (let locator = ''; locator !== 'null'; ) {
    const page = await server.call(
      'GET',
      `/query/${id}/results?${size}${locator === '' ? '' : `&locator=${locator}`}`,
    );
    expect(page.status).toBe(200);
    pages.push(page);
    locator = page.headers.get('sforce-locator') ?? 'null';
  }
  return pages;
}

describe('a bulk query job', () => {
  it('is accepted, seen at work once, and then complete', async () => {
    const created = await server.call('POST', '/query', {
      json: { operation: 'query', query: 'select Id from account' },
    });
    expect(created.json).toMatchObject({
      operation: 'query',
      object: 'Account',
      state: 'UploadComplete',
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      apiVersion: 62,
      lineEnding: 'LF',
      columnDelimiter: 'COMMA',
      createdDate: '2026-03-02T09:00:00.000+0000',
    });
    expect(created.json.id).toMatch(/^750/);
    expect((await server.call('GET', `/query/${created.json.id}/results`)).status).toBe(400);
    expect((await server.call('GET', `/query/${created.json.id}`)).json.state).toBe('InProgress');
    expect((await server.call('GET', `/query/${created.json.id}`)).json).toMatchObject({
      state: 'JobComplete',
      jobType: 'V2Query',
      numberRecordsProcessed: 250,
      retries: 0,
    });
  });

  it('gives pages that each repeat the header, with counts and locators', async () => {
    const pages = await pagesOf(await aFinishedJob('SELECT Id, Name FROM Account'));
    expect(pages.map((page) => page.headers.get('sforce-numberofrecords'))).toEqual(['100', '100', '50']);
    expect(pages.map((page) => page.headers.get('sforce-locator') === 'null')).toEqual([false, false, true]);
    for (const page of pages) expect(page.text.startsWith('"Id","Name"\n')).toBe(true);
    const rows = pages.flatMap((page) => page.text.match(/^"001/gm) ?? []);
    expect(rows).toHaveLength(250);
  });

  it('honours a smaller page, and a locator that is read again', async () => {
    const id = await aFinishedJob('SELECT Id FROM Account LIMIT 25');
    const pages = await pagesOf(id, 'maxRecords=10');
    expect(pages.map((page) => page.headers.get('sforce-numberofrecords'))).toEqual(['10', '10', '5']);
    const again = await server.call(
      'GET',
      `/query/${id}/results?maxRecords=10&locator=${pages[0]?.headers.get('sforce-locator')}`,
    );
    expect(again.text).toBe(pages[1]?.text);
  });

  it('quotes every value, and leaves null empty', async () => {
    const id = await aFinishedJob(
      "SELECT Name, Score__c, IsDeleted, Owner.Name FROM Account WHERE Name LIKE 'A \"%'",
    );
    expect((await server.call('GET', `/query/${id}/results`)).text).toMatch(
      /^"Name","Score__c","IsDeleted","Owner.Name"\n"A ""quoted"", name\nin two lines","","false","[^"]+"\n$/,
    );
  });

  it('writes the delimiter and line ending that were asked for', async () => {
    const id = await aFinishedJob('SELECT Name, Score__c FROM Account WHERE Score__c = 1', {
      columnDelimiter: 'BACKQUOTE',
      lineEnding: 'CRLF',
    });
    expect((await server.call('GET', `/query/${id}/results`)).text).toMatch(
      /^"Name"`"Score__c"\r\n"Account 2"`"1(\.0)?"\r\n$/,
    );
  });

  it('compresses for clients that take it', async () => {
    const id = await aFinishedJob('SELECT Id FROM Account');
    const plain = await server.call('GET', `/query/${id}/results`, {
      headers: { 'accept-encoding': 'identity' },
    });
    const packed = await server.call('GET', `/query/${id}/results`, {
      headers: { 'accept-encoding': 'gzip' },
    });
    expect([plain.headers.get('content-encoding'), packed.headers.get('content-encoding')]).toEqual([
      null,
      'gzip',
    ]);
    expect(packed.text).toBe(plain.text);
  });

  it('names five pages at a time to be read side by side', async () => {
    const id = await aFinishedJob('SELECT Id FROM Account');
    const first = (await server.call('GET', `/query/${id}/resultPages?maxRecords=40`)).json;
    expect(first.resultPages).toHaveLength(5);
    expect(first.done).toBe(false);
    const rest = (await server.call('GET', `${first.nextRecordUrl}&maxRecords=40`)).json;
    expect(rest).toMatchObject({ done: true, nextRecordUrl: null });
    const urls = [...first.resultPages, ...rest.resultPages].map(
      (page: { resultUrl: string }) => page.resultUrl,
    );
    const pages = await Promise.all(urls.map((url: string) => server.call('GET', url)));
    expect(pages.map((page) => Number(page.headers.get('sforce-numberofrecords')))).toEqual([
      40, 40, 40, 40, 40, 40, 10,
    ]);
  });

  it('is bound to the version it was made with', async () => {
    const id = await aFinishedJob('SELECT Id FROM Account');
    expect((await server.call('GET', `/services/data/v61.0/jobs/query/${id}/results`)).status).toBe(409);
  });

  it('can be aborted, listed and deleted', async () => {
    const id = await aJob('SELECT Id FROM Account');
    expect((await server.call('PATCH', `/query/${id}`, { json: { state: 'Aborted' } })).json.state).toBe(
      'Aborted',
    );
    expect((await server.call('GET', `/query/${id}/results`)).json[0].errorCode).toBe('INVALIDJOBSTATE');
    const list = (await server.call('GET', '/query')).json;
    expect(list.done).toBe(true);
    expect(list.records[0]).toMatchObject({ id, state: 'Aborted' });
    expect((await server.call('DELETE', `/query/${id}`)).status).toBe(204);
    expect((await server.call('GET', `/query/${id}`)).status).toBe(404);
  });
});

describe('a bulk query that is refused', () => {
  it.each([
    ['SELECT COUNT(Id) FROM Account', 'API_ERROR'],
    ['SELECT Name, COUNT(Id) n FROM Account GROUP BY Name', 'API_ERROR'],
    ['SELECT Id FROM Account LIMIT 5 OFFSET 5', 'API_ERROR'],
    ['SELECT Id, (SELECT Id FROM Contacts) FROM Account', 'API_ERROR'],
    ['SELECT Nope__c FROM Account', 'INVALID_FIELD'],
    ['SELECT Id FROM Nope__c', 'INVALID_TYPE'],
    ['SELEC Id FROM Account', 'MALFORMED_QUERY'],
  ])('%s -> %s', async (query, code) => {
    const { status, json } = await server.call('POST', '/query', { json: { operation: 'query', query } });
    expect([status, json[0].errorCode]).toEqual([400, code]);
  });

  it('says so when the locator is none, the session is over or the body is no JSON', async () => {
    const id = await aFinishedJob('SELECT Id FROM Account');
    expect((await server.call('GET', `/query/${id}/results?locator=xyz`)).json[0].errorCode).toBe(
      'INVALID_QUERY_LOCATOR',
    );
    const stranger = await server.call('GET', '/query', { headers: { authorization: 'Bearer nobody' } });
    expect([stranger.status, stranger.json[0].errorCode]).toEqual([401, 'INVALID_SESSION_ID']);
    const broken = await server.call('POST', '/query', {
      csv: '{',
      headers: { 'content-type': 'application/json' },
    });
    expect([broken.status, broken.json[0].errorCode]).toEqual([400, 'JSON_PARSER_ERROR']);
  });

  it('can be cut off in the middle of a page', async () => {
    const id = await aFinishedJob('SELECT Id, Name FROM Account');
    server.faults.set({ kind: 'reset', match: '/results', afterBytes: 200, times: 1 });
    await expect(server.call('GET', `/query/${id}/results`)).rejects.toThrow();
    expect((await server.call('GET', `/query/${id}/results`)).status).toBe(200);
  });
});
