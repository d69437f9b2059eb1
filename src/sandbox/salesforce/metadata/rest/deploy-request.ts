import express, { type Request, type Response, type Router } from 'express';
import { ApiError, notFound } from '../../api-error.js';
import type { RouteRoom } from '../../routes/contract.js';
import { callerOf, sessionGate } from '../../routes/session-gate.js';
import { type DeployJob, deployResultOf } from '../deploy/deploy-jobs.js';
import type { DeployOptions } from '../deploy/deploy-result.js';
import { usernameOf } from '../deploy/username.js';
import type { MetadataOrg } from '../metadata-org.js';
import { readParts } from './multipart.js';

const PATH = '/services/data/:version/metadata/deployRequest';

/** Deploys over REST: what the CLI uses with SF_ORG_METADATA_REST_DEPLOY, and jsforce's deployRest. */
export function mountDeployRequest(router: Router, room: RouteRoom, metadata: MetadataOrg): void {
  const gate = sessionGate(room);
  router.post(PATH, gate, (req, res) => start(req, res, metadata));
  router.get(`${PATH}/:id`, gate, (req, res) => {
    const job = jobOf(req, metadata.deploys.find);
    res.json(bodyOf(job, metadata, req.query.includeDetails === 'true'));
  });
  router.patch(`${PATH}/:id`, gate, express.json(), (req, res) => {
    if (req.body?.deployResult?.status !== 'Canceling') {
      throw new ApiError(400, 'INVALID_INPUT', 'Only the status Canceling can be set');
    }
    const job = jobOf(req, metadata.deploys.cancel);
    res.status(202).json(bodyOf(job, metadata, false));
  });
}

async function start(req: Request, res: Response, metadata: MetadataOrg): Promise<void> {
  const { userId } = callerOf(res).session;
  if (req.is('application/json')) {
    res.status(201).json(await startAgain(req, metadata, userId));
    return;
  }
  if (!req.is('multipart/form-data')) {
    throw new ApiError(415, 'UNSUPPORTED_MEDIA_TYPE', 'A deploy is sent as multipart/form-data');
  }
  const parts = await readParts(req);
  const zip = parts.get('file');
  // jsforce and the CLI name the part entity_content, CumulusCI json (seen 2026-11).
  const asked = parts.get('entity_content') ?? parts.get('json');
  if (!zip || !asked) {
    throw new ApiError(400, 'INVALID_MULTIPART_REQUEST', 'Parts missing: file and entity_content');
  }
  const job = metadata.deploys.start(zip, optionsOf(JSON.parse(asked.toString('utf8'))), userId);
  res.status(201).json(bodyOf(job, metadata, false));
}

/** `{"validatedDeployRequestId": "0Af…"}` carries a validation out. */
async function startAgain(req: Request, metadata: MetadataOrg, userId: string): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  const asked: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  const id = propertyOf(asked, 'validatedDeployRequestId');
  const validation = metadata.deploys.find(String(id));
  if (!validation) throw notFound();
  return bodyOf(metadata.deploys.again(validation, userId), metadata, false);
}

function optionsOf(asked: unknown): DeployOptions {
  const options = propertyOf(asked, 'deployOptions');
  const isSet = (name: string): boolean => propertyOf(options, name) === true;
  const testLevel = propertyOf(options, 'testLevel');
  return {
    allowMissingFiles: isSet('allowMissingFiles'),
    autoUpdatePackage: isSet('autoUpdatePackage'),
    checkOnly: isSet('checkOnly'),
    ignoreWarnings: isSet('ignoreWarnings'),
    performRetrieve: isSet('performRetrieve'),
    purgeOnDelete: isSet('purgeOnDelete'),
    rollbackOnError: isSet('rollbackOnError'),
    singlePackage: isSet('singlePackage'),
    testLevel: typeof testLevel === 'string' ? testLevel : null,
  };
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function jobOf(req: Request, find: (id: string) => DeployJob | undefined): DeployJob {
  const job = find(String(req.params.id));
  if (!job) throw notFound();
  return job;
}

function bodyOf(job: DeployJob, { org }: MetadataOrg, includeDetails: boolean): unknown {
  return {
    id: job.id,
    validatedDeployRequestId: null,
    deployOptions: job.options,
    deployResult: deployResultOf(job, usernameOf(org, job.userId), includeDetails),
  };
}
