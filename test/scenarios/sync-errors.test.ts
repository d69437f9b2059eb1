import { afterEach, describe, expect, it } from '@jest/globals';
import type { Answer, Company } from '../support/company.js';
import { aReadyCompany } from '../support/ready-company.js';

const LONG_MS = 120_000;

let company: Company;
afterEach(() => company.close());

const sync = (): Promise<Answer> => company.truenorth('sync', '--apply', '--json');

const errors = () =>
  company.soql(
    'SELECT Id, Code__c, Message__c, Advice__c, Status__c, Retry__c, Attempts__c, Object__c, Record_Id__c FROM Sync_Error__c ORDER BY Code__c',
  );

/** As somebody with our admins' permission set does: tick the box on every open error. */
async function tickRetry(): Promise<void> {
  const { users } = company.sandbox.servers.salesforce.org;
  const [set] = await company.soql("SELECT Id FROM PermissionSet WHERE Name = 'Truenorth_Admin'");
  await company.asAdmin('POST', '/sobjects/PermissionSetAssignment', {
    AssigneeId: users.admin,
    PermissionSetId: set?.Id,
  });
  for (const { Id } of await company.soql("SELECT Id FROM Sync_Error__c WHERE Status__c = 'waiting'"))
    await company.asAdmin('PATCH', `/sobjects/Sync_Error__c/${Id}`, { Retry__c: true });
}

/** What was refused is an error with advice; after the cause was mended and retry ticked, the next run clears it. */
async function expectClearedByRetry(mend: () => Promise<unknown>): Promise<void> {
  await mend();
  await tickRetry();
  const again = await sync();
  expect({ exit: again.exit, status: again.json().status }).toEqual({ exit: 0, status: 'done' });
  for (const error of await errors()) expect(error).toMatchObject({ Status__c: 'resolved', Retry__c: false });
  expect(await company.soql('SELECT Id FROM Account WHERE Truenorth_Band__c = null')).toEqual([]);
  expect((await sync()).json().changes).toMatchObject({ records: 0, crmRecords: 0 });
}

describe('an error in Salesforce', () => {
  it(
    'a validation rule appears with the rule’s own words, and a retry clears it',
    async () => {
      company = await aReadyCompany();
      const { schema } = company.sandbox.servers.salesforce.org;
      const definition = schema.find('Account')?.definition();
      await company.control('salesforce', 'POST', '/rules', {
        object: 'Account',
        validation: {
          name: 'Frozen',
          field: 'Truenorth_Band__c',
          operator: '=',
          value: 'risk',
          message: 'No account may be at risk before the board meets',
        },
      });
      expect((await sync()).exit).toBe(3);
      const found = await errors();
      expect(found.length).toBeGreaterThan(0);
      for (const error of found)
        expect(error).toMatchObject({
          Code__c: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
          Message__c: expect.stringContaining('No account may be at risk'),
          Advice__c: expect.stringMatching(/\w+/),
          Status__c: 'waiting',
          Object__c: 'Account',
        });
      await expectClearedByRetry(async () => {
        if (definition !== undefined) schema.putObject(definition);
      });
    },
    LONG_MS,
  );

  it(
    'a locked row appears, is tried again by itself, and is cleared',
    async () => {
      company = await aReadyCompany();
      // Updates of accounts, and not the upserts of our own records.
      await company.control('salesforce', 'POST', '/faults', [
        { kind: 'lock-row', match: 'PATCH .*/composite/sobjects$', times: 10_000 },
      ]);
      expect((await sync()).exit).toBe(3);
      const found = await errors();
      expect(found).toHaveLength(30);
      for (const error of found)
        expect(error).toMatchObject({ Code__c: 'UNABLE_TO_LOCK_ROW', Status__c: 'waiting' });
      await expectClearedByRetry(() => company.control('salesforce', 'DELETE', '/faults'));
    },
    LONG_MS,
  );

  it(
    'a value that is too long appears with the field, and a retry clears it',
    async () => {
      company = await aReadyCompany();
      const { schema } = company.sandbox.servers.salesforce.org;
      const definition = schema.find('Account')?.definition();
      if (definition === undefined) throw new Error('no Account');
      // Somebody shortened the field in Setup.
      const shortened = definition.fields.map((field) =>
        field.name === 'Truenorth_Drivers__c' ? { ...field, length: 20 } : field,
      );
      schema.putObject({ ...definition, fields: shortened });
      expect((await sync()).exit).toBe(3);
      const [first] = await errors();
      expect(first).toMatchObject({
        Code__c: 'STRING_TOO_LONG',
        Advice__c: expect.stringContaining('lengthen the field'),
        Status__c: 'waiting',
      });
      await expectClearedByRetry(async () => schema.putObject(definition));
    },
    LONG_MS,
  );

  it(
    'a missing permission appears as what stopped the run, and is gone once it is given',
    async () => {
      company = await aReadyCompany();
      const rights = (await company.soql(
        "SELECT Id FROM FieldPermissions WHERE Field = 'Account.Truenorth_Score__c' AND Parent.Name = 'Truenorth_Integration'",
      )) as readonly { readonly Id: string }[];
      await company.asAdmin('PATCH', `/sobjects/FieldPermissions/${rights[0]?.Id}`, {
        PermissionsEdit: false,
      });
      expect((await sync()).exit).toBe(2);
      expect(await errors()).toMatchObject([
        {
          Code__c: 'MAPPING_DOES_NOT_FIT_ORG',
          Message__c: expect.stringContaining('Truenorth_Score__c'),
          Advice__c: expect.stringContaining('install --apply'),
          Status__c: 'waiting',
        },
      ]);
      await expectClearedByRetry(() => company.truenorth('install', '--apply'));
    },
    LONG_MS,
  );
});
