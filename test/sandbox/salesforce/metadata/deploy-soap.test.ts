import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  aPackage,
  deploy,
  type MetadataServer,
  metadataFile,
  objectWith,
  SCORE,
  startMetadataServer,
} from './metadata-server.js';

const FORMULA =
  '<fullName>Score_Label__c</fullName><formula>IF(Score__c &gt; 50, &quot;good&quot;, &quot;poor&quot;)</formula><label>Score Label</label><type>Text</type>';

const GRANTS = metadataFile(
  'PermissionSet',
  `<fieldPermissions><editable>true</editable><field>Account.Score__c</field><readable>true</readable></fieldPermissions>
   <hasActivationRequired>false</hasActivationRequired>
   <label>Sync User</label>
   <objectPermissions><allowCreate>true</allowCreate><allowDelete>false</allowDelete><allowEdit>true</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>Account</object><viewAllRecords>true</viewAllRecords></objectPermissions>
   <userPermissions><enabled>true</enabled><name>ApiEnabled</name></userPermissions>`,
);

const EVERYTHING = {
  members: { CustomField: ['Account.Score__c', 'Account.Score_Label__c'], PermissionSet: ['Sync_User'] },
  files: {
    'objects/Account.object': objectWith(FORMULA, SCORE),
    'permissionsets/Sync_User.permissionset': GRANTS,
  },
};

describe('deploying over SOAP with the real client', () => {
  let server: MetadataServer;
  beforeEach(async () => {
    server = await startMetadataServer();
  });
  afterEach(() => server.close());

  it('creates fields and a permission set, and reports each as created', async () => {
    const result = await deploy(server, aPackage(EVERYTHING.members, EVERYTHING.files));

    expect(result.status).toBe('Succeeded');
    expect(result.details.componentFailures).toEqual([]);
    expect(
      result.details.componentSuccesses.map((one) => [one.componentType, one.fullName, one.created]),
    ).toEqual([
      ['CustomField', 'Account.Score__c', true],
      ['CustomField', 'Account.Score_Label__c', true],
      ['PermissionSet', 'Sync_User', true],
      ['', 'package.xml', false],
    ]);
    expect(server.org.schema.find('Account')?.field('Score__c')).toMatchObject({
      type: 'double',
      precision: 5,
      scale: 1,
      nillable: true,
    });
    expect(server.org.schema.find('Account')?.field('Score_Label__c')).toMatchObject({
      type: 'string',
      calculated: true,
      updateable: false,
    });
  });

  it('leaves a new field invisible until a permission set with it is assigned', async () => {
    await deploy(server, aPackage(EVERYTHING.members, EVERYTHING.files));
    const { access, users } = server.org;

    expect(access.field(users.admin, 'Account', 'Score__c')).toBe('none');

    const [slot] = server.org.table('PermissionSet').withValue('Name', 'Sync_User');
    const permissionSet = server.org.table('PermissionSet').rowAt(slot ?? -1);
    server.org.plant('PermissionSetAssignment', {
      AssigneeId: users.admin,
      PermissionSetId: permissionSet?.Id ?? null,
    });

    expect(access.field(users.admin, 'Account', 'Score__c')).toBe('edit');
    expect(access.field(users.admin, 'Account', 'Score_Label__c')).toBe('none');
  });

  it('changes nothing when the same package comes again', async () => {
    await deploy(server, aPackage(EVERYTHING.members, EVERYTHING.files));
    const version = server.org.schema.version();

    const again = await deploy(server, aPackage(EVERYTHING.members, EVERYTHING.files));

    const components = again.details.componentSuccesses.filter((one) => one.componentType !== '');
    expect(components.map((one) => [one.changed, one.created])).toEqual([
      [false, false],
      [false, false],
      [false, false],
    ]);
    expect(server.org.schema.version()).toBe(version);
  });

  it('does nothing at all when one part is refused and rollbackOnError is set', async () => {
    const files = {
      ...EVERYTHING.files,
      'objects/Account.object': objectWith(SCORE, FORMULA.replace('Score__c', 'Scoer__c')),
    };

    const result = await deploy(server, aPackage(EVERYTHING.members, files));

    expect(result.status).toBe('Failed');
    expect(result.details.componentFailures).toMatchObject([
      {
        componentType: 'CustomField',
        fullName: 'Account.Score_Label__c',
        fileName: 'objects/Account.object',
        problem: 'Field Scoer__c does not exist. Check spelling.',
        problemType: 'Error',
        lineNumber: 4,
        columnNumber: 57,
      },
    ]);
    expect(server.org.schema.find('Account')?.field('Score__c')).toBeNull();
    expect(server.org.table('PermissionSet').withValue('Name', 'Sync_User')).toEqual([]);
  });

  it('carries out the good parts when rollbackOnError is off', async () => {
    const files = {
      ...EVERYTHING.files,
      'objects/Account.object': objectWith(SCORE, FORMULA.replace('Score__c', 'Scoer__c')),
    };

    const result = await deploy(server, aPackage(EVERYTHING.members, files), { rollbackOnError: false });

    expect(result.status).toBe('SucceededPartial');
    expect(server.org.schema.find('Account')?.field('Score__c')).not.toBeNull();
    expect(server.org.schema.find('Account')?.field('Score_Label__c')).toBeNull();
  });

  it('validates without creating when checkOnly is set, and deploys the validation afterwards', async () => {
    const result = await deploy(server, aPackage(EVERYTHING.members, EVERYTHING.files), { checkOnly: true });

    expect(result).toMatchObject({ status: 'Succeeded', checkOnly: true });
    expect(server.org.schema.find('Account')?.field('Score__c')).toBeNull();

    const id = await server.client.metadata.deployRecentValidation({ id: result.id });
    await server.client.metadata.checkDeployStatus(String(id));
    expect(server.org.schema.find('Account')?.field('Score__c')).not.toBeNull();
  });

  it('answers an unknown session with a SOAP fault that clients know', async () => {
    const envelope =
      '<x:Envelope xmlns:x="http://schemas.xmlsoap.org/soap/envelope/"><x:Header><m:SessionHeader xmlns:m="u"><m:sessionId>nobody</m:sessionId></m:SessionHeader></x:Header><x:Body><m:describeMetadata xmlns:m="u"/></x:Body></x:Envelope>';

    const answer = await fetch(`${server.url}/services/Soap/m/62.0`, { method: 'POST', body: envelope });

    expect(answer.status).toBe(500);
    expect(await answer.text()).toMatch(/<faultcode>sf:INVALID_SESSION_ID<\/faultcode>/);
  });
});
