import { CRM_RECORDS, type CrmRecordKind } from '../../ports/crm-records.js';
import type { ReportType } from '../../ports/org-model.js';
import type { AccountColumns } from './account-columns.js';
import { childrenOf } from './columns.js';

/** Report types by what they show; `Truenorth_` keeps them apart from the customer's own. */
export const REPORT_TYPES = {
  metrics: 'Truenorth_Program_Metrics',
  accounts: 'Truenorth_Accounts',
  snapshots: 'Truenorth_Accounts_and_Snapshots',
  episodes: 'Truenorth_Accounts_and_Episodes',
  accountDecisions: 'Truenorth_Accounts_and_Decisions',
  pulses: 'Truenorth_Accounts_and_Pulses',
  advocates: 'Truenorth_Accounts_and_Advocates',
  decisions: 'Truenorth_Decisions',
  runs: 'Truenorth_Sync_Runs',
  errors: 'Truenorth_Sync_Errors',
} as const;

/** Every report needs a date of its base object to hang its time frame on. */
const CREATED = 'CreatedDate';

type Section = ReportType['sections'][number];

export function reportTypes(account: AccountColumns): readonly ReportType[] {
  return [
    recordsAlone(
      'metric',
      REPORT_TYPES.metrics,
      'Program Metrics',
      'Every number of the program, by period.',
    ),
    recordsAlone(
      'decision',
      REPORT_TYPES.decisions,
      'Decisions',
      'Who was enrolled, and who was not and why.',
    ),
    recordsAlone('run', REPORT_TYPES.runs, 'Sync Runs', 'What each run did, and how it ended.'),
    recordsAlone(
      'error',
      REPORT_TYPES.errors,
      'Sync Errors',
      'What Salesforce refused, and what to do about it.',
    ),
    {
      ...accountType(
        REPORT_TYPES.accounts,
        'Accounts',
        'Accounts with their health and tier of today.',
        account,
      ),
      join: null,
    },
    withRecords('snapshot', REPORT_TYPES.snapshots, 'Health Snapshots', account),
    withRecords('episode', REPORT_TYPES.episodes, 'Playbook Episodes', account),
    withRecords('decision', REPORT_TYPES.accountDecisions, 'Enrolment Decisions', account),
    withRecords('pulse', REPORT_TYPES.pulses, 'Health Pulses', account),
    withRecords('advocate', REPORT_TYPES.advocates, 'Advocates', account),
  ];
}

function recordsAlone(kind: CrmRecordKind, name: string, label: string, description: string): ReportType {
  const { object } = CRM_RECORDS[kind];
  return {
    name,
    label: `Truenorth: ${label}`,
    description,
    object,
    category: 'other',
    join: null,
    sections: [recordSection(kind, object, label)],
  };
}

/** Accounts that have at least one record of a kind, one row a record. */
function withRecords(kind: CrmRecordKind, name: string, label: string, account: AccountColumns): ReportType {
  const relationship = childrenOf(kind);
  const type = accountType(
    name,
    `Accounts and ${label}`,
    `Accounts that have ${label}, one row each.`,
    account,
  );
  return {
    ...type,
    join: { relationship, outer: false },
    sections: [...type.sections, recordSection(kind, `${account.object}.${relationship}`, label)],
  };
}

function accountType(
  name: string,
  label: string,
  description: string,
  account: AccountColumns,
): Omit<ReportType, 'join'> {
  const { object, fields } = account;
  const columns = ['Name', ...fields, CREATED].map((field, index) => ({
    table: object,
    field,
    shown: index < 4,
  }));
  return {
    name,
    label: `Truenorth: ${label}`,
    description,
    object,
    category: 'accounts',
    sections: [{ label: 'Accounts', columns }],
  };
}

/** Every field of the records; the account stands in its own section where it is joined. */
function recordSection(kind: CrmRecordKind, table: string, label: string): Section {
  const fields: Readonly<Record<string, string>> = CRM_RECORDS[kind].fields;
  const joined = table.includes('.');
  const names = Object.entries(fields).flatMap(([field, name]) =>
    joined && field === 'account' ? [] : [name],
  );
  const all = ['Name', ...names, ...(joined ? [] : [CREATED])];
  return {
    label,
    columns: all.map((field, index) => ({ table, field, shown: index < 6 })),
  };
}
