import type { FieldDescription, ObjectDescription } from '../../../src/ports/crm.js';
import { CRM_RECORDS } from '../../../src/ports/crm-records.js';

function aField(name: string, type: string): FieldDescription {
  return {
    name,
    label: name,
    type,
    length: 255,
    precision: 0,
    scale: 0,
    custom: name.endsWith('__c'),
    nillable: true,
    calculated: false,
    createable: true,
    updateable: true,
    unique: false,
    externalId: false,
    referenceTo: name === 'CreatedById' ? ['User'] : [],
    relationshipName: name === 'CreatedById' ? 'CreatedBy' : null,
    restrictedPicklist: false,
    picklistValues: [],
  };
}

function anObject(
  name: string,
  keyPrefix: string,
  fields: Readonly<Record<string, string>>,
): ObjectDescription {
  return {
    name,
    label: name,
    keyPrefix,
    custom: false,
    queryable: true,
    updateable: true,
    fields: Object.entries({ Id: 'id', SystemModstamp: 'datetime', ...fields }).map(([field, type]) =>
      aField(field, type),
    ),
  };
}

const ACCOUNT = {
  Name: 'string',
  ARR__c: 'currency',
  Renewal_Date__c: 'date',
  Criteria_Agreed__c: 'date',
  Industry: 'string',
  OwnerId: 'reference',
  CSM__c: 'reference',
  Churned__c: 'boolean',
  Churned_On__c: 'date',
  Locked__c: 'boolean',
  Days_Overdue__c: 'double',
};
const WRITTEN = [
  ...['Score', 'Band', 'Tier', 'Tier_Since', 'Drivers', 'Model_Band', 'Band_Source', 'Tier_Waiting_For'],
  ...['Pulse', 'Pulse_Reason', 'Pulse_By', 'Pulse_Expires_On'],
].map((name) => [`Truenorth_${name}__c`, 'string'] as const);

/** As little of an org as people, their cases and our work in it need. */
export const OBJECTS: readonly ObjectDescription[] = [
  anObject('Account', '001', { ...ACCOUNT, ...Object.fromEntries(WRITTEN) }),
  anObject('Contact', '003', {
    AccountId: 'reference',
    Email: 'email',
    Role__c: 'picklist',
    HasOptedOutOfEmail: 'boolean',
    EmailBouncedDate: 'datetime',
    Time_Zone__c: 'string',
    Left__c: 'boolean',
    Country__c: 'string',
    Legal_Basis__c: 'string',
  }),
  anObject('Case', '500', {
    AccountId: 'reference',
    CreatedDate: 'datetime',
    IsClosed: 'boolean',
    IsEscalated: 'boolean',
    Priority: 'picklist',
  }),
  anObject('Opportunity', '006', {
    Type: 'picklist',
    IsWon: 'boolean',
    Amount: 'currency',
    AccountId: 'reference',
    IsClosed: 'boolean',
    StageName: 'string',
    CloseDate: 'date',
  }),
  anObject('User', '005', { Email: 'email', Name: 'string', IsActive: 'boolean' }),
  anObject('Health_Pulse__c', 'a0P', {
    Account__c: 'reference',
    Value__c: 'picklist',
    Reason__c: 'textarea',
    Expires_On__c: 'date',
    CreatedDate: 'datetime',
    CreatedById: 'reference',
  }),
  anObject('Task', '00T', {
    WhatId: 'reference',
    WhoId: 'reference',
    OwnerId: 'reference',
    Subject: 'string',
    Description: 'textarea',
    ActivityDate: 'date',
    Priority: 'picklist',
    Status: 'picklist',
    TaskSubtype: 'picklist',
    IsClosed: 'boolean',
    CreatedDate: 'datetime',
  }),
];

const RECORD_TYPES: Readonly<Record<string, string>> = {
  Account__c: 'reference',
  Contact__c: 'reference',
  Retry__c: 'boolean',
  Held_Out__c: 'boolean',
  Current__c: 'boolean',
  Started_At__c: 'datetime',
  Finished_At__c: 'datetime',
  Snapshot_On__c: 'date',
  Decided_On__c: 'date',
  Ended_On__c: 'date',
  Period_End__c: 'date',
  Last_Seen_On__c: 'date',
};

/** The objects of ours, as an installed org has them. */
export const RECORD_OBJECTS: readonly ObjectDescription[] = Object.values(CRM_RECORDS).map(
  ({ object, key, fields }, at) => {
    const names: readonly string[] = [...Object.values(fields), ...(key === null ? [] : [key])];
    const made = anObject(
      object,
      `a0${at}`,
      Object.fromEntries(names.map((name) => [name, RECORD_TYPES[name] ?? 'string'])),
    );
    const episode = { ...aField('Episode__c', 'reference'), referenceTo: [CRM_RECORDS.episode.object] };
    return {
      ...made,
      fields: made.fields.map((field) =>
        field.name === 'Episode__c' ? { ...episode, relationshipName: 'Episode__r' } : field,
      ),
    };
  },
);

export const MAPPING = `
objects:
  account:
    object: Account
    attributes: { name: Name, arr: ARR__c, ownerId: OwnerId, csmId: CSM__c, churned: Churned__c }
  case:
    object: Case
    accountField: AccountId
    attributes: { openedAt: CreatedDate, closed: IsClosed }
  contact:
    object: Contact
    accountField: AccountId
    attributes: { email: Email, role: Role__c, optedOut: HasOptedOutOfEmail, bouncedAt: EmailBouncedDate }
write:
  score: Truenorth_Score__c
  band: Truenorth_Band__c
  tier: Truenorth_Tier__c
  tierSince: Truenorth_Tier_Since__c
`;
