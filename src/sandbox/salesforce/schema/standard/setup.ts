import { field, lookup, picklist, READ_ONLY } from '../fields.js';
import { object, SETUP_TABLE } from './define.js';

const LOCALE = [
  field('TimeZoneSidKey', 'picklist', { length: 40, nillable: false }),
  field('LanguageLocaleKey', 'picklist', { length: 40, nillable: false }),
];

const ORGANIZATION = object(
  'Organization',
  '00D',
  [
    field('Name', 'string', { length: 80, nillable: false, nameField: true }),
    field('InstanceName', 'string', { length: 5 }),
    field('IsSandbox', 'boolean', READ_ONLY),
    field('OrganizationType', 'picklist', { length: 40 }),
    field('NamespacePrefix', 'string', { length: 15 }),
    field('TrialExpirationDate', 'datetime'),
    field('DefaultLocaleSidKey', 'picklist', { length: 40 }),
    field('FiscalYearStartMonth', 'int', { precision: 9 }),
    field('Country', 'string', { length: 80 }),
    ...LOCALE,
  ],
  SETUP_TABLE,
);

const USER = object(
  'User',
  '005',
  [
    field('Username', 'string', { length: 80, nillable: false, unique: true }),
    field('LastName', 'string', { length: 80, nillable: false }),
    field('FirstName', 'string', { length: 40 }),
    field('Name', 'string', { ...READ_ONLY, length: 121, nillable: false, nameField: true }),
    field('Email', 'email', { length: 128, nillable: false }),
    field('Alias', 'string', { length: 8, nillable: false }),
    field('Title', 'string', { length: 80 }),
    field('Department', 'string', { length: 80 }),
    field('IsActive', 'boolean'),
    lookup('ProfileId', 'Profile', { nillable: false, childRelationshipName: 'Users' }),
    lookup('ManagerId', 'User', { childRelationshipName: 'ManagedUsers' }),
    field('LocaleSidKey', 'picklist', { length: 40, nillable: false }),
    field('EmailEncodingKey', 'picklist', { length: 40, nillable: false }),
    picklist('UserType', ['Standard', 'PowerPartner', 'CSPLitePortal', 'AutomatedProcess'], READ_ONLY),
    field('UserPermissionsMarketingUser', 'boolean'),
    field('FederationIdentifier', 'string', { length: 512 }),
    field('LastLoginDate', 'datetime', READ_ONLY),
    ...LOCALE,
  ],
  { deletable: false },
);

const PROFILE = object(
  'Profile',
  '00e',
  [
    field('Name', 'string', { nillable: false, nameField: true }),
    field('UserType', 'picklist', { length: 40 }),
    field('Description', 'string'),
  ],
  SETUP_TABLE,
);

const RECORD_TYPE = object(
  'RecordType',
  '012',
  [
    field('Name', 'string', { length: 80, nillable: false, nameField: true }),
    field('DeveloperName', 'string', { length: 80, nillable: false }),
    field('NamespacePrefix', 'string', { length: 15 }),
    field('Description', 'string'),
    field('SobjectType', 'picklist', { length: 40, nillable: false }),
    field('IsActive', 'boolean'),
    field('IsPersonType', 'boolean'),
  ],
  SETUP_TABLE,
);

const GROUP = object('Group', '00G', [
  field('Name', 'string', { length: 40, nillable: false, nameField: true }),
  field('DeveloperName', 'string', { length: 80 }),
  picklist('Type', ['Regular', 'Queue', 'Role', 'Organization']),
  field('Email', 'email'),
]);

const CURRENCY_TYPE = object('CurrencyType', '01L', [
  field('IsoCode', 'picklist', { length: 3, nillable: false, nameField: true }),
  field('ConversionRate', 'double', { precision: 18, scale: 6, nillable: false }),
  field('DecimalPlaces', 'int', { precision: 1, nillable: false }),
  field('IsActive', 'boolean'),
  field('IsCorporate', 'boolean', READ_ONLY),
]);

const DATED_CONVERSION_RATE = object('DatedConversionRate', '04w', [
  field('IsoCode', 'picklist', { length: 3, nillable: false, nameField: true }),
  field('StartDate', 'date', { nillable: false }),
  field('NextStartDate', 'date', READ_ONLY),
  field('ConversionRate', 'double', { precision: 18, scale: 6, nillable: false }),
]);

export const SETUP = [ORGANIZATION, USER, PROFILE, RECORD_TYPE, GROUP, CURRENCY_TYPE, DATED_CONVERSION_RATE];
