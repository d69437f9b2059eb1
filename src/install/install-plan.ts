import type { FieldToInstall, InstallPlan } from '../ports/crm.js';
import type { CrmMapping } from '../ports/mapping.js';
import { ACCOUNT_FIELDS, type FieldShape, TIER_LOCK } from './account-fields.js';

const PERMISSION_SET = { name: 'Truenorth_Integration', label: 'Truenorth Integration' } as const;

/** Everything of ours that the org needs for a mapping: fields, and the permission to see and write them. */
export function installPlan(mapping: CrmMapping): InstallPlan {
  const account = mapping.objects.find(({ kind }) => kind === 'account')?.object ?? 'Account';
  const written = mapping.write.map(({ fact, field }) =>
    fieldOf(account, field, { shape: ACCOUNT_FIELDS[fact], writableBy: 'integration' }),
  );
  const lock =
    mapping.tierLockField === null
      ? []
      : [fieldOf(account, mapping.tierLockField, { shape: TIER_LOCK, writableBy: 'admin' })];
  return {
    fields: [...written, ...lock].filter(({ name }) => name.endsWith('__c')),
    permissionSet: {
      ...PERMISSION_SET,
      editable: written.map(({ name }) => `${account}.${name}`),
      readable: lock.map(({ name }) => `${account}.${name}`),
      objects: [account],
    },
  };
}

function fieldOf(
  object: string,
  name: string,
  how: { readonly shape: FieldShape; readonly writableBy: FieldToInstall['writableBy'] },
): FieldToInstall {
  return { object, name, ...how.shape, values: [], writableBy: how.writableBy };
}
