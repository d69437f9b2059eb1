import { field, lookup } from '../fields.js';
import { object } from './define.js';

const PERMISSION_SET = object(
  'PermissionSet',
  '0PS',
  [
    field('Name', 'string', { length: 80, nillable: false, nameField: true }),
    field('Label', 'string', { length: 80, nillable: false }),
    field('Description', 'string'),
    field('NamespacePrefix', 'string', { length: 15 }),
    field('IsOwnedByProfile', 'boolean', { createable: false, updateable: false }),
    lookup('ProfileId', 'Profile', { createable: false, updateable: false }),
    field('IsCustom', 'boolean', { createable: false, updateable: false, defaultValue: true }),
    field('HasActivationRequired', 'boolean'),
    field('Type', 'picklist', { createable: false, updateable: false }),
    field('PermissionsApiEnabled', 'boolean'),
    field('PermissionsViewSetup', 'boolean'),
  ],
  { replicateable: false },
);

const PERMISSION_SET_ASSIGNMENT = object(
  'PermissionSetAssignment',
  '0Pa',
  [
    lookup('PermissionSetId', 'PermissionSet', {
      nillable: false,
      updateable: false,
      childRelationshipName: 'Assignments',
    }),
    lookup('AssigneeId', 'User', {
      nillable: false,
      updateable: false,
      childRelationshipName: 'PermissionSetAssignments',
    }),
    field('IsActive', 'boolean', { createable: false, updateable: false, defaultValue: true }),
    field('ExpirationDate', 'datetime'),
  ],
  { replicateable: false },
);

const PARENT = lookup('ParentId', 'PermissionSet', { nillable: false, updateable: false });
const SOBJECT = field('SobjectType', 'picklist', { nillable: false, updateable: false });

const FIELD_PERMISSIONS = object(
  'FieldPermissions',
  '01k',
  [
    { ...PARENT, childRelationshipName: 'FieldPerms' },
    SOBJECT,
    field('Field', 'picklist', { nillable: false, updateable: false }),
    field('PermissionsRead', 'boolean'),
    field('PermissionsEdit', 'boolean'),
  ],
  { labelPlural: 'Field Permissions', replicateable: false },
);

const OBJECT_PERMISSIONS = object(
  'ObjectPermissions',
  '110',
  [
    { ...PARENT, childRelationshipName: 'ObjectPerms' },
    SOBJECT,
    ...['Create', 'Read', 'Edit', 'Delete', 'ViewAllRecords', 'ModifyAllRecords'].map((right) =>
      field(`Permissions${right}`, 'boolean'),
    ),
  ],
  { labelPlural: 'Object Permissions', replicateable: false },
);

export const PERMISSIONS = [PERMISSION_SET, PERMISSION_SET_ASSIGNMENT, FIELD_PERMISSIONS, OBJECT_PERMISSIONS];
