import { afterEach, describe, expect, it } from '@jest/globals';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { sfdxFolder } from '../../../../src/adapters/crm/salesforce/index.js';
import type { FieldToInstall, InstallPlan } from '../../../../src/ports/crm.js';
import { field, picklist } from '../../../../src/sandbox/salesforce/schema/fields.js';
import { anEmbeddedOrg, type EmbeddedOrg } from './support/embedded.js';

function aField(name: string, given: Partial<FieldToInstall> = {}): FieldToInstall {
  const kind = {
    label: name,
    help: '',
    type: 'text',
    length: 40,
    values: [],
    writableBy: 'integration',
  } as const;
  return { object: 'Account', name, ...kind, ...given };
}

function aPlan(fields: readonly FieldToInstall[]): InstallPlan {
  const names = (by: FieldToInstall['writableBy']) =>
    fields.filter((one) => one.writableBy === by).map((one) => `${one.object}.${one.name}`);
  const set = { name: 'Truenorth_Integration', label: 'Truenorth Integration', objects: ['Account'] };
  return { fields, permissionSet: { ...set, editable: names('integration'), readable: names('admin') } };
}

const EVERY_KIND = aPlan([
  aField('Score__c', { type: 'number', length: 0, help: '0 to 100 & "higher" is <healthier>' }),
  aField('Band__c', { length: 20 }),
  aField('Drivers__c', { type: 'long-text', length: 8000 }),
  aField('Watermelon__c', { type: 'checkbox', length: 0 }),
  aField('Since__c', { type: 'date', length: 0 }),
  aField('Stage__c', { type: 'picklist', length: 0, values: ['land', 'adopt'] }),
  aField('Locked__c', { type: 'checkbox', length: 0, writableBy: 'admin' }),
]);

let org: EmbeddedOrg | null = null;
afterEach(async () => {
  await org?.close();
  org = null;
});

async function openOrg(customFields: readonly ReturnType<typeof field>[] = []): Promise<EmbeddedOrg> {
  org = await anEmbeddedOrg({ customFields: new Map([['Account', customFields]]) });
  return org;
}

describe('install', () => {
  it('creates every kind of field, makes them visible and writable, and then finds nothing to do', async () => {
    const { connect, plant } = await openOrg();
    const { crm, installer } = connect();
    const wanted = {
      fieldsToCreate: EVERY_KIND.fields.map((one) => `Account.${one.name}`),
      permissionSet: 'create',
      assignment: 'create',
      conflicts: [],
    };
    expect(await installer.difference(EVERY_KIND)).toEqual(wanted);
    expect(await installer.apply(EVERY_KIND)).toEqual(wanted);
    const nothing = {
      fieldsToCreate: [],
      permissionSet: 'unchanged',
      assignment: 'unchanged',
      conflicts: [],
    };
    expect(await installer.difference(EVERY_KIND)).toEqual(nothing);
    const before = crm.usage().calls.metadata;
    expect(await installer.apply(EVERY_KIND)).toEqual(nothing);
    expect(crm.usage().calls.metadata).toBe(before);

    const [id = ''] = plant('Account', [{ Name: 'Acme' }]);
    const values = {
      Score__c: 71,
      Band__c: 'watch',
      Watermelon__c: true,
      Since__c: '2026-03-01',
      Stage__c: 'adopt',
    };
    for await (const [outcome] of crm.write('Account', [{ id, values }])) expect(outcome?.ok).toBe(true);
    const [read] = await crm.fetch('Account', [id], [...Object.keys(values), 'Locked__c']);
    expect(read?.values).toEqual({ ...values, Locked__c: false });
  });

  it('gives access to fields that exist but are hidden from us, instead of creating them again', async () => {
    const { connect, server } = await openOrg();
    await connect().installer.apply(EVERY_KIND);
    const rights = server.org.table('FieldPermissions');
    expect(rights.liveCount()).toBeGreaterThan(0);
    const grown = { ...EVERY_KIND, permissionSet: { ...EVERY_KIND.permissionSet, name: 'Another_Set' } };
    expect(await connect().installer.difference(grown)).toMatchObject({
      fieldsToCreate: [],
      permissionSet: 'create',
    });
  });

  it('says what stands in the way, with its mend, and changes nothing', async () => {
    const { connect } = await openOrg([
      field('Score__c', 'string', { length: 10 }),
      field('Band__c', 'string', { length: 5 }),
      field('Since__c', 'date', {
        calculated: true,
        formula: 'TODAY()',
        updateable: false,
        createable: false,
      }),
      picklist('Stage__c', ['land'], { restrictedPicklist: true }),
    ]);
    const { conflicts, fieldsToCreate } = await connect().installer.apply(EVERY_KIND);
    expect(conflicts).toEqual([
      'Account.Score__c exists as string and cannot hold number: map this fact to another field in mappings/salesforce.yaml.',
      'Account.Band__c exists with 5 characters and needs 20: lengthen it in Setup, or map this fact to another field.',
      'Account.Since__c exists and is a formula: map this fact to another field in mappings/salesforce.yaml.',
      'Account.Stage__c is a restricted picklist that does not offer adopt: add the values in Setup, or lift the restriction.',
    ]);
    expect(fieldsToCreate).toEqual(['Account.Drivers__c', 'Account.Watermelon__c', 'Account.Locked__c']);
    expect((await connect().installer.difference(EVERY_KIND)).fieldsToCreate).toEqual(fieldsToCreate);
  });

  it('reports an object that is not there', async () => {
    const { connect } = await openOrg();
    const plan = aPlan([aField('Score__c', { object: 'Nothing__c' })]);
    expect((await connect().installer.difference(plan)).conflicts).toEqual([
      expect.stringMatching(/Nothing__c does not exist/),
    ]);
  });

  it('shows the reason when the org refuses', async () => {
    const { connect } = await openOrg();
    const plan = aPlan([aField('Wide__c', { length: 300 })]);
    await expect(connect().installer.apply(plan)).rejects.toMatchObject({
      code: 'SF_INSTALL_REFUSED',
      message: expect.stringMatching(/Wide__c/),
    });
  });
});

describe('the SFDX folder', () => {
  it('holds one well-formed file per field and one permission set', () => {
    const files = sfdxFolder(EVERY_KIND);
    const root = 'force-app/main/default';
    expect([...files.keys()]).toEqual([
      'sfdx-project.json',
      ...EVERY_KIND.fields.map((one) => `${root}/objects/Account/fields/${one.name}.field-meta.xml`),
      `${root}/permissionsets/Truenorth_Integration.permissionset-meta.xml`,
    ]);
    for (const [path, text] of files) {
      if (path.endsWith('.xml')) expect(XMLValidator.validate(text)).toBe(true);
    }
    const score = new XMLParser().parse(
      files.get(`${root}/objects/Account/fields/Score__c.field-meta.xml`) ?? '',
    );
    expect(score.CustomField).toEqual({
      fullName: 'Score__c',
      inlineHelpText: '0 to 100 & "higher" is <healthier>',
      label: 'Score__c',
      precision: 9,
      scale: 0,
      type: 'Number',
    });
  });

  it('lets the integration write what is its own and only read what the admin holds', () => {
    const text = [...sfdxFolder(EVERY_KIND).values()].at(-1) ?? '';
    const { fieldPermissions } = new XMLParser().parse(text).PermissionSet;
    const grants = new Map(
      fieldPermissions.map((grant: { field: string; editable: boolean }) => [grant.field, grant.editable]),
    );
    expect(grants.get('Account.Score__c')).toBe(true);
    expect(grants.get('Account.Locked__c')).toBe(false);
  });
});
