import type { Row } from '../schema/types.js';
import type { Org } from '../store/org.js';
import { rowsOf } from '../store/table.js';
import type { ChangeLog } from './change-log.js';
import { refuse } from './refusal.js';

/** Parent -> children that go into the recycle bin with it. */
const CASCADES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  Account: [
    ['Contact', 'AccountId'],
    ['Opportunity', 'AccountId'],
    ['AccountContactRelation', 'AccountId'],
  ],
  Contact: [
    ['CampaignMember', 'ContactId'],
    ['OpportunityContactRole', 'ContactId'],
    ['AccountContactRelation', 'ContactId'],
  ],
  Lead: [['CampaignMember', 'LeadId']],
  Opportunity: [['OpportunityContactRole', 'OpportunityId']],
  Campaign: [
    ['CampaignMember', 'CampaignId'],
    ['CampaignMemberStatus', 'CampaignId'],
  ],
  PermissionSet: [
    ['PermissionSetAssignment', 'PermissionSetId'],
    ['FieldPermissions', 'ParentId'],
    ['ObjectPermissions', 'ParentId'],
  ],
};

/** Parent -> children that forbid its deletion. */
const RESTRICTS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  Account: [['Case', 'AccountId']],
};

/** Puts a row and what hangs on it into the recycle bin. Lookups from elsewhere are cleared, as the platform does. */
export function recycle(org: Org, log: ChangeLog, { object, row, by }: Recycling): void {
  for (const [child, field] of RESTRICTS[object] ?? []) {
    if (live(org, child, { field, id: String(row.Id) }).length > 0) {
      const message = `Your attempt to delete ${String(row.Name)} could not be completed because it is associated with the following ${child.toLowerCase()}s.`;
      refuse('DELETE_FAILED', message, []);
    }
  }
  const stamps = { SystemModstamp: org.stamp(), LastModifiedDate: org.stamp(), LastModifiedById: by };
  log.put(object, { ...row, ...stamps, IsDeleted: true });
  for (const [child, field] of goingAlong(org, object)) {
    for (const one of live(org, child, { field, id: String(row.Id) })) {
      recycle(org, log, { object: child, row: one, by });
    }
  }
  clearLookups(org, log, { object, row, by });
}

/** Standard children, and details of custom master-detail relationships. */
function goingAlong(org: Org, object: string): readonly (readonly [string, string])[] {
  const details = org.schema.children(object).filter((link) => isDetail(org, link));
  return [
    ...(CASCADES[object] ?? []),
    ...details.map(({ childObject, field }): readonly [string, string] => [childObject, field]),
  ];
}

function isDetail(org: Org, link: { readonly childObject: string; readonly field: string }): boolean {
  return org.schema.find(link.childObject)?.field(link.field)?.master !== undefined;
}

interface Recycling {
  readonly object: string;
  readonly row: Row;
  readonly by: string;
}

function live(
  org: Org,
  object: string,
  { field, id }: { readonly field: string; readonly id: string },
): readonly Row[] {
  const table = org.table(object);
  return rowsOf(table, table.childrenOf(field, id)).filter((row) => row.IsDeleted !== true);
}

function clearLookups(org: Org, log: ChangeLog, { object, row }: Recycling): void {
  for (const link of org.schema.children(object)) {
    const custom = link.field.endsWith('__c');
    if (!custom || isDetail(org, link)) {
      continue;
    }
    for (const one of live(org, link.childObject, { field: link.field, id: String(row.Id) })) {
      log.put(link.childObject, { ...one, [link.field]: null, SystemModstamp: org.stamp() });
    }
  }
}

/** Takes a row out of the recycle bin, with the children that went in with it. */
export function restore(org: Org, log: ChangeLog, { object, row, by }: Recycling): void {
  const stamps = { SystemModstamp: org.stamp(), LastModifiedDate: org.stamp(), LastModifiedById: by };
  log.put(object, { ...row, ...stamps, IsDeleted: false });
  for (const [child, field] of goingAlong(org, object)) {
    const table = org.table(child);
    const gone = rowsOf(table, table.childrenOf(field, String(row.Id))).filter(
      (one) => one.IsDeleted === true && one.SystemModstamp === row.SystemModstamp,
    );
    for (const one of gone) {
      restore(org, log, { object: child, row: one, by });
    }
  }
}
