import { setImmediate as breathe } from 'node:timers/promises';
import { ApiError } from '../../api-error.js';
import { applyDml } from '../../dml/apply-dml.js';
import type { SObject } from '../../schema/schema.js';
import type { Org } from '../../store/org.js';
import type { Caller } from '../../store/sessions.js';
import { dmlRow, strangeColumn } from './columns.js';
import { inspectUpload, uploadedRows } from './content.js';
import type { IngestJob } from './ingest-jobs.js';

/** What is to be done with an upload, whichever API it came by. */
export type Task = Pick<IngestJob, 'operation' | 'object' | 'externalIdField' | 'dialect' | 'outcomes'>;

/** Rows that the platform writes in one transaction inside a batch. */
const CHUNK = 200;

export interface Work {
  readonly org: Org;
  readonly caller: Caller;
  readonly job: Task;
  readonly content: Buffer;
  /** The job was aborted or deleted: stop. */
  readonly stopped: () => boolean;
}

/** Writes the rows of an upload; null when all were tried, else why the job failed. */
export async function processJob(work: Work): Promise<string | null> {
  const { org, caller, job, content } = work;
  const upload = inspectUpload(content, job.dialect);
  if (typeof upload === 'string') return `InvalidBatch : ${upload}`;
  const object = org.schema.find(job.object);
  if (object === null) return `InvalidEntity : Unable to find object: ${job.object}`;
  const strange =
    strangeColumn({ org, caller, object }, upload.header) ?? missingColumn(job, object, upload.header);
  if (strange !== null) return `InvalidBatch : ${strange}`;
  try {
    await writeRows(work, upload.header);
    return null;
  } catch (error) {
    if (error instanceof ApiError) return `${error.errorCode} : ${error.message}`;
    throw error;
  }
}

function missingColumn(job: Task, object: SObject, header: readonly string[]): string | null {
  const names = header.map((name) => name.toLowerCase());
  if (header.length === 0) return null;
  if (job.operation === 'update' && !names.includes('id')) return 'Field name not found : Id';
  if (job.operation === 'delete' || job.operation === 'hardDelete')
    return names.length === 1 && names[0] === 'id' ? null : 'A delete upload has the column Id and no other';
  const key = job.externalIdField;
  return key !== null && !names.includes(key.toLowerCase())
    ? `External ID field ${key} of ${object.name} is not among the columns`
    : null;
}

async function writeRows(work: Work, header: readonly string[]): Promise<void> {
  let chunk: (readonly string[])[] = [];
  let first = true;
  for (const cells of uploadedRows(work.content, work.job.dialect)) {
    if (first) {
      first = false;
      continue;
    }
    chunk.push(cells);
    if (chunk.length === CHUNK) {
      writeChunk(work, header, chunk);
      chunk = [];
      // Others get their answers between two transactions.
      await breathe();
      if (work.stopped()) return;
    }
  }
  if (chunk.length > 0) writeChunk(work, header, chunk);
}

function writeChunk(
  { org, caller, job }: Work,
  header: readonly string[],
  chunk: readonly (readonly string[])[],
): void {
  const rows = chunk.map((cells) => dmlRow(header, cells));
  const key = job.externalIdField === null ? {} : { externalIdField: job.externalIdField };
  job.outcomes.note(applyDml(org, caller, { operation: job.operation, object: job.object, rows, ...key }));
}
