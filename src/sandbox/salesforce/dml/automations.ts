import type { Row, Value } from '../schema/types.js';
import { isoDay, localTime } from '../soql/local-time.js';
import type { Org } from '../store/org.js';
import { rowsOf } from '../store/table.js';
import type { DmlError } from './contract.js';
import { refusal } from './refusal.js';

/** What the platform does by itself when a row of this object is saved. */
export interface Automation {
  /** A changed field and the fields that are worked out anew from it. */
  readonly rederived?: readonly { readonly on: readonly string[]; readonly drop: readonly string[] }[];
  /** Fields set beside those that were given. */
  readonly fill?: (org: Org, row: Row, before: Row | null) => Readonly<Record<string, Value>>;
  /** Rules that are no field property. */
  readonly objections?: (org: Org, row: Row, before: Row | null) => readonly DmlError[];
  /** Rows of other objects that a new row brings along. */
  readonly companions?: (org: Org, row: Row) => readonly { readonly object: string; readonly values: Row }[];
}

export function automationOf(object: string): Automation {
  return AUTOMATIONS[object] ?? {};
}

const PERSON: Automation = { rederived: [{ on: ['FirstName', 'LastName'], drop: ['Name'] }] };

const AUTOMATIONS: Readonly<Record<string, Automation>> = {
  Contact: PERSON,
  Lead: PERSON,
  User: PERSON,
  Opportunity: {
    rederived: [
      {
        on: ['StageName'],
        drop: [
          'IsClosed',
          'IsWon',
          'Probability',
          'ForecastCategory',
          'ForecastCategoryName',
          'ExpectedRevenue',
        ],
      },
      { on: ['Amount', 'Probability'], drop: ['ExpectedRevenue'] },
      { on: ['CloseDate'], drop: ['FiscalYear', 'FiscalQuarter', 'Fiscal'] },
    ],
    fill: (org, row, before) =>
      before !== null && before.StageName !== row.StageName ? { LastStageChangeDate: org.stamp() } : {},
    companions: (_org, row) =>
      typeof row.ContactId === 'string'
        ? [
            {
              object: 'OpportunityContactRole',
              values: { OpportunityId: row.Id ?? null, ContactId: row.ContactId, IsPrimary: true },
            },
          ]
        : [],
  },
  Case: { rederived: [{ on: ['Status'], drop: ['IsClosed'] }], fill: closeCase },
  Task: {
    rederived: [
      { on: ['Status'], drop: ['IsClosed'] },
      { on: ['Priority'], drop: ['IsHighPriority'] },
    ],
    fill: fillTask,
  },
  Event: { fill: (org, row) => ({ AccountId: accountOfActivity(org, row) }) },
  Campaign: {
    companions: (_org, row) => [
      memberStatus(row, { label: 'Sent', at: 1, isDefault: true, hasResponded: false }),
      memberStatus(row, { label: 'Responded', at: 2, isDefault: false, hasResponded: true }),
    ],
  },
  CampaignMember: {
    rederived: [{ on: ['Status'], drop: ['HasResponded'] }],
    fill: fillMember,
    objections: memberObjections,
  },
  PermissionSetAssignment: {
    objections: (org, row, before) =>
      twin(org, 'PermissionSetAssignment', { row, before, fields: ['AssigneeId', 'PermissionSetId'] })
        ? [
            refusal(
              'DUPLICATE_VALUE',
              'Duplicate PermissionSetAssignment. Assignee: duplicate value found',
              [],
            ),
          ]
        : [],
  },
  FieldPermissions: { objections: fieldPermissionObjections },
};

function closeCase(org: Org, row: Row, before: Row | null): Readonly<Record<string, Value>> {
  const closed = org.reader('Case', 'IsClosed');
  const isClosed = closed(row) === true;
  const wasClosed = before !== null && closed(before) === true;
  return isClosed === wasClosed ? {} : { ClosedDate: isClosed ? org.stamp() : null };
}

