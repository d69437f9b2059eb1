import type { Row } from '../schema/types.js';
import type { Table } from './table.js';

/** What a user may do with a field. */
export type FieldRight = 'none' | 'read' | 'edit';

/** Object and field permissions. Standard objects and fields are open to all; the rest as far as permission sets grant it. */
export interface Access {
  readonly object: (userId: string, object: string) => ObjectRights;
  readonly field: (userId: string, object: string, field: string) => FieldRight;
  /** Visible to everyone without any permission set: what a book brings along. */
  readonly open: (object: string, field?: string) => void;
  /** Takes that back: from now on it is seen only with a permission set. */
  readonly close: (object: string, field?: string) => void;
}

export interface ObjectRights {
  readonly read: boolean;
  readonly create: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
}

interface Grants {
  readonly version: string;
  readonly byUser: Map<string, UserGrants>;
}

interface UserGrants {
  readonly fields: ReadonlyMap<string, FieldRight>;
  readonly objects: ReadonlyMap<string, ObjectRights>;
}

const ALL: ObjectRights = { read: true, create: true, edit: true, delete: true };
const NONE: ObjectRights = { read: false, create: false, edit: false, delete: false };

export interface AccessOptions {
  readonly table: (object: string) => Table;
  /** Users who see every object (but not every field: facts §7.3, even an administrator needs field-level security). */
  readonly seesAllObjects: (userId: string) => boolean;
}

export function startAccess({ table, seesAllObjects }: AccessOptions): Access {
  const opened = new Set<string>();
  let grants: Grants = { version: '', byUser: new Map() };
  const current = (userId: string): UserGrants => {
    const version = GRANTING.map((object) => table(object).version()).join(' ');
    if (version !== grants.version) {
      grants = { version, byUser: new Map() };
    }
    const known = grants.byUser.get(userId) ?? grantsOf(userId, table);
    grants.byUser.set(userId, known);
    return known;
  };
  const isOpen = (name: string): boolean => !name.endsWith('__c') || opened.has(name.toLowerCase());
  return {
    object: (userId, object) =>
      isOpen(object) || seesAllObjects(userId)
        ? ALL
        : (current(userId).objects.get(object.toLowerCase()) ?? NONE),
    field: (userId, object, name) => {
      if (!name.endsWith('__c') || opened.has(`${object}.${name}`.toLowerCase())) {
        return 'edit';
      }
      return current(userId).fields.get(`${object}.${name}`.toLowerCase()) ?? 'none';
    },
    open: (object, name) => void opened.add(openable(object, name)),
    close: (object, name) => void opened.delete(openable(object, name)),
  };
}

function openable(object: string, field: string | undefined): string {
  return (field === undefined ? object : `${object}.${field}`).toLowerCase();
}

const GRANTING = ['PermissionSetAssignment', 'FieldPermissions', 'ObjectPermissions'];

function grantsOf(userId: string, table: (object: string) => Table): UserGrants {
  const sets = liveChildren(table('PermissionSetAssignment'), 'AssigneeId', userId).map((row) =>
    String(row.PermissionSetId),
  );
  const fields = new Map<string, FieldRight>();
  const objects = new Map<string, ObjectRights>();
  for (const set of sets) {
    for (const row of liveChildren(table('FieldPermissions'), 'ParentId', set)) {
      const key = String(row.Field).toLowerCase();
      const right = row.PermissionsEdit === true ? 'edit' : row.PermissionsRead === true ? 'read' : 'none';
      fields.set(key, strongest(fields.get(key), right));
    }
    for (const row of liveChildren(table('ObjectPermissions'), 'ParentId', set)) {
      const key = String(row.SobjectType).toLowerCase();
      objects.set(key, joined(objects.get(key) ?? NONE, row));
    }
  }
  return { fields, objects };
}

function strongest(a: FieldRight | undefined, b: FieldRight): FieldRight {
  return a === 'edit' || (a === 'read' && b === 'none') ? a : b;
}

function joined(rights: ObjectRights, row: Row): ObjectRights {
  return {
    read: rights.read || row.PermissionsRead === true,
    create: rights.create || row.PermissionsCreate === true,
    edit: rights.edit || row.PermissionsEdit === true,
    delete: rights.delete || row.PermissionsDelete === true,
  };
}

function liveChildren(table: Table, field: string, parentId: string): readonly Row[] {
  return table
    .childrenOf(field, parentId)
    .map((slot) => table.rowAt(slot))
    .filter((row): row is Row => row !== null && row.IsDeleted !== true);
}
