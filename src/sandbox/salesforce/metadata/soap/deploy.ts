import { ApiError } from '../../api-error.js';
import { type DeployJob, deployResultOf } from '../deploy/deploy-jobs.js';
import type { DeployOptions } from '../deploy/deploy-result.js';
import { usernameOf } from '../deploy/username.js';
import { childOf, isTrue, textOf, type XmlElement } from '../xml/element.js';
import type { SoapValue } from '../xml/render.js';
import type { SoapCall } from './envelope.js';
import type { SoapRoom } from './room.js';

export function deploy({ body }: SoapCall, { caller, metadata }: SoapRoom): SoapValue {
  const zip = Buffer.from(textOf(body, 'ZipFile'), 'base64');
  const options = childOf(body, 'DeployOptions');
  const job = metadata.deploys.start(zip, optionsOf(options ?? body), caller.session.userId);
  return { done: false, id: job.id, state: 'Queued' };
}

function optionsOf(element: XmlElement): DeployOptions {
  return {
    allowMissingFiles: isTrue(element, 'allowMissingFiles'),
    autoUpdatePackage: isTrue(element, 'autoUpdatePackage'),
    checkOnly: isTrue(element, 'checkOnly'),
    ignoreWarnings: isTrue(element, 'ignoreWarnings'),
    performRetrieve: isTrue(element, 'performRetrieve'),
    purgeOnDelete: isTrue(element, 'purgeOnDelete'),
    rollbackOnError: isTrue(element, 'rollbackOnError'),
    singlePackage: isTrue(element, 'singlePackage'),
    testLevel: textOf(element, 'testLevel') || null,
  };
}

export function checkDeployStatus({ body }: SoapCall, { metadata }: SoapRoom): SoapValue {
  const job = jobOf(textOf(body, 'asyncProcessId'), metadata.deploys.find);
  return deployResultOf(job, usernameOf(metadata.org, job.userId), isTrue(body, 'includeDetails'));
}

export function cancelDeploy({ body }: SoapCall, { metadata }: SoapRoom): SoapValue {
  const job = jobOf(textOf(body, 'id') || textOf(body, 'String'), metadata.deploys.cancel);
  return { done: job.status === 'Canceled', id: job.id };
}

/** Carries a validation that went well out, without validating again. */
export function deployRecentValidation({ body }: SoapCall, { caller, metadata }: SoapRoom): SoapValue {
  const validation = jobOf(textOf(body, 'validationId'), metadata.deploys.find);
  return metadata.deploys.again(validation, caller.session.userId).id;
}

function jobOf(id: string, find: (id: string) => DeployJob | undefined): DeployJob {
  const job = find(id);
  if (!job) throw new ApiError(404, 'INVALID_ID_FIELD', `no deploy with id: ${id}`);
  return job;
}
