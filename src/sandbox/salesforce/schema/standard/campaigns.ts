import { field, lookup, picklist, READ_ONLY } from '../fields.js';
import { object } from './define.js';

const ROLL_UPS = [
  'NumberOfLeads',
  'NumberOfConvertedLeads',
  'NumberOfContacts',
  'NumberOfResponses',
  'NumberOfOpportunities',
  'NumberOfWonOpportunities',
].map((name) => field(name, 'int', { ...READ_ONLY, precision: 9 }));

const CAMPAIGN = object('Campaign', '701', [
  field('Name', 'string', { length: 80, nillable: false, nameField: true }),
  lookup('ParentId', 'Campaign', { childRelationshipName: 'ChildCampaigns' }),
  picklist('Type', [
    'Conference',
    'Webinar',
    'Trade Show',
    'Public Relations',
    'Partners',
    'Referral Program',
    'Advertisement',
    'Banner Ads',
    'Direct Mail',
    'Email',
    'Telemarketing',
    'Other',
  ]),
  picklist('Status', ['Planned*', 'In Progress', 'Completed', 'Aborted']),
  field('StartDate', 'date'),
  field('EndDate', 'date'),
  field('ExpectedRevenue', 'currency'),
  field('BudgetedCost', 'currency'),
  field('ActualCost', 'currency'),
  field('ExpectedResponse', 'percent', { precision: 10 }),
  field('NumberSent', 'double'),
  field('IsActive', 'boolean'),
  field('Description', 'textarea', { length: 32_000 }),
  ...ROLL_UPS,
  lookup('OwnerId', 'User', { nillable: false }),
  field('LastActivityDate', 'date', READ_ONLY),
]);

const CREATE_ONLY = { updateable: false };

const CAMPAIGN_MEMBER = object('CampaignMember', '00v', [
  lookup('CampaignId', 'Campaign', {
    ...CREATE_ONLY,
    nillable: false,
    childRelationshipName: 'CampaignMembers',
  }),
  lookup('LeadId', 'Lead', { ...CREATE_ONLY, childRelationshipName: 'CampaignMembers' }),
  lookup('ContactId', 'Contact', { ...CREATE_ONLY, childRelationshipName: 'CampaignMembers' }),
  picklist('Status', ['Sent', 'Responded']),
  field('HasResponded', 'boolean', READ_ONLY),
  field('FirstRespondedDate', 'date', READ_ONLY),
  field('Name', 'string', { ...READ_ONLY, nameField: true }),
  field('FirstName', 'string', { ...READ_ONLY, length: 40 }),
  field('LastName', 'string', { ...READ_ONLY, length: 80 }),
  field('Email', 'email', READ_ONLY),
  field('CompanyOrAccount', 'string', READ_ONLY),
]);

const CAMPAIGN_MEMBER_STATUS = object('CampaignMemberStatus', '01Y', [
  lookup('CampaignId', 'Campaign', {
    ...CREATE_ONLY,
    nillable: false,
    childRelationshipName: 'CampaignMemberStatuses',
  }),
  field('Label', 'string', { nillable: false, nameField: true }),
  field('SortOrder', 'int', { precision: 9 }),
  field('IsDefault', 'boolean'),
  field('HasResponded', 'boolean'),
]);

export const CAMPAIGNS = [CAMPAIGN, CAMPAIGN_MEMBER, CAMPAIGN_MEMBER_STATUS];
