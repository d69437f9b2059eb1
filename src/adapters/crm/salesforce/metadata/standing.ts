import type { InstallStanding } from '../../../../ports/crm-installer.js';
import type { OrgModel, PermissionSet } from '../../../../ports/org-model.js';
import { parseAnswer } from '../parse.js';
import { queryPage, queryTogether, type Row, rowsOf } from '../query.js';
import type { Reading } from '../reading.js';
import { userInfo } from '../schema.js';
import { quote } from '../soql.js';

/** What the integration user sees of the installation; needs no right but to use the API. */
export async function standingOf(reading: Reading, model: OrgModel): Promise<InstallStanding> {
  const fields = model.fields.map(({ object, name }) => ({ object, name }));
  const objects = [
    ...new Set([...model.objects.map(({ name }) => name), ...fields.map(({ object }) => object)]),
  ];
  const described = await reading.catalogue.describe(objects);
  const visible = new Set(
    described.flatMap(({ name, fields: own }) => [name, ...own.map((field) => `${name}.${field.name}`)]),
  );
  const unseen = objects.filter((object) => !visible.has(object));
  const missing = fields
    .filter(({ object, name }) => visible.has(object) && !visible.has(`${object}.${name}`))
    .map(({ object, name }) => `${object}.${name}`);
  const set = integrationSet(model);
  const access = set === null ? null : await readAccess(reading, set);
  return {
    missing: [...unseen, ...missing],
    granted: access?.granted ?? true,
    assigned: access?.assigned ?? true,
  };
}

export function integrationSet(model: OrgModel): PermissionSet | null {
  return model.permissionSets.find(({ forIntegration }) => forIntegration) ?? null;
}

export interface RunningUser {
  readonly id: string;
  readonly username: string;
}

export async function runningUser(reading: Reading): Promise<RunningUser> {
  const operation = 'read the running user';
  const answer = await reading.client.rest({
    kind: 'query',
    operation,
    method: 'GET',
    path: '/services/oauth2/userinfo',
    repeatable: true,
  });
  const { user_id: id, preferred_username: username } = parseAnswer(userInfo, answer.body, operation);
  return { id, username };
}

/** Usernames are unique, whatever their case. */
export async function isActiveUser({ client }: Reading, username: string): Promise<boolean> {
  const soql = `SELECT Id FROM User WHERE Username = ${quote(username)} AND IsActive = true`;
  const page = await queryPage(client, `/query?q=${encodeURIComponent(soql)}`, 'look up the running user');
  return page.records.length > 0;
}

/** The grants of the permission set and its assignment, in one request. */
export async function readAccess(
  reading: Reading,
  wanted: PermissionSet,
): Promise<{ readonly granted: boolean; readonly assigned: boolean }> {
  const { id } = await runningUser(reading);
  const set = quote(wanted.name);
  const answers = await queryTogether(reading.client, reading.apiVersion, {
    fields: `SELECT Field, PermissionsRead, PermissionsEdit FROM FieldPermissions WHERE Parent.Name = ${set}`,
    objects: `SELECT SobjectType, PermissionsRead, PermissionsEdit FROM ObjectPermissions WHERE Parent.Name = ${set}`,
    assignments: `SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = ${set} AND AssigneeId = ${quote(id)}`,
  });
  return {
    granted: grantsAll(wanted, rowsOf(answers.get('fields')), rowsOf(answers.get('objects'))),
    assigned: rowsOf(answers.get('assignments')).length > 0,
  };
}

/** More rights than the model's, given by the admin, are left alone. */
function grantsAll(wanted: PermissionSet, fields: readonly Row[], objects: readonly Row[]): boolean {
  const names = (rows: readonly Row[], right: string, of: string): ReadonlySet<unknown> =>
    new Set(rows.filter((row) => row[right] === true).map((row) => row[of]));
  const read = names(fields, 'PermissionsRead', 'Field');
  const edit = names(fields, 'PermissionsEdit', 'Field');
  const seen = names(objects, 'PermissionsRead', 'SobjectType');
  return (
    wanted.fields.every(({ field, editable }) => read.has(field) && (!editable || edit.has(field))) &&
    wanted.objects.every(({ object }) => seen.has(object))
  );
}
