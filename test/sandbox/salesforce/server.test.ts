import { createPrivateKey } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import jsforce from 'jsforce';
import { startClock } from '../../../src/sandbox/clock.js';
import { makeId } from '../../../src/sandbox/salesforce/ids.js';
import type { Row } from '../../../src/sandbox/salesforce/schema/types.js';
import {
  type SalesforceServer,
  type SalesforceStart,
  startSalesforce,
} from '../../../src/sandbox/salesforce/start.js';
import { emptyBook } from '../../../src/sandbox/salesforce/store/empty-book.js';
import { ADMIN_USERNAME, INTEGRATION_USERNAME } from '../../../src/sandbox/salesforce/store/system-rows.js';
import { baseOf, CUSTOM, NOW } from './org-builder.js';

let open: SalesforceServer | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

const account = (n: number): Row => ({
  Id: makeId('001', n),
  Name: `Account ${n}`,
  IsDeleted: false,
  CreatedDate: '2026-01-01T00:00:00.000Z',
  SystemModstamp: '2026-01-01T00:00:00.000Z',
});

async function serve(accounts: number, start: Partial<SalesforceStart> = {}): Promise<SalesforceServer> {
  const rows = new Map([['Account', baseOf(Array.from({ length: accounts }, (_, at) => account(at + 1)))]]);
  const book = emptyBook({ rows, customFields: new Map([['Account', CUSTOM]]) });
  open = await startSalesforce({ seed: 7, clock: startClock(NOW, () => 0), book, ...start });
  return open;
}

/** The real client, logged in as the service. */
async function client(server: SalesforceServer): Promise<jsforce.Connection> {
  const [app] = server.credentials.clients;
  const connection = new jsforce.Connection({
    version: '62.0',
    instanceUrl: server.url(),
    oauth2: { loginUrl: server.url(), clientId: app?.id ?? '', clientSecret: app?.secret ?? '' },
  });
  await connection.authorize({ grant_type: 'client_credentials' });
  return connection;
}

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are what a client would read
  readonly body: any;
  readonly headers: Headers;
}

async function call(
  server: SalesforceServer,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const token = server.org.sessions.open(server.org.users.admin, null).token;
  const response = await fetch(`${server.url()}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text), headers: response.headers };
}

const DATA = '/services/data/v62.0';

async function grant(server: SalesforceServer, form: Record<string, string>): Promise<Answer> {
  const response = await fetch(`${server.url()}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: await response.json(), headers: response.headers };
}

async function assertion(
  server: SalesforceServer,
  claims: { sub?: string; aud?: string; exp?: number; alg?: string } = {},
): Promise<string> {
  const [app] = server.credentials.clients;
  return new SignJWT({ exp: claims.exp ?? Math.floor(NOW / 1000) + 180 })
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(app?.id ?? '')
    .setSubject(claims.sub ?? INTEGRATION_USERNAME)
    .setAudience(claims.aud ?? server.url())
    .sign(createPrivateKey(server.credentials.privateKey));
}

const JWT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

