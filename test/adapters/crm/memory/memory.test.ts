import { memoryCrm } from '../../../../src/adapters/crm/memory/index.js';
import type { FieldDescription, ObjectDescription } from '../../../../src/ports/crm.js';
import { type CrmWorld, crmContract } from '../../../contracts/crm.js';

function aField(name: string, type: string, more: Partial<FieldDescription> = {}): FieldDescription {
  const flags = { custom: false, nillable: true, calculated: false, createable: true, updateable: true };
  const sizes = { length: 255, precision: 0, scale: 0 };
  const links = { referenceTo: [], relationshipName: null, unique: false, externalId: false };
  return {
    name,
    label: name,
    type,
    ...flags,
    ...sizes,
    ...links,
    restrictedPicklist: false,
    picklistValues: [],
    ...more,
  };
}

function anObject(name: string, keyPrefix: string, fields: readonly FieldDescription[]): ObjectDescription {
  return { name, label: name, keyPrefix, custom: false, queryable: true, updateable: true, fields };
}

const OBJECTS = [
  anObject('Account', '001', [
    aField('Name', 'string'),
    aField('AnnualRevenue', 'currency'),
    aField('NumberOfEmployees', 'int'),
    aField('ParentId', 'reference', { referenceTo: ['Account'], relationshipName: 'Parent' }),
    aField('Key__c', 'string', { custom: true, unique: true, externalId: true }),
  ]),
  anObject('Case', '500', [
    aField('Subject', 'string'),
    aField('IsClosed', 'boolean'),
    aField('AccountId', 'reference', { referenceTo: ['Account'], relationshipName: 'Account' }),
  ]),
];

const NAMELESS = {
  code: 'REQUIRED_FIELD_MISSING',
  message: 'Required fields are missing: [Name]',
  fields: ['Name'],
  retryable: false,
  advice: 'Fill the field, then retry.',
};

const ORG = {
  id: '00D000000000001EAA',
  name: 'Acme',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  multiCurrency: false,
  production: false,
};

async function open(): Promise<CrmWorld> {
  let now = Date.UTC(2026, 0, 15);
  const { crm, tables } = memoryCrm({
    org: ORG,
    objects: OBJECTS,
    clock: { now: () => now, sleep: async () => undefined },
    pageSize: 3,
    meaning: (where) => {
      const name = /^Name = '(.*)'$/.exec(where)?.[1]?.replaceAll("\\'", "'");
      return (values) => values.Name === name;
    },
    refuse: (_object, change) => (change.id === '' && !change.values.Name ? NAMELESS : null),
  });
  return {
    crm,
    severalPages: 8,
    insert: async (object, rows) =>
      rows.map((row) => tables.insert(object, object === 'Case' ? { IsClosed: false, ...row } : row)),
    update: async (object, id, values) => void tables.update(object, id, values),
    remove: async (object, id) => tables.remove(object, id, null),
    pass: async (ms) => {
      now += ms;
    },
    close: async () => undefined,
  };
}

crmContract('the memory adapter', open);
