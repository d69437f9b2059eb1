import { makeId } from '../../ids.js';
import type { SoqlResult } from '../../soql/contract.js';
import type { Org } from '../../store/org.js';
import type { Caller } from '../../store/sessions.js';
import type { IngestOperation } from '../ingest/ingest-jobs.js';
import type { Outcomes } from '../ingest/outcomes.js';
import type { JobHead } from '../jobs.js';
import { BulkRefusal } from './refusal.js';
import { element } from './xml.js';

export type AsyncOperation = IngestOperation | 'query' | 'queryAll';

export interface AsyncJob extends JobHead {
  readonly operation: AsyncOperation;
  readonly object: string;
  readonly externalIdField: string | null;
  readonly concurrencyMode: string;
  readonly state: 'Open' | 'Closed' | 'Aborted';
  readonly batches: ReadonlyMap<string, AsyncBatch>;
}

export interface AsyncBatch {
  readonly id: string;
  readonly jobId: string;
  readonly createdDate: string;
  readonly state: 'Queued' | 'InProgress' | 'Completed' | 'Failed' | 'NotProcessed';
  /** Why it failed; null else. */
  readonly stateMessage: string | null;
  readonly through: boolean;
  readonly outcomes: Outcomes;
  /** Of a query batch that went well. */
  readonly result: SoqlResult | null;
}

const OPERATIONS: readonly string[] = [
  'insert',
  'update',
  'upsert',
  'delete',
  'hardDelete',
  'query',
  'queryAll',
] satisfies AsyncOperation[];

export interface AsyncRequest {
  readonly org: Org;
  readonly caller: Caller;
  readonly elements: Readonly<Record<string, string>>;
  readonly id: string;
}

export function openAsyncJob({ org, caller, elements, id }: AsyncRequest): AsyncJob {
  const { operation = '', object = '', contentType = 'CSV', concurrencyMode = 'Parallel' } = elements;
  if (!isOperation(operation)) throw new BulkRefusal('InvalidJob', `Unsupported operation: ${operation}`);
  if (contentType !== 'CSV') throw new BulkRefusal('InvalidJob', `Unsupported content type: ${contentType}`);
  const found = org.schema.find(object);
  if (found === null) throw new BulkRefusal('InvalidJob', `Unable to find object: ${object}`);
  const key = elements.externalIdFieldName ?? null;
  if (operation === 'upsert' && (key === null || found.field(key) === null))
    throw new BulkRefusal(
      'InvalidJob',
      `Field name provided, ${key} does not match an External ID for ${found.name}`,
    );
  return {
    id,
    createdById: caller.session.userId,
    createdDate: org.stamp(),
    apiVersion: caller.version,
    operation,
    object: found.name,
    externalIdField: operation === 'upsert' ? key : null,
    concurrencyMode,
    state: 'Open',
    batches: new Map(),
  };
}

function isOperation(name: string): name is AsyncOperation {
  return OPERATIONS.includes(name);
}

export function batchId(count: number): string {
  return makeId('751', count, 'Jb1');
}

/** The batch as a poll finds it: at work once, then as it ended. */
export function pollBatch(batch: AsyncBatch): AsyncBatch {
  if (batch.state === 'Queued') return { ...batch, state: 'InProgress' };
  if (batch.state !== 'InProgress' || !batch.through) return batch;
  return { ...batch, state: batch.stateMessage === null ? 'Completed' : 'Failed' };
}

export function jobXml(job: AsyncJob): string {
  const batches = [...job.batches.values()];
  const inState = (state: AsyncBatch['state']): number =>
    batches.filter((batch) => batch.state === state).length;
  const sum = (count: (batch: AsyncBatch) => number): number =>
    batches.reduce((total, batch) => total + count(batch), 0);
  return element('jobInfo', {
    id: job.id,
    operation: job.operation,
    object: job.object,
    createdById: job.createdById,
    createdDate: job.createdDate,
    systemModstamp: job.createdDate,
    state: job.state,
    externalIdFieldName: job.externalIdField,
    concurrencyMode: job.concurrencyMode,
    contentType: 'CSV',
    numberBatchesQueued: inState('Queued'),
    numberBatchesInProgress: inState('InProgress'),
    numberBatchesCompleted: inState('Completed'),
    numberBatchesFailed: inState('Failed'),
    numberBatchesTotal: batches.length,
    numberRecordsProcessed: sum(processedIn),
    numberRetries: 0,
    apiVersion: job.apiVersion.toFixed(1),
    numberRecordsFailed: sum((batch) => batch.outcomes.failed()),
    totalProcessingTime: 0,
    apiActiveProcessingTime: 0,
    apexProcessingTime: 0,
  });
}

function processedIn(batch: AsyncBatch): number {
  return batch.result?.total ?? batch.outcomes.processed();
}

export function batchXml(batch: AsyncBatch): string {
  return element('batchInfo', {
    id: batch.id,
    jobId: batch.jobId,
    state: batch.state,
    stateMessage: batch.state === 'Failed' ? batch.stateMessage : null,
    createdDate: batch.createdDate,
    systemModstamp: batch.createdDate,
    numberRecordsProcessed: batch.through ? processedIn(batch) : 0,
    numberRecordsFailed: batch.outcomes.failed(),
    totalProcessingTime: 0,
    apiActiveProcessingTime: 0,
    apexProcessingTime: 0,
  });
}
