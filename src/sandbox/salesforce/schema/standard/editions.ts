import { field, lookup, READ_ONLY } from '../fields.js';
import type { FieldDefinition, ObjectDefinition } from '../types.js';

/** Objects that carry a currency of their own once several are switched on. */
const PRICED = [
  'Account',
  'Contact',
  'Opportunity',
  'Case',
  'Campaign',
  'Lead',
  'Task',
  'User',
  'CampaignMember',
];

export function currencyFields(object: ObjectDefinition): ObjectDefinition {
  return PRICED.includes(object.name)
    ? { ...object, fields: [...object.fields, field('CurrencyIsoCode', 'picklist', { length: 3 })] }
    : object;
}

const PERSON_FIELDS: Readonly<Record<string, readonly FieldDefinition[]>> = {
  Account: [
    field('IsPersonAccount', 'boolean', READ_ONLY),
    lookup('PersonContactId', 'Contact', READ_ONLY),
    field('FirstName', 'string', { length: 40 }),
    field('LastName', 'string', { length: 80 }),
    field('PersonEmail', 'email'),
    field('PersonTitle', 'string', { length: 80 }),
    field('PersonMobilePhone', 'phone'),
    field('PersonBirthdate', 'date'),
    field('PersonHasOptedOutOfEmail', 'boolean'),
  ],
  Contact: [field('IsPersonAccount', 'boolean', READ_ONLY)],
};

export function personAccountFields(object: ObjectDefinition): ObjectDefinition {
  const extra = PERSON_FIELDS[object.name];
  return extra === undefined ? object : { ...object, fields: [...object.fields, ...extra] };
}
