import { field, lookup, picklist, READ_ONLY } from '../fields.js';
import { object } from './define.js';
import { address, LEAD_SOURCES, RECORD_TYPE } from './sales.js';

const SALUTATION = picklist('Salutation', ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.']);

/** The name of a person: read as a whole, written in parts. */
const PERSON_NAME = [
  field('LastName', 'string', { length: 80, nillable: false }),
  field('FirstName', 'string', { length: 40 }),
  SALUTATION,
  field('Name', 'string', {
    ...READ_ONLY,
    length: 121,
    nillable: false,
    nameField: true,
    label: 'Full Name',
  }),
];

const CONTACT = object('Contact', '003', [
  lookup('AccountId', 'Account', { childRelationshipName: 'Contacts' }),
  ...PERSON_NAME,
  RECORD_TYPE,
  ...address('Other'),
  ...address('Mailing'),
  field('Phone', 'phone'),
  field('Fax', 'phone'),
  field('MobilePhone', 'phone'),
  field('HomePhone', 'phone'),
  field('OtherPhone', 'phone'),
  field('AssistantPhone', 'phone'),
  lookup('ReportsToId', 'Contact', { childRelationshipName: null }),
  field('Email', 'email'),
  field('Title', 'string', { length: 128 }),
  field('Department', 'string', { length: 80 }),
  field('AssistantName', 'string', { length: 40 }),
  picklist('LeadSource', LEAD_SOURCES),
  field('Birthdate', 'date'),
  field('Description', 'textarea', { length: 32_000 }),
  lookup('OwnerId', 'User', { nillable: false }),
  lookup('MasterRecordId', 'Contact', { ...READ_ONLY, relationshipName: 'MasterRecord' }),
  field('HasOptedOutOfEmail', 'boolean', { label: 'Email Opt Out' }),
  field('HasOptedOutOfFax', 'boolean'),
  field('DoNotCall', 'boolean'),
  field('LastActivityDate', 'date', READ_ONLY),
  field('LastCURequestDate', 'datetime', READ_ONLY),
  field('LastCUUpdateDate', 'datetime', READ_ONLY),
  field('EmailBouncedReason', 'string'),
  field('EmailBouncedDate', 'datetime'),
  field('IsEmailBounced', 'boolean', READ_ONLY),
  field('LastViewedDate', 'datetime', READ_ONLY),
  field('LastReferencedDate', 'datetime', READ_ONLY),
]);

const LEAD = object('Lead', '00Q', [
  ...PERSON_NAME,
  field('Title', 'string', { length: 128 }),
  field('Company', 'string', { nillable: false }),
  ...address(''),
  field('Phone', 'phone'),
  field('MobilePhone', 'phone'),
  field('Email', 'email'),
  field('Website', 'url'),
  field('Description', 'textarea', { length: 32_000 }),
  picklist('LeadSource', LEAD_SOURCES),
  picklist(
    'Status',
    ['Open - Not Contacted*', 'Working - Contacted', 'Closed - Converted', 'Closed - Not Converted'],
    { nillable: false },
  ),
  picklist('Industry', []),
  picklist('Rating', ['Hot', 'Warm', 'Cold']),
  field('AnnualRevenue', 'currency', { scale: 0 }),
  field('NumberOfEmployees', 'int', { precision: 8 }),
  lookup('OwnerId', ['Group', 'User'], { nillable: false }),
  field('HasOptedOutOfEmail', 'boolean'),
  field('IsConverted', 'boolean', READ_ONLY),
  field('ConvertedDate', 'date', READ_ONLY),
  lookup('ConvertedAccountId', 'Account', READ_ONLY),
  lookup('ConvertedContactId', 'Contact', READ_ONLY),
  lookup('ConvertedOpportunityId', 'Opportunity', READ_ONLY),
  lookup('MasterRecordId', 'Lead', { ...READ_ONLY, relationshipName: 'MasterRecord' }),
  field('LastActivityDate', 'date', READ_ONLY),
]);

const ACCOUNT_CONTACT_RELATION = object('AccountContactRelation', '07k', [
  lookup('AccountId', 'Account', {
    nillable: false,
    updateable: false,
    childRelationshipName: 'AccountContactRelations',
  }),
  lookup('ContactId', 'Contact', {
    nillable: false,
    updateable: false,
    childRelationshipName: 'AccountContactRelations',
  }),
  field('Roles', 'multipicklist', {
    picklistValues: [
      'Business User',
      'Decision Maker',
      'Economic Buyer',
      'Executive Sponsor',
      'Influencer',
      'Other',
    ].map((value) => ({ value, label: value, isDefault: false })),
  }),
  field('IsDirect', 'boolean', READ_ONLY),
  field('IsActive', 'boolean', { defaultValue: true }),
  field('StartDate', 'date'),
  field('EndDate', 'date'),
]);

export const PEOPLE = [CONTACT, LEAD, ACCOUNT_CONTACT_RELATION];
