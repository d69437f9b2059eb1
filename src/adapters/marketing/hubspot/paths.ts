/**
 * Every path of HubSpot's that we use, behind one version. The v4 endpoints lose support on
 * 30 March 2027, v1 to v3 in September 2027 (HubSpot changelog, seen 2026-11-22); date-based versions take
 * the same bodies.
 */
export type ApiVersion = '2026-03' | 'legacy';

export type ObjectKind = 'contacts' | 'companies';

export interface Paths {
  readonly account: string;
  readonly owners: string;
  readonly properties: (kind: ObjectKind) => string;
  readonly propertyGroups: (kind: ObjectKind) => string;
  readonly batch: (kind: ObjectKind, what: 'read' | 'update' | 'upsert') => string;
  readonly privacyDelete: string;
  readonly lists: string;
  readonly listByName: (objectTypeId: string, name: string) => string;
  readonly addToList: (listId: string) => string;
  readonly removeFromList: (listId: string) => string;
  readonly membershipsOfRecords: string;
  readonly sequences: string;
  readonly sequence: (sequenceId: string) => string;
  readonly enrolments: string;
  readonly enrolmentOf: (recordId: string) => string;
}

const ROOTS = {
  '2026-03': {
    account: '/account-info/2026-03',
    owners: '/crm/owners/2026-03',
    properties: '/crm/properties/2026-03',
    objects: '/crm/objects/2026-03',
    lists: '/crm/lists/2026-03',
    sequences: '/automation/sequences/2026-03',
  },
  legacy: {
    account: '/account-info/v3',
    owners: '/crm/v3/owners',
    properties: '/crm/v3/properties',
    objects: '/crm/v3/objects',
    lists: '/crm/v3/lists',
    sequences: '/automation/v4/sequences',
  },
} as const;

export function pathsOf(version: ApiVersion): Paths {
  const root = ROOTS[version];
  return {
    account: `${root.account}/details`,
    owners: root.owners,
    properties: (kind) => `${root.properties}/${kind}`,
    propertyGroups: (kind) => `${root.properties}/${kind}/groups`,
    batch: (kind, what) => `${root.objects}/${kind}/batch/${what}`,
    privacyDelete: `${root.objects}/contacts/gdpr-delete`,
    lists: root.lists,
    listByName: (objectTypeId, name) =>
      `${root.lists}/object-type-id/${objectTypeId}/name/${encodeURIComponent(name)}`,
    addToList: (listId) => `${root.lists}/${encodeURIComponent(listId)}/memberships/add`,
    removeFromList: (listId) => `${root.lists}/${encodeURIComponent(listId)}/memberships/remove`,
    membershipsOfRecords: `${root.lists}/records/memberships/batch/read`,
    sequences: root.sequences,
    sequence: (sequenceId) => `${root.sequences}/${encodeURIComponent(sequenceId)}`,
    enrolments: `${root.sequences}/enrollments`,
    enrolmentOf: (recordId) => `${root.sequences}/enrollments/contact/${encodeURIComponent(recordId)}`,
  };
}
