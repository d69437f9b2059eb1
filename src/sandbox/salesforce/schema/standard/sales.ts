import { field, lookup, picklist, READ_ONLY } from '../fields.js';
import type { FieldDefinition } from '../types.js';
import { object, SETUP_TABLE } from './define.js';

const INDUSTRIES =
  'Agriculture,Apparel,Banking,Biotechnology,Chemicals,Communications,Construction,Consulting,Education,Electronics,Energy,Engineering,Entertainment,Environmental,Finance,Food & Beverage,Government,Healthcare,Hospitality,Insurance,Machinery,Manufacturing,Media,Not For Profit,Recreation,Retail,Shipping,Technology,Telecommunications,Transportation,Utilities,Other'.split(
    ',',
  );

export const LEAD_SOURCES = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'];

/** Street, city, state, postal code, country, position: `Billing`, `Shipping`, `Mailing`, `Other` or none. */
export function address(prefix: string): readonly FieldDefinition[] {
  return [
    field(`${prefix}Street`, 'textarea'),
    field(`${prefix}City`, 'string', { length: 40 }),
    field(`${prefix}State`, 'string', { length: 80 }),
    field(`${prefix}PostalCode`, 'string', { length: 20 }),
    field(`${prefix}Country`, 'string', { length: 80 }),
    field(`${prefix}Latitude`, 'double', { precision: 18, scale: 15 }),
    field(`${prefix}Longitude`, 'double', { precision: 18, scale: 15 }),
  ];
}

export const RECORD_TYPE = lookup('RecordTypeId', 'RecordType');

const ACCOUNT = object('Account', '001', [
  field('Name', 'string', { nillable: false, nameField: true, label: 'Account Name' }),
  picklist('Type', [
    'Prospect',
    'Customer - Direct',
    'Customer - Channel',
    'Channel Partner / Reseller',
    'Installation Partner',
    'Technology Partner',
    'Other',
  ]),
  RECORD_TYPE,
  lookup('ParentId', 'Account', { childRelationshipName: 'ChildAccounts' }),
  ...address('Billing'),
  ...address('Shipping'),
  field('Phone', 'phone'),
  field('Fax', 'phone'),
  field('AccountNumber', 'string', { length: 40 }),
  field('Website', 'url'),
  field('Sic', 'string', { length: 20 }),
  field('SicDesc', 'string', { length: 80 }),
  picklist('Industry', INDUSTRIES),
  field('AnnualRevenue', 'currency', { scale: 0 }),
  field('NumberOfEmployees', 'int', { precision: 8 }),
  picklist('Ownership', ['Public', 'Private', 'Subsidiary', 'Other']),
  field('TickerSymbol', 'string', { length: 20 }),
  field('Description', 'textarea', { length: 32_000 }),
  picklist('Rating', ['Hot', 'Warm', 'Cold']),
  field('Site', 'string', { length: 80 }),
  lookup('OwnerId', 'User', { nillable: false }),
  lookup('MasterRecordId', 'Account', { ...READ_ONLY, relationshipName: 'MasterRecord' }),
  picklist('AccountSource', LEAD_SOURCES),
  field('LastActivityDate', 'date', READ_ONLY),
  field('LastViewedDate', 'datetime', READ_ONLY),
  field('LastReferencedDate', 'datetime', READ_ONLY),
]);

const OPPORTUNITY = object(
  'Opportunity',
  '006',
  [
    lookup('AccountId', 'Account', { childRelationshipName: 'Opportunities' }),
    RECORD_TYPE,
    field('Name', 'string', { length: 120, nillable: false, nameField: true }),
    field('Description', 'textarea', { length: 32_000 }),
    picklist(
      'StageName',
      [
        'Prospecting',
        'Qualification',
        'Needs Analysis',
        'Value Proposition',
        'Id. Decision Makers',
        'Perception Analysis',
        'Proposal/Price Quote',
        'Negotiation/Review',
        'Closed Won',
        'Closed Lost',
      ],
      { nillable: false, label: 'Stage' },
    ),
    field('Amount', 'currency'),
    field('Probability', 'percent', { precision: 3, scale: 0 }),
    field('ExpectedRevenue', 'currency', READ_ONLY),
    field('TotalOpportunityQuantity', 'double', { scale: 2 }),
    field('CloseDate', 'date', { nillable: false }),
    picklist('Type', [
      'Existing Customer - Upgrade',
      'Existing Customer - Replacement',
      'Existing Customer - Downgrade',
      'New Customer',
    ]),
    field('NextStep', 'string'),
    picklist('LeadSource', LEAD_SOURCES),
    field('IsClosed', 'boolean', READ_ONLY),
    field('IsWon', 'boolean', READ_ONLY),
    picklist('ForecastCategory', ['Omitted', 'Pipeline', 'BestCase', 'Forecast', 'Closed'], READ_ONLY),
    picklist('ForecastCategoryName', ['Omitted', 'Pipeline', 'Best Case', 'Commit', 'Closed']),
    lookup('CampaignId', 'Campaign', { childRelationshipName: 'Opportunities' }),
    field('HasOpportunityLineItem', 'boolean', READ_ONLY),
    lookup('OwnerId', 'User', { nillable: false }),
    field('LastActivityDate', 'date', READ_ONLY),
    field('PushCount', 'int', { ...READ_ONLY, precision: 9 }),
    field('LastStageChangeDate', 'datetime', READ_ONLY),
    field('FiscalQuarter', 'int', { ...READ_ONLY, precision: 9 }),
    field('FiscalYear', 'int', { ...READ_ONLY, precision: 9 }),
    field('Fiscal', 'string', { ...READ_ONLY, length: 6 }),
    lookup('ContactId', 'Contact', { updateable: false, childRelationshipName: null }),
    field('LastViewedDate', 'datetime', READ_ONLY),
    field('LastReferencedDate', 'datetime', READ_ONLY),
  ],
  { labelPlural: 'Opportunities' },
);

const OPPORTUNITY_STAGE = object(
  'OpportunityStage',
  '01J',
  [
    field('MasterLabel', 'string', { nillable: false, nameField: true }),
    field('ApiName', 'string'),
    field('IsActive', 'boolean'),
    field('SortOrder', 'int', { precision: 9 }),
    field('IsClosed', 'boolean'),
    field('IsWon', 'boolean'),
    picklist('ForecastCategory', ['Omitted', 'Pipeline', 'BestCase', 'Forecast', 'Closed']),
    field('ForecastCategoryName', 'string'),
    field('DefaultProbability', 'percent', { precision: 3, scale: 0 }),
    field('Description', 'string'),
  ],
  SETUP_TABLE,
);

const OPPORTUNITY_CONTACT_ROLE = object('OpportunityContactRole', '00K', [
  lookup('OpportunityId', 'Opportunity', {
    nillable: false,
    updateable: false,
    childRelationshipName: 'OpportunityContactRoles',
  }),
  lookup('ContactId', 'Contact', { nillable: false, childRelationshipName: 'OpportunityContactRoles' }),
  picklist('Role', [
    'Business User',
    'Decision Maker',
    'Economic Buyer',
    'Economic Decision Maker',
    'Evaluator',
    'Executive Sponsor',
    'Influencer',
    'Technical Buyer',
    'Other',
  ]),
  field('IsPrimary', 'boolean'),
]);

export const SALES = [ACCOUNT, OPPORTUNITY, OPPORTUNITY_STAGE, OPPORTUNITY_CONTACT_ROLE];
