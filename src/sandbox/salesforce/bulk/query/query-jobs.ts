import { ApiError } from '../../api-error.js';
import type { SoqlResult } from '../../soql/contract.js';
import { runSoql } from '../../soql/run-soql.js';
import type { Org } from '../../store/org.js';
import type { Caller } from '../../store/sessions.js';
import { type Dialect, dialectIn, invalidJob } from '../dialect.js';
import type { JobHead, JobState } from '../jobs.js';

export interface QueryJob extends JobHead {
  readonly operation: 'query' | 'queryAll';
  readonly dialect: Dialect;
  readonly result: SoqlResult;
  /** Changes of the object's table so far when the rows were found. */
  readonly writesThen: number;
  /** Real milliseconds, from the process's start. */
  readonly startedAt: number;
  readonly state: JobState;
  /** Somebody has seen it at work. */
  readonly polled: boolean;
}

export interface QueryRequest {
  readonly org: Org;
  readonly caller: Caller;
  readonly body: Readonly<Record<string, unknown>>;
  readonly id: string;
}

/** Works the query out at once, as far as which rows match; ApiError when it can't, or when it is too rich for Bulk. */
export function openQueryJob({ org, caller, body, id }: QueryRequest): QueryJob {
  const { operation, query } = body;
  if (operation !== 'query' && operation !== 'queryAll')
    throw invalidJob(`operation ${String(operation)} is not supported`);
  if (typeof query !== 'string' || query.trim() === '') throw invalidJob('Query must be provided');
  const dialect = dialectIn(body);
  const result = runSoql(org, caller, query, { all: operation === 'queryAll' });
  refuseRich(result);
  return {
    id,
    createdById: caller.session.userId,
    createdDate: org.stamp(),
    apiVersion: caller.version,
    operation,
    dialect,
    result,
    writesThen: org.table(result.object).version(),
    startedAt: performance.now(),
    state: 'UploadComplete',
    polled: false,
  };
}

function refuseRich(result: SoqlResult): void {
  if (result.tooRichForBulk) {
    const message =
      'Aggregate functions, GROUP BY, OFFSET, TYPEOF and parent-to-child subqueries are not supported in Bulk Query';
    throw new ApiError(400, 'API_ERROR', message);
  }
  const compound = result.columns.find((column) => column.type === 'address' || column.type === 'location');
  if (compound !== undefined)
    throw new ApiError(400, 'API_ERROR', `Compound data is not supported in Bulk Query: ${compound.name}`);
}

/** The job as a poll finds it: at work for one poll or for a short while, then complete. */
export function pollQueryJob(job: QueryJob, leastMs: number): QueryJob {
  if (job.state !== 'UploadComplete' && job.state !== 'InProgress') return job;
  const ripe = job.polled || performance.now() - job.startedAt >= leastMs;
  return { ...job, polled: true, state: ripe ? 'JobComplete' : 'InProgress' };
}

/** Without the progress, which only a poll shows. */
export function queryJobInfo(job: QueryJob): object {
  return {
    id: job.id,
    operation: job.operation,
    object: job.result.object,
    createdById: job.createdById,
    createdDate: restTime(job.createdDate),
    systemModstamp: restTime(job.createdDate),
    state: job.state,
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: job.apiVersion,
    ...job.dialect,
  };
}

export function queryJobProgress(job: QueryJob): object {
  const done = job.state === 'JobComplete';
  return {
    ...queryJobInfo(job),
    jobType: 'V2Query',
    numberRecordsProcessed: done ? job.result.total : 0,
    retries: 0,
    totalProcessingTime: done ? Math.max(1, Math.round(job.result.total / 1_000)) : 0,
    isPkChunkingSupported: true,
  };
}

function restTime(stamp: string): string {
  return stamp.replace('Z', '+0000');
}
