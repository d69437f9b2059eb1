import { describe, expect, it } from '@jest/globals';
import { memoryCrm } from '../../src/adapters/crm/memory/index.js';
import { otherWriters } from '../../src/install/other-writers.js';
import type { ObjectDescription } from '../../src/ports/crm.js';
import { OBJECTS } from '../support/world/objects.js';
import { settingsWith } from '../support/world/settings.js';

/** An object of the world with these columns beside its own. */
function like(name: string, columns: readonly string[]): ObjectDescription {
  const [template] = OBJECTS;
  const [field] = template?.fields ?? [];
  if (template === undefined || field === undefined) throw new Error('the world has no objects');
  const fields = ['Id', 'SystemModstamp', ...columns].map((column) => ({ ...field, name: column }));
  return { ...template, name, keyPrefix: null, fields };
}

function anOrg(objects: readonly ObjectDescription[]) {
  const clock = { now: () => Date.parse('2026-03-02T10:00:00Z'), sleep: async () => {} };
  const org = {
    id: '00D',
    name: 'Org',
    timeZone: 'UTC',
    currency: 'EUR',
    multiCurrency: false,
    production: false,
  };
  return memoryCrm({ org, objects, clock, pageSize: 200, meaning: () => () => true, refuse: () => null });
}

const mapping = settingsWith({}, '').crm;
const sentences = async (org: ReturnType<typeof anOrg>) =>
  (await otherWriters(org.crm, mapping, [])).map(({ what }) => what);

describe('other writers on our fields', () => {
  it('are none that can be seen in an org that shows none', async () => {
    expect(await sentences(anOrg(OBJECTS))).toEqual([]);
  });

  it('are permission sets and profiles with Edit on them, ours apart', async () => {
    const parent = ['Parent.Name', 'Parent.Label', 'Parent.IsOwnedByProfile'];
    const org = anOrg([...OBJECTS, like('FieldPermissions', ['Field', 'PermissionsEdit', 'ParentId'])]);
    const crm = {
      ...org.crm,
      select: async () =>
        [
          ['P1', 'Truenorth_Integration', 'Account.Truenorth_Band__c', true],
          ['P2', 'Sales', 'Account.Truenorth_Band__c', true],
          ['P2', 'Sales', 'Account.Truenorth_Tier__c', true],
          ['P3', 'Readers', 'Account.Truenorth_Tier__c', false],
        ].map(([ParentId, name, Field, PermissionsEdit]) => ({
          id: `${ParentId}${Field}`,
          stamp: 0,
          deleted: false,
          mergedInto: null,
          values: {
            ParentId: ParentId ?? null,
            Field: Field ?? null,
            PermissionsEdit: PermissionsEdit ?? null,
            [parent[0] ?? '']: name ?? null,
            [parent[1] ?? '']: name ?? null,
            [parent[2] ?? '']: false,
          },
        })),
    };
    expect((await otherWriters(crm, mapping, [])).map(({ what }) => what)).toEqual([
      'The permission set "Sales" may edit Truenorth_Band__c, Truenorth_Tier__c: what its people change there is put right by the next run.',
    ]);
  });

  it('are active flows that run on accounts', async () => {
    const columns = ['Label', 'IsActive', 'TriggerObjectOrEventLabel', 'ProcessType'];
    const org = anOrg([...OBJECTS, like('FlowDefinitionView', columns)]);
    const flow = (Label: string, IsActive: boolean, on: string) =>
      org.tables.insert('FlowDefinitionView', {
        ...{ Label, IsActive, TriggerObjectOrEventLabel: on, ProcessType: 'AutoLaunchedFlow' },
      });
    flow('Keep stages', true, 'Account');
    flow('Old', false, 'Account');
    flow('Cases', true, 'Case');
    expect(await sentences(org)).toEqual([
      expect.stringContaining('Active flows run on accounts: "Keep stages".'),
    ]);
  });

  it('are HubSpot’s connector, seen by what its package brought along', async () => {
    const org = anOrg([...OBJECTS, like('HubSpot_Inc__HubSpot_Intelligence__c', [])]);
    expect(await sentences(org)).toEqual([expect.stringContaining('HubSpot’s own Salesforce connector')]);
  });
});
