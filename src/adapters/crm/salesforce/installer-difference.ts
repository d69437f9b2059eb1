import type { FieldToInstall, InstallDifference, InstallPlan } from '../../../ports/crm.js';
import { conflictOf } from './installer-conflicts.js';
import { definedOn } from './installer-xml.js';
import { parseAnswer } from './parse.js';
import { queryPage, queryTogether, type Row, rowsOf } from './query.js';
import type { Reading } from './reading.js';
import { userInfo } from './schema.js';
import { oneOf, quote } from './soql.js';

/** What stands in the org against what the plan wants. */
export interface Standing {
  readonly difference: InstallDifference;
  readonly missing: readonly FieldToInstall[];
  readonly permissionSet: InstallPlan['permissionSet'];
  readonly userId: string;
}

export async function compare(reading: Reading, plan: InstallPlan): Promise<Standing> {
  const objects = [...new Set([...plan.fields.map((field) => field.object), ...plan.permissionSet.objects])];
  const described = await reading.catalogue.describe(objects);
  const visible = new Map(
    described.flatMap((object) => object.fields.map((field) => [`${object.name}.${field.name}`, field])),
  );
  const unseen = plan.fields.filter((field) => !visible.has(`${field.object}.${field.name}`));
  const hidden = await hiddenFields(reading, unseen);
  const missing = unseen.filter((field) => !hidden.has(`${definedOn(field.object)}.${field.name}`));
  const userId = await runningUser(reading);
  const permissionSet = grantable(plan.permissionSet, visible);
  const access = await readAccess(reading, permissionSet, userId);
  const conflicts = plan.fields.flatMap((field) => {
    const existing = visible.get(`${field.object}.${field.name}`);
    return existing ? conflictOf(field, existing) : [];
  });
  const unknown = objects.filter((object) => !described.some(({ name }) => name === object));
  const fieldsToCreate = missing.map((field) => `${field.object}.${field.name}`);
  const difference = { ...access, fieldsToCreate, conflicts: [...unknown.map(noObject), ...conflicts] };
  return { difference, missing, permissionSet, userId };
}

type Visible = ReadonlyMap<string, { readonly permissionable: boolean }>;

/** Required and master-detail fields are always visible; a deploy that grants them is refused. */
function grantable(set: InstallPlan['permissionSet'], visible: Visible): InstallPlan['permissionSet'] {
  const may = (field: string): boolean => visible.get(field)?.permissionable !== false;
  return { ...set, readable: set.readable.filter(may), editable: set.editable.filter(may) };
}

function noObject(object: string): string {
  return `The object ${object} does not exist in this org or is hidden: correct mappings/salesforce.yaml.`;
}

/** Fields that exist but that describe does not show, because nobody gave us access to them yet. */
async function hiddenFields(
  reading: Reading,
  unseen: readonly FieldToInstall[],
): Promise<ReadonlySet<string>> {
  if (unseen.length === 0) return new Set();
  const names = unseen.map((field) => field.name.replace(/__c$/, ''));
  const soql = `SELECT DeveloperName, TableEnumOrId FROM CustomField WHERE ${oneOf('DeveloperName', names)}`;
  const page = await queryPage(
    reading.client,
    `/tooling/query?q=${encodeURIComponent(soql)}`,
    'query CustomField',
  );
  const found = new Set(page.records.map((row) => `${row.TableEnumOrId}.${row.DeveloperName}__c`));
  const custom = new Set(page.records.filter(onCustomObject).map((row) => `${row.DeveloperName}__c`));
  return new Set(
    unseen
      .map((field) => ({ field, full: `${definedOn(field.object)}.${field.name}` }))
      .filter(
        ({ field, full }) => found.has(full) || (field.object.endsWith('__c') && custom.has(field.name)),
      )
      .map(({ full }) => full),
  );
}

/** Custom objects are named by the id of their definition here, standard ones by name. */
function onCustomObject(row: Row): boolean {
  return typeof row.TableEnumOrId === 'string' && row.TableEnumOrId.startsWith('01I');
}

async function runningUser(reading: Reading): Promise<string> {
  const operation = 'read the running user';
  const answer = await reading.client.rest({
    kind: 'query',
    operation,
    method: 'GET',
    path: '/services/oauth2/userinfo',
    repeatable: true,
  });
  return parseAnswer(userInfo, answer.body, operation).user_id;
}

type Access = Pick<InstallDifference, 'permissionSet' | 'assignment'>;

/** The permission set, its grants and its assignment, in one request. */
async function readAccess(
  reading: Reading,
  wanted: InstallPlan['permissionSet'],
  userId: string,
): Promise<Access> {
  const set = quote(wanted.name);
  const answers = await queryTogether(reading.client, reading.apiVersion, {
    sets: `SELECT Id, Label FROM PermissionSet WHERE Name = ${set}`,
    fields: `SELECT Field, PermissionsRead, PermissionsEdit FROM FieldPermissions WHERE Parent.Name = ${set}`,
    objects: `SELECT SobjectType, PermissionsRead, PermissionsEdit FROM ObjectPermissions WHERE Parent.Name = ${set}`,
    assignments: `SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = ${set} AND AssigneeId = ${quote(userId)}`,
  });
  const exists = rowsOf(answers.get('sets')).length > 0;
  const assigned = rowsOf(answers.get('assignments')).length > 0;
  const granted = grantsAll(wanted, rowsOf(answers.get('fields')), rowsOf(answers.get('objects')));
  return {
    permissionSet: exists ? (granted ? 'unchanged' : 'update') : 'create',
    assignment: assigned ? 'unchanged' : 'create',
  };
}

/** More rights than the plan's, given by the admin, are left alone. */
function grantsAll(
  set: InstallPlan['permissionSet'],
  fields: readonly Row[],
  objects: readonly Row[],
): boolean {
  const { readable, editable, objects: wanted } = set;
  const read = new Set(fields.filter((row) => row.PermissionsRead === true).map((row) => row.Field));
  const edit = new Set(fields.filter((row) => row.PermissionsEdit === true).map((row) => row.Field));
  const seen = new Set(objects.filter((row) => row.PermissionsRead === true).map((row) => row.SobjectType));
  return (
    readable.every((field) => read.has(field)) &&
    editable.every((field) => edit.has(field)) &&
    wanted.every((object) => seen.has(object))
  );
}
