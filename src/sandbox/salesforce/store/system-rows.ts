import type { Org } from './org.js';

export const ADMIN_USERNAME = 'admin@truenorth.example';
export const INTEGRATION_USERNAME = 'integration@truenorth.example';

/** What an org holds from its first day: its own record, profiles, users, statuses, stages. */
export function seedSystemRows(org: Org): void {
  const adminProfile = org.plant('Profile', { Name: 'System Administrator', UserType: 'Standard' });
  const apiProfile = org.plant('Profile', {
    Name: 'Minimum Access - API Only Integrations',
    UserType: 'Standard',
  });
  org.plant('Organization', {
    Id: org.id,
    Name: org.book.orgName,
    InstanceName: 'SBX1',
    IsSandbox: true,
    OrganizationType: 'Developer Edition',
    TimeZoneSidKey: org.book.timeZone,
    DefaultLocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    FiscalYearStartMonth: 1,
    ...(org.book.multiCurrency ? {} : { CurrencyIsoCode: org.book.currency }),
  });
  plantUser(org, { id: org.users.admin, username: ADMIN_USERNAME, lastName: 'Admin', profile: adminProfile });
  plantUser(org, {
    id: org.users.integration,
    username: INTEGRATION_USERNAME,
    lastName: 'Integration',
    profile: apiProfile,
  });
  // A book may bring its own.
  if (!org.book.rows.has('OpportunityStage')) plantStages(org);
  plantStatuses(org, 'CaseStatus', ['New*', 'Working', 'Escalated', 'Closed!']);
  plantStatuses(org, 'TaskStatus', [
    'Not Started*',
    'In Progress',
    'Completed!',
    'Waiting on someone else',
    'Deferred',
  ]);
  if (org.book.multiCurrency && !org.book.rows.has('CurrencyType')) plantCorporateCurrency(org);
}

function plantCorporateCurrency(org: Org): void {
  org.plant('CurrencyType', {
    IsoCode: org.book.currency,
    ConversionRate: 1,
    DecimalPlaces: 2,
    IsActive: true,
    IsCorporate: true,
  });
}

interface NewUser {
  readonly id: string;
  readonly username: string;
  readonly lastName: string;
  readonly profile: string;
}

function plantUser(org: Org, user: NewUser): void {
  org.plant('User', {
    Id: user.id,
    Username: user.username,
    Email: user.username,
    FirstName: 'Truenorth',
    LastName: user.lastName,
    Alias: user.lastName.toLowerCase().slice(0, 8),
    IsActive: true,
    ProfileId: user.profile,
    TimeZoneSidKey: org.book.timeZone,
    LocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    UserType: 'Standard',
    UserPermissionsMarketingUser: true,
  });
}

/** Label, probability, forecast category: a fresh org's stages. */
const STAGES: readonly (readonly [string, number, string])[] = [
  ['Prospecting', 10, 'Pipeline'],
  ['Qualification', 10, 'Pipeline'],
  ['Needs Analysis', 20, 'Pipeline'],
  ['Value Proposition', 50, 'Pipeline'],
  ['Id. Decision Makers', 60, 'Pipeline'],
  ['Perception Analysis', 70, 'Pipeline'],
  ['Proposal/Price Quote', 75, 'Pipeline'],
  ['Negotiation/Review', 90, 'Pipeline'],
  ['Closed Won', 100, 'Closed'],
  ['Closed Lost', 0, 'Omitted'],
];

/** Stages of the Opportunity.StageName picklist, a fresh org's or the book's own. */
function plantStages(org: Org): void {
  STAGES.forEach(([label, probability, category], at) => {
    org.plant('OpportunityStage', {
      MasterLabel: label,
      ApiName: label,
      DefaultProbability: probability,
      ForecastCategory: category,
      ForecastCategoryName: category,
      IsClosed: label.startsWith('Closed'),
      IsWon: label === 'Closed Won',
      IsActive: true,
      SortOrder: at + 1,
    });
  });
}

/** `*` marks the default, `!` a closed one. */
function plantStatuses(org: Org, object: string, labels: readonly string[]): void {
  if (org.book.rows.has(object)) return;
  labels.forEach((text, at) => {
    const label = text.replace(/[*!]$/, '');
    org.plant(object, {
      MasterLabel: label,
      ApiName: label,
      IsClosed: text.endsWith('!'),
      IsDefault: text.endsWith('*'),
      SortOrder: at + 1,
    });
  });
}
