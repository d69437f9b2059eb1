import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MetadataServer, startMetadataServer } from './metadata-server.js';

const FIELD = { fullName: 'Account.Score__c', label: 'Score', type: 'Number', precision: 5, scale: 1 };

describe('metadata calls of the real client for single components', () => {
  let server: MetadataServer;
  beforeEach(async () => {
    server = await startMetadataServer();
  });
  afterEach(() => server.close());

  it('upsert a field: created first, then not', async () => {
    const { metadata } = server.client;

    expect(await metadata.upsert('CustomField', FIELD)).toMatchObject({ success: true, created: true });
    expect(await metadata.upsert('CustomField', FIELD)).toMatchObject({ success: true, created: false });
    expect(server.org.schema.find('Account')?.field('Score__c')?.precision).toBe(5);
  });

  it('refuse to create what is there and to update what is not', async () => {
    const { metadata } = server.client;
    await metadata.create('CustomField', FIELD);

    expect(await metadata.create('CustomField', FIELD)).toMatchObject({
      success: false,
      errors: [{ statusCode: 'DUPLICATE_DEVELOPER_NAME' }],
    });
    expect(await metadata.update('CustomField', { ...FIELD, fullName: 'Account.Other__c' })).toMatchObject({
      success: false,
      errors: [{ statusCode: 'INVALID_CROSS_REFERENCE_KEY' }],
    });
  });

  it('report what is wrong with a component', async () => {
    const result = await server.client.metadata.create('CustomField', { ...FIELD, precision: 19 });

    expect(result).toMatchObject({
      success: false,
      errors: [{ message: expect.stringMatching(/1 and 18/) }],
    });
  });

  it('read back what was written, also for a custom object and a permission set', async () => {
    const { metadata } = server.client;
    await metadata.create('CustomObject', {
      fullName: 'Note__c',
      label: 'Note',
      pluralLabel: 'Notes',
      nameField: { type: 'Text', label: 'Name' },
      deploymentStatus: 'Deployed',
      sharingModel: 'ReadWrite',
    });
    await metadata.create('CustomField', FIELD);
    await metadata.create('PermissionSet', {
      fullName: 'Sync_User',
      label: 'Sync User',
      fieldPermissions: [{ editable: true, field: 'Account.Score__c', readable: true }],
    });

    expect(await metadata.read('CustomField', 'Account.Score__c')).toMatchObject({
      fullName: 'Account.Score__c',
      label: 'Score',
      precision: 5,
    });
    expect(await metadata.read('CustomObject', 'Note__c')).toMatchObject({
      label: 'Note',
      sharingModel: 'ReadWrite',
    });
    expect(await metadata.read('PermissionSet', 'Sync_User')).toMatchObject({
      fieldPermissions: [{ field: 'Account.Score__c', editable: true }],
    });
  });

  it('delete a field, with the rights to it', async () => {
    const { metadata } = server.client;
    await metadata.create('CustomField', FIELD);
    await metadata.create('PermissionSet', {
      fullName: 'Sync_User',
      label: 'Sync User',
      fieldPermissions: [{ editable: true, field: 'Account.Score__c', readable: true }],
    });

    expect(await metadata.delete('CustomField', 'Account.Score__c')).toMatchObject({ success: true });

    expect(server.org.schema.find('Account')?.field('Score__c')).toBeNull();
    const rights = server.org.table('FieldPermissions').withValue('Field', 'Account.Score__c');
    expect(rights.map((slot) => server.org.table('FieldPermissions').rowAt(slot))).toEqual([]);
  });

  it('list and describe', async () => {
    const { metadata } = server.client;
    await metadata.create('CustomField', FIELD);

    const listed = await metadata.list({ type: 'CustomField' });
    const described = await metadata.describe('62.0');

    expect(listed).toMatchObject([{ fullName: 'Account.Score__c', fileName: 'objects/Account.object' }]);
    expect(described.metadataObjects.map((one) => one.xmlName)).toEqual(
      expect.arrayContaining([
        'CustomObject',
        'PermissionSet',
        'ReportType',
        'Report',
        'Dashboard',
        'FlexiPage',
      ]),
    );
  });
});
