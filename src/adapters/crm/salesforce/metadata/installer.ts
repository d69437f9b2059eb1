import type { CrmInstaller, InstallDifference } from '../../../../ports/crm-installer.js';
import type { OrgModel } from '../../../../ports/org-model.js';
import { parseAnswer } from '../parse.js';
import { queryPage } from '../query.js';
import type { Reading } from '../reading.js';
import { createAnswer } from '../schema.js';
import { quote } from '../soql.js';
import { checkSource } from './check-source.js';
import { type Comparison, compareParts } from './compare.js';
import { deploy } from './deploy.js';
import { readHolding } from './holding.js';
import { installedParts } from './installed.js';
import { outsideOf } from './outside.js';
import { packageFiles } from './package-zip.js';
import { removalOf, removeAll } from './removal.js';
import { renderModel } from './render.js';
import { sourceFolder } from './source-folder.js';
import { integrationSet, isActiveUser, readAccess, runningUser, standingOf } from './standing.js';
import { suitedTo } from './suited.js';

export function createInstaller(reading: Reading): CrmInstaller {
  return {
    username: async () => (await runningUser(reading)).username,
    isActiveUser: (username) => isActiveUser(reading, username),
    difference: async (model) => (await compare(reading, model)).difference,
    apply: (model) => apply(reading, model),
    installed: (model) => installedParts(reading, model),
    removal: (model) => removalOf(reading, model),
    remove: (model) => removeAll(reading, model),
    standing: (model) => standingOf(reading, model),
    source: async (model) =>
      sourceFolder(renderModel((await suitedTo(reading, model)).model), reading.apiVersion),
    check: async (model, files) => checkSource(files, await outsideOf(reading, model)),
  };
}

interface Compared {
  readonly difference: InstallDifference;
  readonly toDeploy: Comparison['toDeploy'];
}

async function compare(reading: Reading, asked: OrgModel): Promise<Compared> {
  const { model, unknown } = await suitedTo(reading, asked);
  const wanted = renderModel(model);
  const holding = await readHolding(reading, model, wanted);
  const { parts, obsolete, conflicts, toDeploy } = compareParts(wanted, holding);
  const set = integrationSet(model);
  const assigned = set === null || (await readAccess(reading, set)).assigned;
  return {
    toDeploy,
    difference: {
      parts,
      obsolete,
      assignment: assigned ? 'unchanged' : 'create',
      conflicts: [...unknown, ...conflicts],
    },
  };
}

/** Nothing is deployed while something stands in the way. */
async function apply(reading: Reading, model: OrgModel): Promise<InstallDifference> {
  const { difference, toDeploy } = await compare(reading, model);
  if (difference.conflicts.length > 0) return difference;
  if (toDeploy.length > 0) await deploy(reading, packageFiles(toDeploy, reading.apiVersion), 'install');
  const set = integrationSet(model);
  if (set !== null && difference.assignment === 'create') await assign(reading, set.name);
  // What was described before did not show what is there now.
  await reading.catalogue.describe([...new Set(model.fields.map(({ object }) => object))]);
  return difference;
}

/** Not sent twice blindly: whether it arrived is seen by running `install` again. */
async function assign(reading: Reading, set: string): Promise<void> {
  const operation = 'assign the permission set';
  const soql = `SELECT Id FROM PermissionSet WHERE Name = ${quote(set)}`;
  const page = await queryPage(reading.client, `/query?q=${encodeURIComponent(soql)}`, operation);
  const answer = await reading.client.rest({
    kind: 'metadata',
    operation,
    method: 'POST',
    path: '/sobjects/PermissionSetAssignment',
    body: { AssigneeId: (await runningUser(reading)).id, PermissionSetId: page.records[0]?.Id },
    repeatable: false,
  });
  parseAnswer(createAnswer, answer.body, operation);
}
