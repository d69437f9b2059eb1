import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { InstallDifference } from '../../../../../src/ports/crm-installer.js';
import type { OrgField, OrgModel } from '../../../../../src/ports/org-model.js';
import { field, picklist } from '../../../../../src/sandbox/salesforce/schema/fields.js';
import { aCrmMapping, aModel } from '../../../../support/mapping.js';
import { anEmbeddedOrg, type EmbeddedOrg } from '../support/embedded.js';

/** Some hundred components are deployed, as a real org is given them. */
jest.setTimeout(60_000);

const MODEL = aModel();

let org: EmbeddedOrg | null = null;
afterEach(async () => {
  await org?.close();
  org = null;
});

async function openOrg(customFields: readonly ReturnType<typeof field>[] = []): Promise<EmbeddedOrg> {
  const account = [field('Renewal_Date__c', 'date'), ...customFields];
  org = await anEmbeddedOrg({ customFields: new Map([['Account', account]]) });
  return org;
}

function named({ parts }: InstallDifference, action: string): readonly string[] {
  return parts.filter((part) => part.action === action).map(({ type, name }) => `${type} ${name}`);
}

/** The model with one field of the account changed. */
function withField(name: string, change: Partial<OrgField>): OrgModel {
  const fields = MODEL.fields.map((one) => (one.name === name ? { ...one, ...change } : one));
  return { ...MODEL, fields };
}

