import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aPackage, type MetadataServer, objectWith, SCORE, startMetadataServer } from './metadata-server.js';

const ZIP = aPackage({ CustomField: ['Account.Score__c'] }, { 'objects/Account.object': objectWith(SCORE) });

describe('deploying over REST', () => {
  let server: MetadataServer;
  beforeEach(async () => {
    server = await startMetadataServer();
  });
  afterEach(() => server.close());

  it('works with the real client', async () => {
    const result = await server.client.metadata
      .deployRest(ZIP, { rollbackOnError: true, singlePackage: true })
      .complete(true);

    expect(result.status).toBe('Succeeded');
    expect(server.org.schema.find('Account')?.field('Score__c')).not.toBeNull();
  });

  it.each(['entity_content', 'json'])('takes the options in a part called %s', async (part) => {
    const form = new FormData();
    const options = JSON.stringify({
      deployOptions: { rollbackOnError: true, singlePackage: true, checkOnly: true },
    });
    form.append(part, new Blob([options], { type: 'application/json' }));
    form.append('file', new Blob([new Uint8Array(ZIP)], { type: 'application/zip' }), 'package.zip');
    const headers = { authorization: `Bearer ${server.token}` };
    const path = `${server.url}/services/data/v62.0/metadata/deployRequest`;

    const started = await fetch(path, { method: 'POST', headers, body: form });
    const { id } = JSON.parse(await started.text());
    const polled = await fetch(`${path}/${id}?includeDetails=true`, { headers });

    expect(started.status).toBe(201);
    expect(await polled.json()).toMatchObject({
      id,
      deployOptions: { checkOnly: true },
      deployResult: { done: true, status: 'Succeeded', checkOnly: true, details: { componentFailures: [] } },
    });
  });

  it('cancels nothing that is done', async () => {
    const done = await server.client.metadata.deploy(ZIP, { singlePackage: true }).complete();

    const answer = await server.client.request({
      method: 'PATCH',
      url: `/metadata/deployRequest/${done.id}`,
      body: JSON.stringify({ deployResult: { status: 'Canceling' } }),
      headers: { 'content-type': 'application/json' },
    });

    expect(answer).toMatchObject({ deployResult: { status: 'Succeeded' } });
  });
});

describe('the Tooling API', () => {
  let server: MetadataServer;
  beforeEach(async () => {
    server = await startMetadataServer();
  });
  afterEach(() => server.close());

  it('creates, reads, changes and deletes a custom field', async () => {
    const { tooling } = server.client;
    const field = { label: 'Score', type: 'Number', precision: 5, scale: 1 };

    const created = await tooling
      .sobject('CustomField')
      .create({ FullName: 'Account.Score__c', Metadata: field });
    const id = created.id ?? '';
    expect(created.success).toBe(true);
    expect(await tooling.sobject('CustomField').retrieve(id)).toMatchObject({
      FullName: 'Account.Score__c',
      Metadata: { label: 'Score', precision: 5, type: 'Number' },
    });

    await tooling.sobject('CustomField').update({ Id: id, Metadata: { ...field, label: 'Points' } });
    expect(server.org.schema.find('Account')?.field('Score__c')?.label).toBe('Points');

    await tooling.sobject('CustomField').destroy(id);
    expect(server.org.schema.find('Account')?.field('Score__c')).toBeNull();
  });

  it('answers questions about custom fields, objects and field definitions', async () => {
    const { tooling, metadata } = server.client;
    await metadata.create('CustomField', {
      fullName: 'Account.Score__c',
      label: 'Score',
      type: 'Number',
      precision: 5,
      scale: 1,
    });

    const fields = await tooling.query(
      "SELECT Id, DeveloperName FROM CustomField WHERE TableEnumOrId = 'Account'",
    );
    const definitions = await tooling.query(
      "SELECT QualifiedApiName, DataType FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Account' AND QualifiedApiName = 'Score__c'",
    );
    const entities = await tooling.query(
      "SELECT KeyPrefix FROM EntityDefinition WHERE QualifiedApiName = 'Account'",
    );

    expect(fields.records).toMatchObject([{ DeveloperName: 'Score' }]);
    expect(definitions.records).toMatchObject([{ QualifiedApiName: 'Score__c', DataType: 'Number(4, 1)' }]);
    expect(entities.records).toMatchObject([{ KeyPrefix: '001' }]);
  });

  it('knows no source tracking', async () => {
    await expect(server.client.request('/tooling/sobjects/SourceMember/describe')).rejects.toMatchObject({
      errorCode: 'NOT_FOUND',
    });
  });

  it('answers the CLI with columns, described objects and pages', async () => {
    const { tooling } = server.client;
    const text = 'SELECT QualifiedApiName FROM FieldDefinition';

    const columns = await server.client.request(`/tooling/query?q=${encodeURIComponent(text)}&columns=true`);
    const described = await tooling.sobject('CustomField').describe();
    const answer = await fetch(
      `${server.url}/services/data/v62.0/tooling/query?q=${encodeURIComponent(text)}`,
      {
        headers: { authorization: `Bearer ${server.token}`, 'sforce-query-options': 'batchSize=200' },
      },
    );

    expect(columns).toMatchObject({ columnMetadata: [{ columnName: 'QualifiedApiName' }] });
    expect(described.fields.map((field) => field.name)).toContain('TableEnumOrId');
    expect(await answer.json()).toMatchObject({
      size: 200,
      done: false,
      nextRecordsUrl: expect.stringMatching(/^\/services\/data\/v62\.0\/tooling\/query\/\w+-200$/),
    });
  });
});
