import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import jsforce from 'jsforce';
import { type BulkServer, plantAccounts, startBulkServer, VERSION } from './bulk-server.js';

let server: BulkServer;
let connection: InstanceType<typeof jsforce.Connection>;

beforeAll(async () => {
  server = await startBulkServer({ leastMs: 0 });
  connection = new jsforce.Connection({
    instanceUrl: server.url(),
    accessToken: server.token,
    version: VERSION,
  });
  connection.bulk.pollInterval = 5;
  connection.bulk2.pollInterval = 5;
});
afterAll(() => server.close());

describe('real jsforce', () => {
  it('reads a query by Bulk API 2.0 while it fits one page', async () => {
    plantAccounts(server.org, 3, (n) => ({ Score__c: n + 0.5, Ext__c: `q${n}` }));
    const stream = await connection.bulk2.query(
      "SELECT Ext__c, Score__c FROM Account WHERE Ext__c LIKE 'q%'",
    );
    const rows = await stream.toArray();
    expect(rows).toEqual([0, 1, 2].map((n) => ({ Ext__c: `q${n}`, Score__c: `${n + 0.5}` })));
  });

  it('uploads by Bulk API 2.0, and reads what became of each row', async () => {
    const results = await connection.bulk2.loadAndWaitForResults({
      object: 'Account',
      operation: 'upsert',
      externalIdFieldName: 'Ext__c',
      input: [
        { Ext__c: 'j1', Name: 'One', Score__c: 5 },
        { Ext__c: 'j2', Name: 'Two', Score__c: 'many' },
      ],
    });
    expect(results.successfulResults).toEqual([
      expect.objectContaining({ sf__Created: 'true', Ext__c: 'j1' }),
    ]);
    expect(results.failedResults).toEqual([
      expect.objectContaining({ Ext__c: 'j2', sf__Error: expect.anything() }),
    ]);
    expect(results.unprocessedRecords).toEqual([]);
  });

  it('writes by the first Bulk API, one result per row in order', async () => {
    const results = await connection.bulk.load('Account', 'insert', [
      { Name: 'Bulk one', Score__c: 1 },
      { Name: '', Score__c: 2 },
    ]);
    expect(results).toEqual([
      { id: expect.stringMatching(/^001/), success: true, created: true, errors: [] },
      {
        id: null,
        success: false,
        created: false,
        errors: [expect.stringContaining('REQUIRED_FIELD_MISSING')],
      },
    ]);
  });

  it('reads a query by the first Bulk API', async () => {
    plantAccounts(server.org, 2, (n) => ({ Ext__c: `b${n}` }));
    const stream = await connection.bulk.query("SELECT Ext__c FROM Account WHERE Ext__c LIKE 'b%'");
    expect(await stream.toArray()).toEqual([{ Ext__c: 'b0' }, { Ext__c: 'b1' }]);
  });

  it('hears why the first Bulk API failed a batch, and when its session is over', async () => {
    await expect(connection.bulk.load('Account', 'insert', [{ Nope__c: 1 }])).rejects.toThrow(
      'Field name not found : Nope__c',
    );
    await expect(connection.bulk.query('SELECT Nope__c FROM Account')).rejects.toThrow('INVALID_FIELD');
    const stranger = await server.call('POST', '/services/async/62.0/job', {
      csv: '<jobInfo><operation>insert</operation></jobInfo>',
      headers: { authorization: 'Bearer nobody' },
    });
    expect(stranger.status).toBe(400);
    expect(stranger.text).toContain('<exceptionCode>InvalidSessionId</exceptionCode>');
  });
});
