import type { Org } from '../../store/org.js';
import type { Table } from '../../store/table.js';
import type { Component, Kind } from '../deploy/component.js';
import { childrenOf, element, isTrue, textOf, type XmlElement } from '../xml/element.js';
import { checkPermissionSet } from './check-permission-set.js';

/** A permission set: its rows are what the org's field-level security reads. */
export const PERMISSION_SET: Kind = {
  type: 'PermissionSet',
  folder: 'permissionsets',
  suffix: 'permissionset',
  keyPrefix: '0PS',
  check: checkPermissionSet,
  install,
  asHeld,
  uninstall: (fullName, org) => {
    const id = permissionSetId(org, fullName);
    if (id === null) return;
    for (const [object, field] of HELD) eraseWith(org.table(object), field, id);
    org.table('PermissionSet').erase(id);
  },
};

const HELD = [
  ['FieldPermissions', 'ParentId'],
  ['ObjectPermissions', 'ParentId'],
  ['PermissionSetAssignment', 'PermissionSetId'],
] as const;

function permissionSetId(org: Org, name: string): string | null {
  const table = org.table('PermissionSet');
  const rows = table.withValue('Name', name).map((slot) => table.rowAt(slot));
  const id = rows.find((row) => row !== null && row.IsDeleted !== true)?.Id;
  return typeof id === 'string' ? id : null;
}

/** Field permissions are rows, too: what was changed or taken away over the API shows here. */
function asHeld({ element: deployed, fullName }: Component, org: Org): XmlElement {
  const table = org.table('FieldPermissions');
  const setId = permissionSetId(org, fullName) ?? '';
  const rows = table.childrenOf('ParentId', setId).map((slot) => table.rowAt(slot));
  const held = new Map(
    rows.flatMap((row) =>
      row === null || row.IsDeleted === true ? [] : [[String(row.Field), row] as const],
    ),
  );
  const children = deployed.children.flatMap((child) => {
    const field = textOf(child, 'field');
    if (child.name !== 'fieldPermissions' || field.startsWith('Activity.')) return [child];
    const row = held.get(field);
    if (row === undefined) return [];
    return [
      element('fieldPermissions', [
        element('editable', String(row.PermissionsEdit === true)),
        element('field', field),
        element('readable', String(row.PermissionsRead === true)),
      ]),
    ];
  });
  return { ...deployed, children };
}

/** What the set grants is replaced as a whole; who has it stays. */
function install({ element, fullName }: Component, org: Org, id: string): void {
  const setId = permissionSetId(org, fullName) ?? id;
  const known = org.table('PermissionSet').get(setId);
  org.plant('PermissionSet', {
    ...(known ?? {}),
    Id: setId,
    Name: fullName,
    Label: textOf(element, 'label'),
    Description: textOf(element, 'description') || null,
    IsOwnedByProfile: false,
    IsCustom: true,
    Type: 'Regular',
    HasActivationRequired: isTrue(element, 'hasActivationRequired'),
    SystemModstamp: org.stamp(),
    LastModifiedDate: org.stamp(),
  });
  eraseWith(org.table('FieldPermissions'), 'ParentId', setId);
  eraseWith(org.table('ObjectPermissions'), 'ParentId', setId);
  for (const grant of childrenOf(element, 'fieldPermissions')) plantField(org, setId, grant);
  for (const grant of childrenOf(element, 'objectPermissions')) plantObject(org, setId, grant);
}

function plantField(org: Org, setId: string, grant: XmlElement): void {
  const [owner = '', name = ''] = textOf(grant, 'field').split('.');
  const objects = owner === 'Activity' ? ['Task', 'Event'] : [owner];
  for (const object of objects) {
    const definition = org.schema.find(object);
    const field = definition?.field(name);
    if (!definition || !field) continue;
    org.plant('FieldPermissions', {
      ParentId: setId,
      SobjectType: definition.name,
      Field: `${definition.name}.${field.name}`,
      PermissionsRead: isTrue(grant, 'readable') || isTrue(grant, 'editable'),
      PermissionsEdit: isTrue(grant, 'editable'),
    });
  }
}

function plantObject(org: Org, setId: string, grant: XmlElement): void {
  org.plant('ObjectPermissions', {
    ParentId: setId,
    SobjectType: org.schema.find(textOf(grant, 'object'))?.name ?? textOf(grant, 'object'),
    PermissionsRead: isTrue(grant, 'allowRead'),
    PermissionsCreate: isTrue(grant, 'allowCreate'),
    PermissionsEdit: isTrue(grant, 'allowEdit'),
    PermissionsDelete: isTrue(grant, 'allowDelete'),
    PermissionsViewAllRecords: isTrue(grant, 'viewAllRecords'),
    PermissionsModifyAllRecords: isTrue(grant, 'modifyAllRecords'),
  });
}

function eraseWith(table: Table, field: string, id: string): void {
  for (const slot of [...table.childrenOf(field, id)]) {
    const rowId = table.rowAt(slot)?.Id;
    if (typeof rowId === 'string') table.erase(rowId);
  }
}
