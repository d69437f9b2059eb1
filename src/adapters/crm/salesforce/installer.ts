import { strToU8, zipSync } from 'fflate';
import type { CrmInstaller, InstallDifference, InstallPlan } from '../../../ports/crm.js';
import type { IntegrationError } from '../../../ports/errors.js';
import { salesforceError } from './errors.js';
import { compare, type Standing } from './installer-difference.js';
import { deployPackage } from './installer-xml.js';
import { parseAnswer } from './parse.js';
import { queryPage } from './query.js';
import type { Reading } from './reading.js';
import { shorten } from './refusals.js';
import { createAnswer, type DeployStatus, deployAnswer } from './schema.js';
import { quote } from './soql.js';

const OPERATION = 'deploy fields and permission set';
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
const PATIENCE_MS = 900_000;

export function createInstaller(reading: Reading): CrmInstaller {
  return {
    difference: async (plan) => (await compare(reading, plan)).difference,
    apply: (plan) => apply(reading, plan),
  };
}

/** Nothing is deployed while something stands in the way. */
async function apply(reading: Reading, plan: InstallPlan): Promise<InstallDifference> {
  const standing = await compare(reading, plan);
  const { difference } = standing;
  if (difference.conflicts.length > 0) return difference;
  if (standing.missing.length > 0 || difference.permissionSet !== 'unchanged') {
    await deploy(reading, standing);
  }
  if (difference.assignment === 'create') await assign(reading, plan, standing.userId);
  await reading.catalogue.describe([...new Set(plan.fields.map((field) => field.object))]);
  return difference;
}

/** All or nothing, and the same again if it is sent twice. */
async function deploy(reading: Reading, standing: Standing): Promise<void> {
  const files = deployPackage(standing.permissionSet, standing.missing, reading.apiVersion);
  const zip = zipSync(Object.fromEntries([...files].map(([path, text]) => [path, strToU8(text)])));
  const options = { rollbackOnError: true, singlePackage: true, ignoreWarnings: false, checkOnly: false };
  const form = new FormData();
  form.append('json', new Blob([JSON.stringify({ deployOptions: options })], { type: 'application/json' }));
  form.append('file', new Blob([Uint8Array.from(zip)], { type: 'application/zip' }), 'deploy.zip');
  const encoded = new Response(form);
  const answer = await reading.client.upload({
    kind: 'metadata',
    operation: OPERATION,
    method: 'POST',
    path: '/metadata/deployRequest',
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    bytes: new Uint8Array(await encoded.arrayBuffer()),
    repeatable: true,
  });
  const { id } = parseAnswer(deployAnswer, readJson(answer.text), OPERATION);
  const status = await awaitDeploy(reading, id);
  if (!status.success) throw refused(status);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function awaitDeploy(reading: Reading, id: string): Promise<DeployStatus> {
  let wait = FIRST_WAIT_MS;
  for (let waited = 0; waited < PATIENCE_MS; waited += wait) {
    const answer = await reading.client.rest({
      kind: 'poll',
      operation: OPERATION,
      method: 'GET',
      path: `/metadata/deployRequest/${id}?includeDetails=true`,
      repeatable: true,
    });
    const { deployResult } = parseAnswer(deployAnswer, answer.body, OPERATION);
    if (deployResult?.done) return deployResult;
    await reading.clock.sleep(wait);
    wait = Math.min(LONGEST_WAIT_MS, wait * 2);
  }
  const message = `The deploy ${id} has not ended within a quarter of an hour.`;
  throw salesforceError('SF_JOB_TOO_SLOW', { operation: OPERATION, message });
}

function refused(status: DeployStatus): IntegrationError {
  const problems = (status.details?.componentFailures ?? []).map(
    ({ fullName, problem }) => `${fullName ?? ''}: ${problem ?? ''}`,
  );
  const reason = problems.length > 0 ? problems.join('; ') : (status.errorMessage ?? status.status ?? '');
  return salesforceError('SF_INSTALL_REFUSED', {
    operation: OPERATION,
    message: `Salesforce refused to install: ${shorten(reason)}`,
  });
}

/** Not sent twice blindly: whether it arrived is seen by running `install` again. */
async function assign(reading: Reading, plan: InstallPlan, userId: string): Promise<void> {
  const operation = 'assign the permission set';
  const soql = `SELECT Id FROM PermissionSet WHERE Name = ${quote(plan.permissionSet.name)}`;
  const page = await queryPage(reading.client, `/query?q=${encodeURIComponent(soql)}`, operation);
  const answer = await reading.client.rest({
    kind: 'metadata',
    operation,
    method: 'POST',
    path: '/sobjects/PermissionSetAssignment',
    body: { AssigneeId: userId, PermissionSetId: page.records[0]?.Id },
    repeatable: false,
  });
  parseAnswer(createAnswer, answer.body, operation);
}