describe('Logging in', () => {
  it('takes a signed assertion, with milliseconds and a slash as the CLI writes them', async () => {
    const server = await serve(1);
    const good = await grant(server, {
      grant_type: JWT,
      assertion: await assertion(server, { aud: `${server.url()}/`, exp: NOW + 300_000 }),
    });
    expect(good.status).toBe(200);
    expect(good.body).toMatchObject({ token_type: 'Bearer', instance_url: server.url() });
    expect(good.body.id).toBe(`${server.url()}/id/${server.org.id}/${server.org.users.integration}`);
    expect(good.body.refresh_token).toBeUndefined();
  });

  it('refuses a bent signature, a strange audience, an unknown user and an old assertion', async () => {
    const server = await serve(1);
    const signed = await assertion(server);
    const bent = `${signed.slice(0, -6)}AAAAAA`;
    const tries = [
      bent,
      await assertion(server, { aud: 'https://elsewhere.example' }),
      await assertion(server, { sub: 'nobody@truenorth.example' }),
      await assertion(server, { exp: Math.floor(NOW / 1000) - 600 }),
    ];
    for (const one of tries) {
      const answer = await grant(server, { grant_type: JWT, assertion: one });
      expect([answer.status, answer.body.error]).toEqual([400, 'invalid_grant']);
    }
    const other = await grant(server, { grant_type: 'magic' });
    expect(other.body).toEqual({
      error: 'unsupported_grant_type',
      error_description: 'grant type not supported',
    });
  });

  it('lets a wrong client secret out', async () => {
    const server = await serve(1);
    const [app] = server.credentials.clients;
    const answer = await grant(server, {
      grant_type: 'client_credentials',
      client_id: app?.id ?? '',
      client_secret: 'wrong',
    });
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_client']);
  });

  it('renews by refresh token, and with rotation ends the old session', async () => {
    const server = await serve(1, { rotateRefreshTokens: true });
    const [app] = server.credentials.clients;
    const refresh_token = server.credentials.refresh.open(server.org.users.admin);
    const renew = (token: string) =>
      grant(server, { grant_type: 'refresh_token', refresh_token: token, client_id: app?.id ?? '' });
    const first = await renew(refresh_token);
    const second = await renew(first.body.refresh_token);
    expect(server.org.sessions.use(first.body.access_token)).toBeNull();
    expect(server.org.sessions.use(second.body.access_token)).not.toBeNull();
    expect((await renew(refresh_token)).body.error).toBe('invalid_grant');
  });

  it('logs the real client in over SOAP below v65 and not from there on', async () => {
    const server = await serve(1);
    const old = new jsforce.Connection({ version: '62.0', loginUrl: server.url() });
    const user = await old.login(ADMIN_USERNAME, server.credentials.password);
    expect(user.organizationId).toBe(server.org.id);
    const current = new jsforce.Connection({ version: '65.0', loginUrl: server.url() });
    await expect(current.login(ADMIN_USERNAME, server.credentials.password)).rejects.toThrow(
      /UNSUPPORTED_API_VERSION/,
    );
  });

  it('ends a session after its time, and at once by fault', async () => {
    const server = await serve(1, { options: { sessionMinutes: 30 } });
    const connection = await client(server);
    server.clock.advance(31 * 60_000);
    const { token } = server.org.sessions.open(server.org.users.admin, null);
    expect(server.org.sessions.use(String(connection.accessToken))).toBeNull();
    server.faults.set({ kind: 'expire-session', times: 1 });
    const answer = await fetch(`${server.url()}${DATA}/limits`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual([
      { message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' },
    ]);
  });
});

describe('The real client', () => {
  it('describes, queries every page, writes and deletes', async () => {
    const server = await serve(4_500);
    const connection = await client(server);
    const described = await connection.describe('Account');
    expect(described.fields.find((one) => one.name === 'Score__c')).toMatchObject({
      type: 'double',
      precision: 5,
      scale: 1,
      updateable: true,
    });
    const all = await connection
      .query('SELECT Id FROM Account')
      .execute({ autoFetch: true, maxFetch: 10_000 });
    expect(new Set(all.records.map((row) => row.Id)).size).toBe(4_500);
    const made = await connection.sobject('Account').create({ Name: 'New' });
    await connection.sobject('Account').update({ Id: String(made.id), Site: 'Here' });
    expect(await connection.sobject('Account').retrieve(String(made.id))).toMatchObject({
      Name: 'New',
      Site: 'Here',
    });
    await connection.sobject('Account').destroy(String(made.id));
    await expect(connection.sobject('Account').retrieve(String(made.id))).rejects.toMatchObject({
      errorCode: 'ENTITY_IS_DELETED',
    });
    expect(server.calls.byKind()).toMatchObject({
      query: 1,
      'query-more': 2,
      create: 1,
      update: 1,
      delete: 1,
    });
  });

  it('gets one result per row of a collection', async () => {
    const server = await serve(1);
    const connection = await client(server);
    const results = await connection
      .sobject('Account')
      .upsert([{ Key__c: 'A', Name: 'a' }, { Key__c: 'B' }, { Key__c: 'C', Name: 'c' }], 'Key__c');
    expect(results.map((one) => one.success)).toEqual([true, false, true]);
    expect(results[1]?.errors).toEqual([
      expect.objectContaining({ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] }),
    ]);
  });

  it('reads what was updated and deleted, to the minute', async () => {
    const server = await serve(1);
    const connection = await client(server);
    const made = await connection.sobject('Account').create({ Name: 'x' });
    const gone = await connection.sobject('Account').create({ Name: 'y' });
    await connection.sobject('Account').destroy(String(gone.id));
    server.clock.advance(2 * 60_000);
    const [start, end] = [new Date(NOW - 60_000), new Date(NOW + 120_000)];
    expect((await connection.updated('Account', start, end)).ids).toEqual([made.id]);
    expect((await connection.deleted('Account', start, end)).deletedRecords.map((one) => one.id)).toEqual([
      gone.id,
    ]);
  });
});

describe('Pages of a query', () => {
  const first = (server: SalesforceServer, token: string) =>
    read(server, token, `${DATA}/query?q=${encodeURIComponent('SELECT Id FROM Account')}`);
  const read = async (server: SalesforceServer, token: string, path: string): Promise<Answer> => {
    const response = await fetch(`${server.url()}${path}`, {
      headers: { authorization: `Bearer ${token}`, 'Sforce-Query-Options': 'batchSize=200' },
    });
    return { status: response.status, body: await response.json(), headers: response.headers };
  };

  it('end with the session that began them', async () => {
    const server = await serve(500);
    const [mine, other] = [1, 2].map(() => server.org.sessions.open(server.org.users.admin, null).token);
    const { body } = await first(server, mine ?? '');
    expect(body).toMatchObject({ totalSize: 500, done: false });
    expect(body.records).toHaveLength(200);
    const lost = await read(server, other ?? '', body.nextRecordsUrl);
    expect([lost.status, lost.body[0].errorCode]).toEqual([400, 'INVALID_QUERY_LOCATOR']);
    expect((await read(server, mine ?? '', body.nextRecordsUrl)).body.records).toHaveLength(200);
  });

  it('are lost when ten younger ones are open, or when a fault loses them', async () => {
    const server = await serve(500);
    const { token } = server.org.sessions.open(server.org.users.admin, null);
    const oldest = (await first(server, token)).body.nextRecordsUrl;
    for (let n = 0; n < 9; n += 1) await first(server, token);
    expect((await read(server, token, oldest)).status).toBe(200);
    const youngest = (await first(server, token)).body.nextRecordsUrl;
    expect((await read(server, token, oldest)).body[0].errorCode).toBe('INVALID_QUERY_LOCATOR');
    server.faults.set({ kind: 'lose-locator', times: 1 });
    expect((await read(server, token, youngest)).body[0].message).toBe('invalid query locator');
  });
});

describe('The daily quota', () => {
  it('is counted on every call and refuses when it is used up, until a day has gone', async () => {
    const server = await serve(1, { options: { dailyApiRequests: 3, sessionMinutes: 3_000 } });
    const usage: unknown[] = [];
    for (let n = 0; n < 4; n += 1) {
      const answer = await call(server, 'GET', `${DATA}/limits`);
      usage.push([answer.status, answer.headers.get('sforce-limit-info')]);
    }
    expect(usage).toEqual([
      [200, 'api-usage=1/3'],
      [200, 'api-usage=2/3'],
      [200, 'api-usage=3/3'],
      [403, 'api-usage=3/3'],
    ]);
    server.clock.advance(25 * 60 * 60_000);
    expect((await call(server, 'GET', `${DATA}/limits`)).body.DailyApiRequests).toEqual({
      Max: 3,
      Remaining: 2,
    });
  });
});

describe('REST records', () => {
  it('are upserted with 201, 200 and 300', async () => {
    const server = await serve(1);
    const put = (value: string, name: string, key = 'Key__c') =>
      call(server, 'PATCH', `${DATA}/sobjects/Account/${key}/${value}`, { Name: name });
    expect(await put('a%2Fb', 'one')).toMatchObject({ status: 201, body: { created: true, success: true } });
    expect(await put('a%2Fb', 'two')).toMatchObject({ status: 200, body: { created: false } });
    for (const name of ['x', 'y'])
      await call(server, 'POST', `${DATA}/sobjects/Account`, { Name: name, Batch__c: 'B' });
    const several = await put('B', 'z', 'Batch__c');
    expect(several.status).toBe(300);
    expect(several.body).toHaveLength(2);
    expect((await put('1', 'z', 'Industry')).status).toBe(404);
  });

  it('answer with the platform`s refusals', async () => {
    const server = await serve(1);
    const missing = await call(server, 'GET', `${DATA}/sobjects/Account/001000000000999AAA`);
    expect(missing).toMatchObject({
      status: 404,
      body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
    });
    expect(await call(server, 'PUT', `${DATA}/sobjects/Account`, {})).toMatchObject({
      status: 405,
      body: [{ errorCode: 'METHOD_NOT_ALLOWED' }],
    });
    expect((await call(server, 'GET', '/services/data/v20.0/limits')).status).toBe(410);
    expect((await call(server, 'GET', '/services/data/v99.0/limits')).status).toBe(404);
    expect((await call(server, 'GET', `/${DATA}/limits`)).status).toBe(200);
  });
});

describe('Calls in one call', () => {
  const post = (server: SalesforceServer, path: string, body: unknown) =>
    call(server, 'POST', `${DATA}/composite${path}`, body);

  it('hand ids on and, all or none, undo what went before a failure', async () => {
    const server = await serve(0);
    const requests = (lastName: string | undefined) => [
      { method: 'POST', url: `${DATA}/sobjects/Account`, referenceId: 'a', body: { Name: 'Parent' } },
      {
        method: 'POST',
        url: `${DATA}/sobjects/Contact`,
        referenceId: 'c',
        body: { LastName: lastName, AccountId: '@{a.id}' },
      },
    ];
    const failed = await post(server, '', { allOrNone: true, compositeRequest: requests(undefined) });
    expect(
      failed.body.compositeResponse.map((one: { httpStatusCode: number }) => one.httpStatusCode),
    ).toEqual([400, 400]);
    expect(failed.body.compositeResponse[0].body[0].errorCode).toBe('PROCESSING_HALTED');
    expect(server.org.table('Account').liveCount()).toBe(0);
    const good = await post(server, '', { allOrNone: true, compositeRequest: requests('Person') });
    const id = good.body.compositeResponse[0].body.id;
    expect(server.org.table('Contact').childrenOf('AccountId', id)).toHaveLength(1);
  });

  it('stop a batch at the first failure when asked to', async () => {
    const server = await serve(1);
    const batchRequests = ['sobjects/Nothing/describe', 'limits'].map((path) => ({
      method: 'GET',
      url: `v62.0/${path}`,
    }));
    const { body } = await post(server, '/batch', { haltOnError: true, batchRequests });
    expect(body.results.map((one: { statusCode: number }) => one.statusCode)).toEqual([404, 412]);
  });

  it('plant a tree wholly or not at all', async () => {
    const server = await serve(0);
    const tree = (name: string | undefined) => ({
      records: [
        {
          attributes: { type: 'Account', referenceId: 'a' },
          Name: 'Tree',
          Contacts: { records: [{ attributes: { type: 'Contact', referenceId: 'c' }, LastName: name }] },
        },
      ],
    });
    expect(await post(server, '/tree/Account', tree(undefined))).toMatchObject({
      status: 400,
      body: {
        hasErrors: true,
        results: [{ referenceId: 'c', errors: [{ statusCode: 'REQUIRED_FIELD_MISSING' }] }],
      },
    });
    expect(server.org.table('Account').liveCount()).toBe(0);
    expect(await post(server, '/tree/Account', tree('Leaf'))).toMatchObject({
      status: 201,
      body: { hasErrors: false },
    });
  });

  it('take at most 200 records and ten runs of one type', async () => {
    const server = await serve(1);
    const record = (type: string) => ({ attributes: { type }, Name: 'x', LastName: undefined });
    const many = await post(server, '/sobjects', {
      records: Array.from({ length: 201 }, () => record('Account')),
    });
    expect(many).toMatchObject({ status: 400, body: [{ errorCode: 'EXCEEDED_ID_LIMIT' }] });
    const mixed = Array.from({ length: 11 }, (_, at) => record(at % 2 === 0 ? 'Account' : 'Campaign'));
    expect((await post(server, '/sobjects', { records: mixed })).status).toBe(400);
    const undone = await post(server, '/sobjects', {
      allOrNone: true,
      records: [record('Campaign'), { attributes: { type: 'Account' } }],
    });
    expect(undone.body.map((one: { errors: { statusCode: string }[] }) => one.errors[0]?.statusCode)).toEqual(
      ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'REQUIRED_FIELD_MISSING'],
    );
    expect(server.org.table('Campaign').liveCount()).toBe(0);
  });
});

describe('Column metadata', () => {
  it('has the shape the CLI reads: joins for parents and children, expr for functions', async () => {
    const server = await serve(1);
    const soql = 'SELECT Id, Owner.Name, (SELECT Name FROM Contacts) FROM Account';
    const { body } = await call(server, 'GET', `${DATA}/query?q=${encodeURIComponent(soql)}&columns=true`);
    expect(body).toMatchObject({
      entityName: 'Account',
      idSelected: true,
      columnMetadata: [
        { columnName: 'Id', aggregate: false, joinColumns: [] },
        { columnName: 'Owner', foreignKeyName: 'OwnerId', joinColumns: [{ columnName: 'Name' }] },
        { columnName: 'Contacts', aggregate: true, joinColumns: [{ columnName: 'Name' }] },
      ],
    });
  });
});
