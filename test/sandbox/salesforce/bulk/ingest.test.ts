import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type BulkServer, plantAccounts, startBulkServer } from './bulk-server.js';

let server: BulkServer;

beforeEach(async () => {
  server = await startBulkServer({ leastMs: 60_000, maxBytes: 5_000 });
});
afterEach(() => server.close());

async function open(more: object): Promise<string> {
  const { status, json } = await server.call('POST', '/ingest', {
    json: { object: 'Account', contentType: 'CSV', ...more },
  });
  expect([status, json.state]).toEqual([200, 'Open']);
  return String(json.id);
}

async function done(id: string): Promise<Record<string, unknown>> {
  const states: string[] = [];
  for (let polls = 0; polls < 200; polls += 1) {
    const { json } = await server.call('GET', `/ingest/${id}`);
    states.push(json.state);
    if (!['UploadComplete', 'InProgress'].includes(json.state)) {
      expect(states[0]).toBe('InProgress');
      return json;
    }
  }
  throw new Error(`never done: ${states.at(-1)}`);
}

async function load(more: object, csv: string): Promise<{ id: string; end: Record<string, unknown> }> {
  const id = await open(more);
  expect((await server.call('PUT', `/ingest/${id}/batches`, { csv })).status).toBe(201);
  const closed = await server.call('PATCH', `/ingest/${id}`, { json: { state: 'UploadComplete' } });
  expect([closed.status, closed.json.state]).toEqual([200, 'UploadComplete']);
  return { id, end: await done(id) };
}

async function resultOf(id: string, kind: string): Promise<string> {
  return (await server.call('GET', `/ingest/${id}/${kind}`)).text;
}

function account(id: string | undefined): Readonly<Record<string, unknown>> {
  return server.org.table('Account').get(id ?? '') ?? {};
}

