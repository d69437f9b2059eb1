import { ApiError } from '../../api-error.js';
import type { DmlRequest } from '../../dml/contract.js';
import type { SObject } from '../../schema/schema.js';
import type { Org } from '../../store/org.js';
import type { Caller } from '../../store/sessions.js';
import { type Dialect, dialectIn, invalidJob } from '../dialect.js';
import type { JobHead, JobState } from '../jobs.js';
import type { Outcomes } from './outcomes.js';

export type IngestOperation = Exclude<DmlRequest['operation'], 'undelete'>;
const OPERATIONS: readonly string[] = [
  'insert',
  'update',
  'upsert',
  'delete',
  'hardDelete',
] satisfies IngestOperation[];

export interface IngestJob extends JobHead {
  readonly operation: IngestOperation;
  readonly object: string;
  readonly externalIdField: string | null;
  readonly dialect: Dialect;
  readonly state: JobState;
  readonly content: Buffer | null;
  readonly outcomes: Outcomes;
  readonly errorMessage: string | null;
  /** All rows are through; the next poll may say so. */
  readonly through: boolean;
  readonly polled: boolean;
  /** Real milliseconds at which the upload was closed, and how long the work took. */
  readonly startedAt: number;
  readonly tookMs: number;
}

export interface IngestRequest {
  readonly org: Org;
  readonly caller: Caller;
  readonly body: Readonly<Record<string, unknown>>;
  readonly id: string;
  readonly outcomes: Outcomes;
}

export function openIngestJob({ org, caller, body, id, outcomes }: IngestRequest): IngestJob {
  const { operation } = body;
  if (!isOperation(operation)) throw invalidJob(`operation ${String(operation)} is not supported`);
  const object = objectIn(org, caller, body.object);
  return {
    id,
    createdById: caller.session.userId,
    createdDate: org.stamp(),
    apiVersion: caller.version,
    operation,
    object: object.name,
    externalIdField: operation === 'upsert' ? externalIdIn(object, body.externalIdFieldName) : null,
    dialect: dialectIn(body),
    state: 'Open',
    content: null,
    outcomes,
    errorMessage: null,
    through: false,
    polled: false,
    startedAt: 0,
    tookMs: 0,
  };
}

function isOperation(name: unknown): name is IngestOperation {
  return typeof name === 'string' && OPERATIONS.includes(name);
}

function objectIn(org: Org, caller: Caller, name: unknown): SObject {
  const object = typeof name === 'string' ? org.schema.find(name) : null;
  if (object === null || !org.access.object(caller.session.userId, object.name).read)
    throw new ApiError(400, 'INVALIDENTITY', `InvalidEntity : Unable to find object: ${String(name)}`);
  return object;
}

function externalIdIn(object: SObject, name: unknown): string {
  if (typeof name !== 'string' || name === '')
    throw invalidJob('External ID field name must be provided for upsert');
  const field = object.field(name);
  if (field === null || !(field.externalId || field.name === 'Id' || field.unique))
    throw invalidJob(`Field name provided, ${name} does not match an External ID for ${object.name}`);
  return field.name;
}

/** The job as a poll finds it: at work for one poll or a short while, then as the work ended. */
export function pollIngestJob(job: IngestJob, leastMs: number): IngestJob {
  if (job.state !== 'UploadComplete' && job.state !== 'InProgress') return job;
  const ripe = job.through && (job.polled || performance.now() - job.startedAt >= leastMs);
  if (!ripe) return { ...job, polled: true, state: 'InProgress' };
  return { ...job, polled: true, state: job.errorMessage === null ? 'JobComplete' : 'Failed' };
}

export function ingestJobInfo(job: IngestJob): object {
  const { id, apiVersion } = job;
  return {
    id,
    operation: job.operation,
    object: job.object,
    ...(job.externalIdField === null ? {} : { externalIdFieldName: job.externalIdField }),
    createdById: job.createdById,
    createdDate: job.createdDate.replace('Z', '+0000'),
    systemModstamp: job.createdDate.replace('Z', '+0000'),
    state: job.state,
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion,
    ...(job.state === 'Open'
      ? { contentUrl: `services/data/v${apiVersion.toFixed(1)}/jobs/ingest/${id}/batches` }
      : {}),
    ...job.dialect,
  };
}

export function ingestJobProgress(job: IngestJob): object {
  return {
    ...ingestJobInfo(job),
    jobType: 'V2Ingest',
    retries: 0,
    totalProcessingTime: job.tookMs,
    apiActiveProcessingTime: job.tookMs,
    apexProcessingTime: 0,
    numberRecordsProcessed: job.outcomes.processed(),
    numberRecordsFailed: job.outcomes.failed(),
    ...(job.errorMessage === null ? {} : { errorMessage: job.errorMessage }),
  };
}