describe('install', () => {
  it('creates everything of the model, makes it visible and writable, and then finds nothing to do', async () => {
    const { connect, plant } = await openOrg();
    const { crm, installer } = connect();
    const before = await installer.difference(MODEL);
    expect(named(before, 'create').length).toBe(before.parts.length);
    expect(before).toMatchObject({ assignment: 'create', conflicts: [], obsolete: [] });
    expect(await installer.apply(MODEL)).toEqual(before);

    const after = await installer.difference(MODEL);
    expect({ ...after, parts: named(after, 'create').concat(named(after, 'change')) }).toEqual({
      parts: [],
      obsolete: [],
      assignment: 'unchanged',
      conflicts: [],
    });
    expect(await installer.standing(MODEL)).toEqual({ missing: [], granted: true, assigned: true });

    const [id = ''] = plant('Account', [{ Name: 'Acme' }]);
    const values = {
      Truenorth_Score__c: 71,
      Truenorth_Band__c: 'watch',
      Truenorth_Watermelon__c: true,
      Truenorth_Band_Since__c: '2026-03-01',
    };
    for await (const [outcome] of crm.write('Account', [{ id, values }])) expect(outcome?.ok).toBe(true);
    const [read] = await crm.fetch('Account', [id], [...Object.keys(values), 'Truenorth_Tier_Lock__c']);
    expect(read?.values).toEqual({ ...values, Truenorth_Tier_Lock__c: false });
  });

  it('deploys nothing the second time', async () => {
    const { connect } = await openOrg();
    await connect().installer.apply(MODEL);
    const { crm, installer } = connect();
    await installer.difference(MODEL);
    const looked = crm.usage().calls.metadata ?? 0;
    await installer.apply(MODEL);
    expect(crm.usage().calls.metadata).toBe(2 * looked);
  });

  it('upgrades by difference: only what changed is deployed', async () => {
    const { connect } = await openOrg();
    await connect().installer.apply(MODEL);
    const grown = withField('Truenorth_Tier_Reason__c', { label: 'Why This Tier' });
    const difference = await connect().installer.apply(grown);
    expect(named(difference, 'create')).toEqual([]);
    expect(difference.parts.filter(({ action }) => action === 'change')).toEqual([
      {
        type: 'CustomField',
        name: 'Account.Truenorth_Tier_Reason__c',
        action: 'change',
        changes: ['label'],
      },
    ]);
    expect(named(await connect().installer.difference(grown), 'change')).toEqual([]);
  });

  it('uses fields that the customer had, where they can hold what we write', async () => {
    const { connect } = await openOrg([field('Band__c', 'string', { length: 40 })]);
    const mapping = aCrmMapping();
    const write = mapping.write.map((rule) => (rule.fact === 'band' ? { ...rule, field: 'Band__c' } : rule));
    const model = aModel({ write });
    const { parts, conflicts } = await connect().installer.difference(model);
    expect(conflicts).toEqual([]);
    expect(parts).toContainEqual({
      type: 'CustomField',
      name: 'Account.Band__c',
      action: 'unchanged',
      changes: [],
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
    const mine = { score: 'Score__c', band: 'Band__c', bandSince: 'Since__c', stage: 'Stage__c' };
    const mapping = aCrmMapping();
    const write = mapping.write.map((rule) => ({
      ...rule,
      field: Reflect.get(mine, rule.fact) ?? rule.field,
    }));
    const model = aModel({ write });
    const { conflicts } = await connect().installer.apply(model);
    expect(conflicts).toEqual([
      'Account.Score__c exists as Text and cannot hold Number: map this fact to another field in mappings/salesforce.yaml.',
      'Account.Band__c exists with 5 characters and needs 20: lengthen it in Setup, or map this fact to another field.',
      'Account.Since__c exists and is a formula: map this fact to another field in mappings/salesforce.yaml.',
      'Account.Stage__c is a restricted picklist that may not offer our values: add the values in Setup, or lift the restriction.',
    ]);
    const [account] = await connect().crm.describe(['Account']);
    expect(account?.fields.filter(({ name }) => name.startsWith('Truenorth_'))).toEqual([]);
  });

  it('refuses to change the type of a field of ours', async () => {
    const { connect } = await openOrg();
    await connect().installer.apply(MODEL);
    const changed = withField('Truenorth_Score__c', { kind: { type: 'date' } });
    const { conflicts } = await connect().installer.apply(changed);
    expect(conflicts).toEqual([
      'Account.Truenorth_Score__c exists as Number and cannot become Date: delete the field in Setup, then install again.',
    ]);
  });

  it('tells what it installed once and does not need any more', async () => {
    const { connect } = await openOrg();
    await connect().installer.apply(MODEL);
    const fewer = { ...MODEL, fields: MODEL.fields.filter(({ name }) => name !== 'Truenorth_Phase__c') };
    const sets = fewer.permissionSets.map((set) => ({
      ...set,
      fields: set.fields.filter((grant) => !grant.field.endsWith('.Truenorth_Phase__c')),
    }));
    const { obsolete, conflicts, parts } = await connect().installer.apply({
      ...fewer,
      permissionSets: sets,
    });
    expect(obsolete).toEqual([{ type: 'CustomField', name: 'Account.Truenorth_Phase__c' }]);
    expect(conflicts).toEqual([]);
    expect(parts.filter(({ action }) => action !== 'unchanged')).toEqual([]);
  });

  it('reports an object that is not there', async () => {
    const { connect } = await openOrg();
    const mapping = aCrmMapping();
    const objects = mapping.objects.map((one) => ({ ...one, object: 'Nothing__c' }));
    const { conflicts } = await connect().installer.difference(aModel({ objects }));
    expect(conflicts).toContainEqual(expect.stringMatching(/Nothing__c does not exist/));
  });

  it('shows the reason when the org refuses', async () => {
    const { connect } = await openOrg();
    const model = withField('Truenorth_Band__c', { kind: { type: 'text', length: 300 } });
    await expect(connect().installer.apply(model)).rejects.toMatchObject({
      code: 'SF_INSTALL_REFUSED',
      message: expect.stringMatching(/Truenorth_Band__c/),
    });
  });
});

describe('uninstall', () => {
  it('tells what goes, in which order, with which records, and whose they are', async () => {
    const { connect, plant, asAdmin } = await openOrg();
    await connect().installer.apply(MODEL);
    const [account = ''] = plant('Account', [{ Name: 'Acme' }]);
    plant('Health_Pulse__c', [{ Account__c: account, Value__c: 'risk', Reason__c: 'The sponsor left.' }]);
    plant('Sync_Run__c', [{ Key__c: 'one' }, { Key__c: 'two' }]);
    await asAdmin('POST', '/tooling/sobjects/CustomField', {
      FullName: 'Advocate__c.Shirt_Size__c',
      Metadata: { label: 'Shirt Size', type: 'Text', length: 5 },
    });
    const { parts, records, ofPeople, ofOthers } = await connect().installer.removal(MODEL);
    expect(records).toEqual([
      { object: 'Health_Pulse__c', count: 1 },
      { object: 'Sync_Run__c', count: 2 },
    ]);
    expect(ofPeople).toEqual(['Health_Pulse__c']);
    expect(ofOthers).toEqual(['Advocate__c.Shirt_Size__c']);
    const types = parts.map(({ type }) => type);
    expect(types[0]).toBe('Dashboard');
    expect(types.at(-1)).toBe('CustomObject');
    const fields = parts.filter(({ type }) => type === 'CustomField').map(({ name }) => name);
    expect(fields[0]).toBe('Account.Truenorth_Band_Image__c');
    expect(fields.every((name) => name.startsWith('Account.Truenorth_'))).toBe(true);
  });

  it('takes out everything of ours and nothing else, and installs again afterwards', async () => {
    const { connect, plant } = await openOrg([field('Region__c', 'string', { length: 40 })]);
    await connect().installer.apply(MODEL);
    plant('Account', [{ Name: 'Acme', Region__c: 'EU' }]);
    await connect().installer.remove(MODEL);
    expect((await connect().installer.removal(MODEL)).parts).toEqual([]);
    const [described, ...others] = await connect().crm.describe([
      'Account',
      ...MODEL.objects.map(({ name }) => name),
    ]);
    expect(others).toEqual([]);
    const custom = (described?.fields ?? []).filter((one) => one.custom).map(({ name }) => name);
    expect(custom.sort()).toEqual(['Region__c', 'Renewal_Date__c']);
    const again = await connect().installer.apply(MODEL);
    expect(again.conflicts).toEqual([]);
    expect(named(await connect().installer.difference(MODEL), 'create')).toEqual([]);
  });

  it('leaves what others named like ours, with what it holds', async () => {
    const theirs = ['Truenorth_Tier_Reason__c', 'TruenorthRegion__c'];
    const { connect, plant, asAdmin } = await openOrg([
      field('TruenorthRegion__c', 'string', { length: 40 }),
    ]);
    const mapping = aCrmMapping();
    const write = mapping.write.filter(({ fact }) => fact !== 'tierReason');
    await connect().installer.apply(aModel({ write }));
    await asAdmin('POST', '/tooling/sobjects/CustomField', {
      FullName: 'Account.Truenorth_Tier_Reason__c',
      Metadata: { label: 'Why They Pay', type: 'Text', length: 40 },
    });
    plant('Account', [{ Name: 'Acme', TruenorthRegion__c: 'EU' }]);
    const { conflicts } = await connect().installer.apply(MODEL);
    expect(conflicts).toEqual([
      expect.stringMatching(/^Account.Truenorth_Tier_Reason__c exists and is not ours/),
    ]);
    const { parts } = await connect().installer.remove(MODEL);
    expect(parts.filter(({ name }) => theirs.some((one) => name.endsWith(one)))).toEqual([]);
    const [first] = await connect().crm.describe(['Account']);
    expect(first?.fields.map(({ name }) => name)).toContain('TruenorthRegion__c');
  });

  it('takes a permission set from everybody who has it, however many they are', async () => {
    const { connect, plant, server } = await openOrg();
    await connect().installer.apply(MODEL);
    const sets = server.org.table('PermissionSet');
    const [slot = -1] = sets.withValue('Name', 'Truenorth_Viewer');
    const set = sets.rowAt(slot);
    const people = plant(
      'User',
      Array.from({ length: 2_010 }, (_, at) => ({ Username: `u${at}@vendor.example` })),
    );
    plant(
      'PermissionSetAssignment',
      people.map((id) => ({ AssigneeId: id, PermissionSetId: String(set?.Id) })),
    );
    const assignments = server.org.table('PermissionSetAssignment').liveCount();
    expect(assignments).toBe(2_011);
    const { crm, installer } = connect();
    await installer.remove(MODEL);
    expect(crm.usage().calls.collections).toBe(Math.ceil(assignments / 200));
    expect(server.org.table('PermissionSetAssignment').liveCount()).toBe(0);
  });
});
