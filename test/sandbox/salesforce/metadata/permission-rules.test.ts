import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
  '<fullName>Grade__c</fullName><formula>TEXT(Score__c)</formula><label>Grade</label><type>Text</type>';
const REQUIRED =
  '<fullName>Must__c</fullName><label>Must</label><length>20</length><required>true</required><type>Text</type>';

function fieldGrant(field: string, editable: boolean, readable = true): string {
  return `<fieldPermissions><editable>${editable}</editable><field>${field}</field><readable>${readable}</readable></fieldPermissions>`;
}

function objectGrant(object: string, allowed: readonly string[]): string {
  const flags = [
    'allowCreate',
    'allowDelete',
    'allowEdit',
    'allowRead',
    'modifyAllRecords',
    'viewAllRecords',
  ];
  const parts = [...flags, 'object'].sort().map((name) => {
    return name === 'object' ? `<object>${object}</object>` : `<${name}>${allowed.includes(name)}</${name}>`;
  });
  return `<objectPermissions>${parts.join('')}</objectPermissions>`;
}

describe('a permission set that the platform refuses', () => {
  let server: MetadataServer;
  beforeAll(async () => {
    server = await startMetadataServer();
    const fields = { 'objects/Account.object': objectWith(SCORE, FORMULA, REQUIRED) };
    const members = { CustomField: ['Account.Score__c', 'Account.Grade__c', 'Account.Must__c'] };
    await deploy(server, aPackage(members, fields));
  });
  afterAll(() => server.close());

  async function refusals(content: string): Promise<readonly (string | null | undefined)[]> {
    const set = metadataFile('PermissionSet', content);
    const zip = aPackage({ PermissionSet: ['Probe'] }, { 'permissionsets/Probe.permissionset': set });
    const result = await deploy(server, zip, { checkOnly: true });
    return result.details.componentFailures.map((one) => one.problem);
  }

  const LABEL = '<label>Probe</label>';

  it.each([
    [
      'a field that is nowhere',
      fieldGrant('Account.Nowhere__c', false) + LABEL,
      /no CustomField named Account.Nowhere__c found/,
    ],
    [
      'a required field',
      fieldGrant('Account.Must__c', true) + LABEL,
      /cannot deploy to a required field: Account.Must__c/,
    ],
    [
      'the name field',
      fieldGrant('Account.Name', true) + LABEL,
      /cannot deploy to a required field: Account.Name/,
    ],
    [
      'a formula that can be edited',
      fieldGrant('Account.Grade__c', true) + LABEL,
      /Account.Grade__c is not editable/,
    ],
    [
      'editing without reading',
      fieldGrant('Account.Score__c', true, false) + LABEL,
      /depends on permission\(s\): Read/,
    ],
    [
      'the same field twice',
      fieldGrant('Account.Score__c', true) + fieldGrant('Account.Score__c', true) + LABEL,
      /Duplicate fieldPermissions/,
    ],
    [
      'an object that is nowhere',
      LABEL + objectGrant('Nowhere__c', ['allowRead']),
      /no CustomObject named Nowhere__c found/,
    ],
    [
      'editing an object without reading it',
      LABEL + objectGrant('Account', ['allowEdit']),
      /depends on permission\(s\): allowRead/,
    ],
    [
      'opportunities without accounts',
      LABEL + objectGrant('Opportunity', ['allowRead']),
      /depends on permission\(s\): Read Account/,
    ],
    [
      'an unknown user permission',
      `${LABEL}<userPermissions><enabled>true</enabled><name>FlyToTheMoon</name></userPermissions>`,
      /Unknown user permission: FlyToTheMoon/,
    ],
    [
      'a tab that is nowhere',
      `${LABEL}<tabSettings><tab>Nowhere__c</tab><visibility>Visible</visibility></tabSettings>`,
      /no CustomTab named Nowhere__c found/,
    ],
    ['no label', '<hasActivationRequired>false</hasActivationRequired>', /Required field is missing: label/],
  ])('%s', async (_name, content, problem) => {
    expect(await refusals(content)).toEqual([expect.stringMatching(problem)]);
  });

  it('takes a formula that is only read, and lists warnings for elements out of order', async () => {
    expect(await refusals(fieldGrant('Account.Grade__c', false) + LABEL)).toEqual([]);

    const set = metadataFile('PermissionSet', LABEL + fieldGrant('Account.Grade__c', false));
    const zip = aPackage({ PermissionSet: ['Probe'] }, { 'permissionsets/Probe.permissionset': set });
    const result = await deploy(server, zip, { checkOnly: true });
    expect(result.details.componentSuccesses[0]).toMatchObject({
      problem: 'Element fieldPermissions is out of canonical order in type PermissionSet',
      problemType: 'Warning',
    });
  });
});

describe('fields without field-level security', () => {
  it('are visible to everyone when they are required', async () => {
    const server = await startMetadataServer();
    const zip = aPackage(
      { CustomField: ['Account.Must__c'] },
      { 'objects/Account.object': objectWith(REQUIRED) },
    );

    await deploy(server, zip);

    expect(server.org.access.field(server.org.users.integration, 'Account', 'Must__c')).toBe('edit');
    await server.close();
  });
});
