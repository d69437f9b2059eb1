import type { IntegrationError } from '../../../../ports/errors.js';
import { salesforceError } from '../errors.js';
import { parseAnswer } from '../parse.js';
import type { Reading } from '../reading.js';
import { shorten } from '../refusals.js';
import { type DeployStatus, deployAnswer } from '../schema.js';
import { zipped } from './package-zip.js';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
const PATIENCE_MS = 900_000;

/** Deploys a package: all or nothing, and the same again if it is sent twice. */
export async function deploy(
  reading: Reading,
  files: ReadonlyMap<string, string>,
  operation: string,
): Promise<void> {
  const options = { rollbackOnError: true, singlePackage: true, ignoreWarnings: false, checkOnly: false };
  const form = new FormData();
  form.append('json', new Blob([JSON.stringify({ deployOptions: options })], { type: 'application/json' }));
  form.append('file', new Blob([Uint8Array.from(zipped(files))], { type: 'application/zip' }), 'deploy.zip');
  const encoded = new Response(form);
  const answer = await reading.client.upload({
    kind: 'metadata',
    operation,
    method: 'POST',
    path: '/metadata/deployRequest',
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    bytes: new Uint8Array(await encoded.arrayBuffer()),
    repeatable: true,
  });
  const { id } = parseAnswer(deployAnswer, readJson(answer.text), operation);
  const status = await awaitDeploy(reading, id, operation);
  if (!status.success) throw refused(status, operation);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function awaitDeploy(reading: Reading, id: string, operation: string): Promise<DeployStatus> {
  let wait = FIRST_WAIT_MS;
  for (let waited = 0; waited < PATIENCE_MS; waited += wait) {
    const answer = await reading.client.rest({
      kind: 'poll',
      operation,
      method: 'GET',
      path: `/metadata/deployRequest/${id}?includeDetails=true`,
      repeatable: true,
    });
    const { deployResult } = parseAnswer(deployAnswer, answer.body, operation);
    if (deployResult?.done) return deployResult;
    await reading.clock.sleep(wait);
    wait = Math.min(LONGEST_WAIT_MS, wait * 2);
  }
  const message = `The deploy ${id} has not ended within a quarter of an hour.`;
  throw salesforceError('SF_JOB_TOO_SLOW', { operation, message });
}

function refused(status: DeployStatus, operation: string): IntegrationError {
  const problems = (status.details?.componentFailures ?? []).map(
    ({ fullName, problem }) => `${fullName ?? ''}: ${problem ?? ''}`,
  );
  const reason = problems.length > 0 ? problems.join('; ') : (status.errorMessage ?? status.status ?? '');
  return salesforceError('SF_INSTALL_REFUSED', {
    operation,
    message: `Salesforce refused to ${operation}: ${shorten(reason)}`,
  });
}
