import type { Row, Value } from '../schema/types.js';
import type { Derivation, Org } from './org.js';
import { rowsOf } from './table.js';

/** Fields that the platform fills in by itself, by object: used where a row holds no value of its own. */
export function derivationsOf(org: Org, object: string): ReadonlyMap<string, Derivation> {
  const own = BY_OBJECT[object.toLowerCase()];
  return new Map([...EVERYWHERE(org), ...(own === undefined ? [] : own(org))]);
}

type Derivations = (org: Org) => readonly (readonly [string, Derivation])[];

const EVERYWHERE: Derivations = (org) => [
  ['LastModifiedDate', (row) => row.SystemModstamp ?? null],
  ['CreatedById', () => org.users.admin],
  ['LastModifiedById', () => org.users.admin],
  ['OwnerId', () => org.users.admin],
  ['CurrencyIsoCode', () => org.book.currency],
];

const personName: Derivation = (row) =>
  [row.FirstName, row.LastName].filter((part) => typeof part === 'string' && part !== '').join(' ');

const BY_OBJECT: Readonly<Record<string, Derivations>> = {
  contact: () => [['Name', personName]],
  lead: () => [['Name', personName]],
  user: () => [['Name', personName]],
  opportunity: (org) => [
    ['IsClosed', (row) => stageOf(org, row)?.IsClosed ?? false],
    ['IsWon', (row) => stageOf(org, row)?.IsWon ?? false],
    ['Probability', (row) => stageOf(org, row)?.DefaultProbability ?? null],
    ['ForecastCategory', (row) => stageOf(org, row)?.ForecastCategory ?? null],
    ['ForecastCategoryName', (row) => stageOf(org, row)?.ForecastCategoryName ?? null],
    ['ExpectedRevenue', (row) => expectedRevenue(org, row)],
    ['FiscalYear', (row) => Number(String(row.CloseDate ?? '').slice(0, 4)) || null],
    ['FiscalQuarter', (row) => Math.ceil(Number(String(row.CloseDate ?? '').slice(5, 7)) / 3) || null],
  ],
  case: (org) => [['IsClosed', (row) => closedBy(org, 'CaseStatus', row.Status)]],
  task: (org) => [
    ['IsClosed', (row) => closedBy(org, 'TaskStatus', row.Status)],
    ['IsHighPriority', (row) => row.Priority === 'High'],
  ],
  campaignmember: (org) => [['HasResponded', (row) => hasResponded(org, row)]],
};

function stageOf(org: Org, row: Row): Row | null {
  return firstWith(org, 'OpportunityStage', 'MasterLabel', row.StageName ?? null);
}

function expectedRevenue(org: Org, row: Row): Value {
  const probability = row.Probability ?? stageOf(org, row)?.DefaultProbability ?? null;
  return typeof row.Amount === 'number' && typeof probability === 'number'
    ? (row.Amount * probability) / 100
    : null;
}

function closedBy(org: Org, object: string, status: Value | undefined): boolean {
  return firstWith(org, object, 'MasterLabel', status ?? null)?.IsClosed === true;
}

function hasResponded(org: Org, row: Row): boolean {
  const table = org.table('CampaignMemberStatus');
  const statuses = rowsOf(table, table.childrenOf('CampaignId', String(row.CampaignId)));
  // A campaign that came with a book has brought none: then it has the two of every new campaign.
  if (statuses.length === 0) return row.Status === 'Responded';
  return statuses.some((status) => status.Label === row.Status && status.HasResponded === true);
}

function firstWith(org: Org, object: string, field: string, value: Value): Row | null {
  const table = org.table(object);
  const [slot] = table.withValue(field, value);
  return slot === undefined ? null : table.rowAt(slot);
}