describe('a bulk upload', () => {
  it('goes through open, upload, close and poll to a result per row', async () => {
    const { id, end } = await load(
      { operation: 'insert' },
      'Name,Score__c,Ext__c\nOne,1.5,a\n,2,b\n"Thr""ee",,c\n',
    );
    expect(end).toMatchObject({
      state: 'JobComplete',
      jobType: 'V2Ingest',
      numberRecordsProcessed: 3,
      numberRecordsFailed: 1,
      operation: 'insert',
      object: 'Account',
    });
    expect(await resultOf(id, 'successfulResults')).toMatch(
      /^"sf__Id","sf__Created","Name","Score__c","Ext__c"\n"001\w{15}","true","One","1.5","a"\n"001\w{15}","true","Thr""ee","","c"\n$/,
    );
    expect(await resultOf(id, 'failedResults')).toBe(
      '"sf__Id","sf__Error","Name","Score__c","Ext__c"\n"","REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --","","2","b"\n',
    );
    expect(await resultOf(id, 'unprocessedrecords')).toBe('"Name","Score__c","Ext__c"\n');
  });

  it('clears with #N/A and leaves alone what is empty', async () => {
    const [a, b] = plantAccounts(server.org, 2, () => ({ Score__c: 7 }));
    await load({ operation: 'update', object: 'account' }, `id,score__C\n${a},#N/A\n${b},\n`);
    expect([account(a).Score__c, account(b).Score__c]).toEqual([null, 7]);
  });

  it('upserts by external id, and says which rows are new', async () => {
    const [known] = plantAccounts(server.org, 1, () => ({ Ext__c: 'k1' }));
    const { id } = await load(
      { operation: 'upsert', externalIdFieldName: 'ext__c' },
      'Ext__c,Name\nk1,Old\nk2,New\n',
    );
    const text = await resultOf(id, 'successfulResults');
    expect(text).toContain(`"${known}","false","k1","Old"`);
    expect(text).toMatch(/"001\w{15}","true","k2","New"/);
    expect(account(known).Name).toBe('Old');
  });

  it('deletes by id', async () => {
    const [a] = plantAccounts(server.org, 1);
    const { end } = await load({ operation: 'delete' }, `Id\n${a}\n001000000000000AAA\n`);
    expect(end).toMatchObject({ numberRecordsProcessed: 2, numberRecordsFailed: 1 });
    expect(account(a).IsDeleted).toBe(true);
  });

  it('finds a parent by its external id', async () => {
    const [parent] = plantAccounts(server.org, 1, () => ({ Ext__c: 'p' }));
    const { id } = await load({ operation: 'insert', object: 'Contact' }, 'LastName,Account.Ext__c\nLee,p\n');
    const contact = /"(003\w{15})"/.exec(await resultOf(id, 'successfulResults'))?.[1] ?? '';
    expect(server.org.table('Contact').get(contact)?.AccountId).toBe(parent);
  });

  it.each([
    ['SEMICOLON', 'LF', 'Name;Ext__c\nx;y\n'],
    ['TAB', 'CRLF', 'Name\tExt__c\r\nx\ty\r\n'],
    ['BACKQUOTE', 'LF', 'Name`Ext__c\nx`y\n'],
    ['PIPE', 'CRLF', '"Name"|"Ext__c"\r\n"x"|"y"'],
    ['CARET', 'LF', 'Name^Ext__c\nx^y'],
  ])('reads %s with %s', async (columnDelimiter, lineEnding, csv) => {
    const { end } = await load({ operation: 'insert', columnDelimiter, lineEnding }, csv);
    expect(end).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 1, numberRecordsFailed: 0 });
  });

  it('comes in one request as a form', async () => {
    const form = new FormData();
    const job = { object: 'Account', operation: 'insert', contentType: 'CSV' };
    form.set('job', new Blob([JSON.stringify(job)], { type: 'application/json' }));
    form.set('content', new Blob(['Name\nx\n'], { type: 'text/csv' }), 'content');
    const answer = await fetch(`${server.url()}/services/data/v62.0/jobs/ingest`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}` },
      body: form,
    });
    const info: { id: string; state: string } = JSON.parse(await answer.text());
    expect(info.state).toBe('UploadComplete');
    expect(await done(info.id)).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 1 });
  });
});

describe('an upload that is no good as a whole', () => {
  it.each([
    ['an unknown column', 'Name,Nope__c\nx,y\n', 'InvalidBatch : Field name not found : Nope__c'],
    ['a column given twice', 'Name,name\nx,y\n', 'InvalidBatch : Duplicate field name : name'],
    [
      'the wrong line ending',
      'Name\r\nx\r\n',
      'InvalidBatch : LineEnding is invalid on user data. Current LineEnding setting is LF',
    ],
    [
      'a row that is too long',
      'Name\nx,y\n',
      'InvalidBatch : Error parsing CSV, row 1 has 2 values for 1 columns',
    ],
    [
      'a quote that never closes',
      'Name\n"x\n',
      'InvalidBatch : Error parsing CSV, line 2: a quoted value never ends',
    ],
  ])('fails with %s, every row unprocessed', async (_, csv, message) => {
    const { id, end } = await load({ operation: 'insert' }, csv);
    expect(end).toMatchObject({ state: 'Failed', errorMessage: message, numberRecordsProcessed: 0 });
    expect((await resultOf(id, 'unprocessedrecords')).split(/\r?\n/).length).toBeGreaterThan(1);
    expect(server.org.table('Account').liveCount()).toBe(0);
  });

  it('is refused with an unknown object, operation or external id', async () => {
    const refused = async (more: object): Promise<string> =>
      (await server.call('POST', '/ingest', { json: { object: 'Account', operation: 'insert', ...more } }))
        .json[0].errorCode;
    expect(await refused({ object: 'Nope__c' })).toBe('INVALIDENTITY');
    expect(await refused({ operation: 'undelete' })).toBe('INVALIDJOB');
    expect(await refused({ operation: 'upsert' })).toBe('INVALIDJOB');
    expect(await refused({ operation: 'upsert', externalIdFieldName: 'Name' })).toBe('INVALIDJOB');
    expect(await refused({ columnDelimiter: 'COLON' })).toBe('INVALIDJOB');
  });

  it('is refused above the size limit, and keeps nothing', async () => {
    const id = await open({ operation: 'insert' });
    const csv = `Name\n${'x'.repeat(6_000)}`;
    expect((await server.call('PUT', `/ingest/${id}/batches`, { csv })).status).toBe(413);
    expect((await server.call('PUT', `/ingest/${id}/batches`, { csv: 'Name\nx' })).status).toBe(201);
  });
});

describe('the life of an upload job', () => {
  it('takes one content only', async () => {
    const id = await open({ operation: 'insert' });
    await server.call('PUT', `/ingest/${id}/batches`, { csv: 'Name\nx' });
    const second = await server.call('PUT', `/ingest/${id}/batches`, { csv: 'Name\ny' });
    expect([second.status, second.json[0].errorCode]).toEqual([400, 'BULK_API_ERROR']);
    expect(second.json[0].message).toContain(`Found multiple contents for job: <${id}>`);
  });

  it('can be aborted before it runs, listed, and deleted once ended', async () => {
    const id = await open({ operation: 'insert' });
    await server.call('PUT', `/ingest/${id}/batches`, { csv: 'Name\nx' });
    expect((await server.call('DELETE', `/ingest/${id}`)).status).toBe(400);
    expect((await server.call('PATCH', `/ingest/${id}`, { json: { state: 'Aborted' } })).json.state).toBe(
      'Aborted',
    );
    expect(await resultOf(id, 'unprocessedrecords')).toBe('"Name"\n"x"\n');
    expect((await server.call('GET', '/ingest')).json.records[0]).toMatchObject({ id, state: 'Aborted' });
    expect((await server.call('DELETE', `/ingest/${id}`)).status).toBe(204);
    expect((await server.call('GET', `/ingest/${id}`)).status).toBe(404);
  });

  it('survives a refused upload, and one that breaks off', async () => {
    const id = await open({ operation: 'insert' });
    server.faults.set({ kind: 'status', match: '^PUT', status: 503, times: 1 });
    expect((await server.call('PUT', `/ingest/${id}/batches`, { csv: 'Name\nx' })).status).toBe(503);
    server.faults.set({ kind: 'reset', match: '^PUT', times: 1 });
    await expect(server.call('PUT', `/ingest/${id}/batches`, { csv: 'Name\nx' })).rejects.toThrow();
    expect((await server.call('PUT', `/ingest/${id}/batches`, { csv: 'Name\nx' })).status).toBe(201);
  });

  it('fails single rows on a lock, and leaves the others written', async () => {
    const ids = plantAccounts(server.org, 3);
    server.faults.set({ kind: 'lock-row', times: 1 });
    const csv = `Id,Score__c\n${ids.map((id) => `${id},9`).join('\n')}\n`;
    const { id, end } = await load({ operation: 'update' }, csv);
    expect(end).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 3, numberRecordsFailed: 1 });
    expect(await resultOf(id, 'failedResults')).toContain(
      'UNABLE_TO_LOCK_ROW:unable to obtain exclusive access',
    );
  });
});
