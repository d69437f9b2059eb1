import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import {
  aPackage,
  deploy,
  type MetadataServer,
  metadataFile,
  objectWith,
  packageXml,
  SCORE,
  startMetadataServer,
} from './metadata-server.js';

const NOTE = metadataFile(
  'CustomObject',
  `    <deploymentStatus>Deployed</deploymentStatus>
    <fields><fullName>Text__c</fullName><label>Text</label><length>80</length><type>Text</type></fields>
    <label>Note</label>
    <nameField><displayFormat>N-{000}</displayFormat><label>Number</label><type>AutoNumber</type></nameField>
    <pluralLabel>Notes</pluralLabel>
    <sharingModel>ReadWrite</sharingModel>`,
);

/** jsforce's type wants every optional element of a package too; the WSDL does not. */
const THREE_OF_OURS = JSON.parse(`{
  "apiVersion": "62.0",
  "singlePackage": true,
  "unpackaged": {
    "types": [
      { "members": ["Note__c"], "name": "CustomObject" },
      { "members": ["Account.Score__c", "Account.Gone__c"], "name": "CustomField" }
    ],
    "version": "62.0"
  }
}`);

describe('a package', () => {
  let server: MetadataServer;
  beforeEach(async () => {
    server = await startMetadataServer();
  });
  afterEach(() => server.close());

  async function failures(zip: Buffer) {
    const result = await deploy(server, zip);
    expect(result.status).toBe('Failed');
    return result.details.componentFailures.map((one) => [one.fullName, one.problem]);
  }

  it('that is no zip is refused', async () => {
    expect(await failures(Buffer.from('nonsense'))).toEqual([['package.xml', 'Invalid zip file']]);
  });

  it('names only what it holds', async () => {
    const zip = aPackage(
      { CustomField: ['Account.Score__c', 'Account.Missing__c'] },
      { 'objects/Account.object': objectWith(SCORE) },
    );

    expect(await failures(zip)).toEqual([
      [
        'package.xml',
        "An object 'Account.Missing__c' of type CustomField was named in package.xml, but was not found in zipped directory",
      ],
    ]);
  });

  it('holds only what it names', async () => {
    const zip = aPackage({}, { 'objects/Account.object': objectWith(SCORE) });

    expect(await failures(zip)).toEqual([['Account', 'Not in package.xml']]);
  });

  it('names only types that exist', async () => {
    expect(await failures(aPackage({ Unicorn: ['Una'] }, {}))).toEqual([
      ['package.xml', "Unknown type name 'Unicorn' specified in package.xml"],
    ]);
  });

  it('with malformed XML says where', async () => {
    const broken = objectWith(SCORE).replace('</fields>', '</field>');
    const zip = aPackage({ CustomField: ['Account.Score__c'] }, { 'objects/Account.object': broken });

    const result = await deploy(server, zip);

    expect(result.details.componentFailures).toMatchObject(
      [
        {
          fullName: 'Account',
          fileName: 'objects/Account.object',
          problem: /Error parsing file/,
          lineNumber: 3,
        },
      ].map((one) => ({ ...one, problem: expect.stringMatching(one.problem) })),
    );
  });

  it('makes a custom object with its fields, a free key prefix and an owner', async () => {
    const zip = aPackage({ CustomObject: ['Note__c'] }, { 'objects/Note__c.object': NOTE });

    const result = await deploy(server, zip);

    expect(result.status).toBe('Succeeded');
    const note = server.org.schema.find('Note__c');
    expect(note?.definition()).toMatchObject({ keyPrefix: 'a00', label: 'Note', labelPlural: 'Notes' });
    expect(note?.fields().map((one) => one.name)).toEqual(
      expect.arrayContaining(['Id', 'Name', 'OwnerId', 'Text__c', 'SystemModstamp']),
    );
    expect(note?.field('Name')).toMatchObject({ displayFormat: 'N-{000}', createable: false });
  });

  it('takes fields away again with destructiveChanges.xml, and only warns of what is not there', async () => {
    await deploy(
      server,
      aPackage({ CustomField: ['Account.Score__c'] }, { 'objects/Account.object': objectWith(SCORE) }),
    );
    const deletions = packageXml({ CustomField: ['Account.Score__c', 'Account.Never__c'] });

    const result = await deploy(server, aPackage({}, { 'destructiveChanges.xml': deletions }));

    expect(result.status).toBe('Succeeded');
    expect(server.org.schema.find('Account')?.field('Score__c')).toBeNull();
    expect(
      result.details.componentSuccesses.map((one) => [one.fullName, one.deleted, one.problemType]),
    ).toEqual([
      ['Account.Score__c', true, undefined],
      ['Account.Never__c', false, 'Warning'],
      ['package.xml', false, undefined],
    ]);
  });

  it('comes back from a retrieve as it was deployed', async () => {
    const members = { CustomObject: ['Note__c'], CustomField: ['Account.Score__c'] };
    await deploy(
      server,
      aPackage(members, { 'objects/Note__c.object': NOTE, 'objects/Account.object': objectWith(SCORE) }),
    );

    const retrieved = await server.client.metadata.retrieve(THREE_OF_OURS).complete();

    const files = unzipSync(Buffer.from(retrieved.zipFile, 'base64'));
    expect(Object.keys(files).sort()).toEqual([
      'objects/Account.object',
      'objects/Note__c.object',
      'package.xml',
    ]);
    expect(strFromU8(files['objects/Account.object'] ?? new Uint8Array())).toContain(
      '<precision>5</precision>',
    );
    expect(retrieved.messages).toMatchObject([
      { problem: "Entity of type 'CustomField' named 'Account.Gone__c' cannot be found" },
    ]);
    const again = aPackage(members, {
      'objects/Note__c.object': strFromU8(files['objects/Note__c.object'] ?? new Uint8Array()),
      'objects/Account.object': strFromU8(files['objects/Account.object'] ?? new Uint8Array()),
    });
    const result = await deploy(server, again);
    expect(result.details.componentSuccesses.filter((one) => one.changed).map((one) => one.fullName)).toEqual(
      ['package.xml'],
    );
  });
});
