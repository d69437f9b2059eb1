import type { Removal } from '../../../../ports/crm-installer.js';
import type { OrgModel } from '../../../../ports/org-model.js';
import { countRows } from '../org.js';
import { pathOf, type QueryPage, queryPage } from '../query.js';
import type { Reading } from '../reading.js';
import { remove } from '../remove.js';
import { oneOf } from '../soql.js';
import { ownerOf } from './component.js';
import { deploy } from './deploy.js';
import { type Component, textOf } from './element.js';
import { readHolding } from './holding.js';
import { oursAmong } from './ours.js';
import { deletionFiles } from './package-zip.js';
import { renderModel } from './render.js';

/** What shows others goes before what is shown. */
const ORDER = [
  'Dashboard',
  'DashboardFolder',
  'Report',
  'ReportFolder',
  'ReportType',
  'PermissionSet',
  'FlexiPage',
  'LightningComponentBundle',
  'QuickAction',
  'CustomTab',
  'ListView',
  'CompactLayout',
  'CustomField',
  'CustomObject',
];

/** What of ours an org holds, and what would go with it. */
export async function removalOf(reading: Reading, model: OrgModel): Promise<Removal> {
  const wanted = renderModel(model);
  const { components } = await readHolding(reading, model, wanted);
  const isOurs = oursAmong(wanted);
  const held = [...components.values()];
  const objects = new Set(
    held.filter((one) => one.type === 'CustomObject' && isOurs(one)).map(({ fullName }) => fullName),
  );
  const lies = (one: Component): boolean => objects.has(ownerOf(one.fullName));
  const parts = held
    .filter((one) => ORDER.includes(one.type) && isOurs(one) && !lies(one))
    .filter(({ type, fullName }) => type !== 'CustomTab' || objects.has(fullName))
    .filter((folder) => !held.some((one) => liesIn(one, folder) && !isOurs(one)))
    .sort(inOrder)
    .map(({ type, fullName }) => ({ type, name: fullName }));
  const counts = await countRows(reading.client, [...objects]);
  const records = [...counts].filter(([, count]) => count > 0);
  const ofPeople = new Set(model.objects.filter((object) => object.ofPeople).map(({ name }) => name));
  return {
    parts,
    records: records.map(([object, count]) => ({ object, count })),
    ofPeople: records.flatMap(([object]) => (ofPeople.has(object) ? [object] : [])),
    ofOthers: held
      .filter((one) => one.type === 'CustomField' && lies(one) && !isOurs(one))
      .map(({ fullName }) => fullName),
  };
}

/** A folder in which somebody keeps a report of their own stays. */
function liesIn(one: Component, folder: Component): boolean {
  return folder.type === `${one.type}Folder` && one.fullName.startsWith(`${folder.fullName}/`);
}

/** Formulas before the fields that they read. */
function inOrder(a: Component, b: Component): number {
  const isFormula = (one: Component): number =>
    textOf({ name: one.type, content: one.content }, 'formula') === '' ? 1 : 0;
  return ORDER.indexOf(a.type) - ORDER.indexOf(b.type) || isFormula(a) - isFormula(b);
}

export async function removeAll(reading: Reading, model: OrgModel): Promise<Removal> {
  const removal = await removalOf(reading, model);
  if (removal.parts.length === 0) return removal;
  const sets = removal.parts.filter(({ type }) => type === 'PermissionSet').map(({ name }) => name);
  await unassign(reading, sets);
  const parts = removal.parts.map(({ type, name }) => ({ type, fullName: name }));
  await deploy(reading, deletionFiles(parts, reading.apiVersion), 'uninstall');
  return removal;
}

/** A permission set that somebody has cannot be deleted. */
async function unassign(reading: Reading, sets: readonly string[]): Promise<void> {
  if (sets.length === 0) return;
  const soql = `SELECT Id FROM PermissionSetAssignment WHERE ${oneOf('PermissionSet.Name', sets)}`;
  const ids: string[] = [];
  let next: string | null = `/query?q=${encodeURIComponent(soql)}`;
  while (next !== null) {
    const page: QueryPage = await queryPage(reading.client, next, 'query PermissionSetAssignment');
    ids.push(...page.records.map(({ Id }) => String(Id)));
    next = page.nextRecordsUrl ? pathOf(page.nextRecordsUrl) : null;
  }
  if (ids.length > 0) await remove(reading, 'PermissionSetAssignment', ids);
}
