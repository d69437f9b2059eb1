import { CRM_RECORDS, type CrmRecordKind } from '../../ports/crm-records.js';
import type { OrgField, PermissionSet } from '../../ports/org-model.js';
import type { AccountModel } from './account.js';
import { objectOf, RECORD_KINDS } from './records.js';

type ObjectGrant = PermissionSet['objects'][number];
type FieldGrant = PermissionSet['fields'][number];

/** `Object.Field` that only people fill in. (The tick for a retry is theirs to set; the service takes it away again.) */
const PEOPLE_FIELDS: ReadonlySet<string> = new Set([
  ...namesOf('pulse', ['value', 'reason', 'expiresOn']),
  ...namesOf('advocate', ['kind', 'willing', 'askedOn', 'givenOn', 'restUntil']),
]);

function namesOf<Kind extends CrmRecordKind>(
  kind: Kind,
  fields: readonly (keyof (typeof CRM_RECORDS)[Kind]['fields'])[],
): readonly string[] {
  const { object, fields: names } = CRM_RECORDS[kind];
  return fields.map((field) => `${object}.${String(Reflect.get(names, field))}`);
}

/** Who may see, write and complete what. Everything is granted here; no profile is touched. */
export function permissionSets(
  account: AccountModel,
  recordFields: readonly OrgField[],
): readonly PermissionSet[] {
  return [
    integration(account, recordFields),
    viewer(account, recordFields),
    csm(account, recordFields),
    admin(account, recordFields),
  ];
}

function integration(account: AccountModel, recordFields: readonly OrgField[]): PermissionSet {
  const writable = account.written.map((name) => granted(`${account.object}.${name}`, true));
  const others = readableFields(account).filter(({ field }) => !writable.some((one) => one.field === field));
  return {
    name: 'Truenorth_Integration',
    label: 'Truenorth Integration',
    description: 'For the user that Truenorth logs in as: writes scores, tiers and records of its own.',
    objects: [
      { object: account.object, create: false, edit: true, delete: false, all: true },
      ...RECORD_KINDS.map(integrationOn),
    ],
    fields: [
      ...writable,
      ...others,
      ...recordFields
        .filter(isPermissionable)
        .map((field) => granted(nameOf(field), !PEOPLE_FIELDS.has(nameOf(field)))),
    ],
    tabs: [],
    forIntegration: true,
  };
}

function integrationOn(kind: CrmRecordKind): ObjectGrant {
  const writes = kind !== 'pulse';
  const { object } = CRM_RECORDS[kind];
  return { object, create: writes, edit: writes, delete: !objectOf(kind).ofPeople, all: true };
}

function viewer(account: AccountModel, recordFields: readonly OrgField[]): PermissionSet {
  return {
    name: 'Truenorth_Viewer',
    label: 'Truenorth Viewer',
    description: 'For everybody who may see health, tiers and what was done for a customer.',
    ...viewing(account, recordFields),
    forIntegration: false,
  };
}

function viewing(
  account: AccountModel,
  recordFields: readonly OrgField[],
): Pick<PermissionSet, 'objects' | 'fields' | 'tabs'> {
  return {
    objects: [account.object, ...RECORD_KINDS.map((kind) => CRM_RECORDS[kind].object)].map((object) => ({
      object,
      create: false,
      edit: false,
      delete: false,
      all: false,
    })),
    fields: [
      ...readableFields(account),
      ...recordFields.filter(isPermissionable).map((field) => granted(nameOf(field), false)),
    ],
    tabs: RECORD_KINDS.map((kind) => CRM_RECORDS[kind].object),
  };
}

function csm(account: AccountModel, recordFields: readonly OrgField[]): PermissionSet {
  const seen = viewing(account, recordFields);
  const pulse = CRM_RECORDS.pulse.object;
  const advocate = CRM_RECORDS.advocate.object;
  const mayWrite = (field: string): boolean =>
    PEOPLE_FIELDS.has(field) && (field.startsWith(`${pulse}.`) || field.startsWith(`${advocate}.`));
  return {
    name: 'Truenorth_CSM',
    label: 'Truenorth CSM',
    description: 'For who looks after customers: files health pulses and completes advocates.',
    objects: seen.objects.map((grant) => ({
      ...grant,
      create: grant.object === pulse,
      edit: grant.object === pulse || grant.object === advocate,
    })),
    fields: seen.fields.map(({ field }) => granted(field, mayWrite(field))),
    tabs: seen.tabs,
    forIntegration: false,
  };
}

function admin(account: AccountModel, recordFields: readonly OrgField[]): PermissionSet {
  const seen = viewing(account, recordFields);
  const { object: error, fields } = CRM_RECORDS.error;
  const writable = [
    `${error}.${fields.retry}`,
    ...(account.lock === null ? [] : [`${account.object}.${account.lock}`]),
  ];
  return {
    name: 'Truenorth_Admin',
    label: 'Truenorth Admin',
    description: 'For who runs Truenorth: holds tiers, and has refused records tried again.',
    objects: seen.objects.map((grant) => ({
      ...grant,
      edit: grant.object === error || (grant.object === account.object && account.lock !== null),
    })),
    fields: seen.fields.map(({ field }) => granted(field, writable.includes(field))),
    tabs: seen.tabs,
    forIntegration: false,
  };
}

function readableFields(account: AccountModel): readonly FieldGrant[] {
  const names = [
    ...account.written,
    ...(account.lock === null ? [] : [account.lock]),
    ...account.fields.map(({ name }) => name),
  ];
  return [...new Set(names)].map((name) => granted(`${account.object}.${name}`, false));
}

/** Required and parent fields are seen by all, and naming them is refused. */
function isPermissionable({ required, kind }: OrgField): boolean {
  return !required && kind.type !== 'parent';
}

function nameOf({ object, name }: OrgField): string {
  return `${object}.${name}`;
}

function granted(field: string, editable: boolean): FieldGrant {
  return { field, editable };
}