/** Each new closed status dates the completion anew, each open one takes it away. */
function fillTask(org: Org, row: Row, before: Row | null): Readonly<Record<string, Value>> {
  const isClosed = org.reader('Task', 'IsClosed')(row) === true;
  const moved = before === null || before.Status !== row.Status;
  return {
    AccountId: accountOfActivity(org, row),
    ...(moved ? { CompletedDateTime: isClosed ? org.stamp() : null } : {}),
  };
}

/** An activity belongs to the account it is about, or to that of its record or person. */
function accountOfActivity(org: Org, row: Row): Value {
  for (const id of [row.WhatId, row.WhoId]) {
    const object = typeof id === 'string' ? org.schema.byKeyPrefix(id.slice(0, 3)) : null;
    if (object?.name === 'Account') {
      return id ?? null;
    }
    const account = object === null ? null : (org.table(object.name).get(String(id))?.AccountId ?? null);
    if (account !== null) {
      return account;
    }
  }
  return null;
}

interface MemberStatus {
  readonly label: string;
  readonly at: number;
  readonly isDefault: boolean;
  readonly hasResponded: boolean;
}

function memberStatus(campaign: Row, status: MemberStatus): { object: string; values: Row } {
  return {
    object: 'CampaignMemberStatus',
    values: {
      CampaignId: campaign.Id ?? null,
      Label: status.label,
      SortOrder: status.at,
      IsDefault: status.isDefault,
      HasResponded: status.hasResponded,
    },
  };
}

/** The campaign's own default status; the day of the first response, which stays whatever the status becomes. */
function fillMember(org: Org, row: Row): Readonly<Record<string, Value>> {
  const Status = row.Status ?? defaultStatus(org, String(row.CampaignId));
  const responded = org.reader('CampaignMember', 'HasResponded')({ ...row, Status }) === true;
  const first = (row.FirstRespondedDate ?? null) === null && responded;
  const today = isoDay(localTime(org.clock.now(), org.book.timeZone));
  return { Status, ...(first ? { FirstRespondedDate: today } : {}) };
}

function defaultStatus(org: Org, campaignId: string): Value {
  const table = org.table('CampaignMemberStatus');
  const statuses = rowsOf(table, table.childrenOf('CampaignId', campaignId));
  return statuses.find((one) => one.IsDefault === true && one.IsDeleted !== true)?.Label ?? 'Sent';
}

function memberObjections(org: Org, row: Row, before: Row | null): readonly DmlError[] {
  const person = ['ContactId', 'LeadId'].find((field) => typeof row[field] === 'string');
  if (person === undefined) {
    return [
      refusal('REQUIRED_FIELD_MISSING', 'Required fields are missing: [LeadId, ContactId]', [
        'LeadId',
        'ContactId',
      ]),
    ];
  }
  return twin(org, 'CampaignMember', { row, before, fields: [person, 'CampaignId'] })
    ? [refusal('DUPLICATE_VALUE', 'Already a campaign member.', [])]
    : [];
}

function fieldPermissionObjections(org: Org, row: Row, before: Row | null): readonly DmlError[] {
  const [object = '', name = ''] = String(row.Field ?? '').split('.');
  if (org.schema.find(object)?.field(name) === null || org.schema.find(object) === null) {
    return [
      refusal(
        'FIELD_INTEGRITY_EXCEPTION',
        `Field Name: bad value for restricted picklist field: ${String(row.Field)}`,
        ['Field'],
      ),
    ];
  }
  return twin(org, 'FieldPermissions', { row, before, fields: ['ParentId', 'Field'] })
    ? [
        refusal(
          'DUPLICATE_VALUE',
          'duplicate value found: <unknown> duplicates value on record with id: <unknown>',
          [],
        ),
      ]
    : [];
}

interface TwinSearch {
  readonly row: Row;
  readonly before: Row | null;
  /** The first must be a reference. */
  readonly fields: readonly string[];
}

function twin(org: Org, object: string, { row, before, fields }: TwinSearch): boolean {
  const [first = ''] = fields;
  const table = org.table(object);
  return (
    before === null &&
    rowsOf(table, table.childrenOf(first, String(row[first]))).some(
      (other) =>
        other.IsDeleted !== true &&
        other.Id !== row.Id &&
        fields.every((field) => other[field] === row[field]),
    )
  );
}
