import type { JobBegan, RecordChange, WriteOutcome } from '../../../ports/crm.js';
import { type Failures, readFailures } from './bulk-failures.js';
import { awaitJob, readJob } from './bulk-job.js';
import { inSmallerCompanies, isLocked } from './collections.js';
import { csvLine } from './csv.js';
import { isCode, salesforceError } from './errors.js';
import { JOB, MOST_ROWS_IN_COLLECTIONS } from './forecast.js';
import { parseAnswer } from './parse.js';
import type { Reading } from './reading.js';
import { chunks } from './records.js';
import { bulkJob } from './schema.js';
import { writeCollections } from './write-collections.js';
import { sendUpserts } from './write-upserts.js';

/** 150 MB after base64 (platform limit). */
const MOST_BYTES = 100_000_000;
/** The platform's internal batch: a job of 10,001 rows costs two. */
const BATCH = 10_000;
/** Rows in one piece of an upload. */
const PIECE = 500;

/** What a job does, and the column by which its rows are told apart: `Id`, or an external id. */
export interface JobKind {
  readonly object: string;
  readonly verb: 'update' | 'upsert';
  readonly keyColumn: string;
  /** Told of each job before it has rows. */
  readonly began: JobBegan;
}

/** Updates or upserts as bulk jobs, one after the other: two jobs on one object would lock each other's rows. */
export async function* writeJobs(
  reading: Reading,
  kind: JobKind,
  changes: readonly RecordChange[],
): AsyncGenerator<readonly WriteOutcome[]> {
  const columns = [...new Set(changes.flatMap((change) => Object.keys(change.values)))].sort();
  for (const load of loads([kind.keyColumn, ...columns], changes)) {
    const outcomes = await runJob(reading, kind, load);
    const locked = new Set(outcomes.filter(isLocked).map((outcome) => outcome.id));
    const again = locked.size <= MOST_ROWS_IN_COLLECTIONS ? locked : new Set<string>();
    yield outcomes.filter((outcome) => !again.has(outcome.id));
    if (again.size === 0) continue;
    const rows = load.changes.filter((change) => again.has(change.id));
    yield* kind.verb === 'update'
      ? writeCollections(reading, kind.object, rows)
      : inSmallerCompanies(reading, rows, (some) =>
          sendUpserts(reading, { object: kind.object, keyField: kind.keyColumn }, some),
        );
  }
}

interface Load {
  /** The key's first. */
  readonly columns: readonly string[];
  readonly changes: readonly RecordChange[];
}

/** Cuts the changes into jobs of whole batches, none above the byte limit. */
function* loads(columns: readonly string[], changes: readonly RecordChange[]): Generator<Load> {
  let start = 0;
  while (start < changes.length) {
    let bytes = 0;
    let end = start;
    while (end < changes.length && end - start < JOB) {
      const batch = changes.slice(end, end + BATCH);
      bytes += Buffer.byteLength(linesOf(columns, batch));
      if (end > start && bytes > MOST_BYTES) break;
      end += batch.length;
    }
    yield { columns, changes: changes.slice(start, end) };
    start = end;
  }
}

/** The upload in pieces, made while it is sent: the whole text is never in memory. */
function* csvPieces({ columns, changes }: Load): Generator<Uint8Array> {
  yield Buffer.from(`${columns.join(',')}\n`);
  for (const some of chunks(changes, PIECE)) yield Buffer.from(linesOf(columns, some));
}

function linesOf(columns: readonly string[], changes: readonly RecordChange[]): string {
  const values = columns.slice(1);
  return changes
    .map((change) => csvLine([change.id, ...values.map((column) => change.values[column])]))
    .join('');
}

async function runJob(reading: Reading, kind: JobKind, load: Load): Promise<readonly WriteOutcome[]> {
  const operation = `${kind.verb} ${kind.object}`;
  const path = await createJob(reading, kind, operation);
  await kind.began(path);
  await upload(reading, path, { operation, csv: () => csvPieces(load) });
  await close(reading, path, operation);
  const job = await awaitJob(reading, path, operation);
  const sent = load.changes.length;
  const calm = job.state === 'JobComplete' && job.numberRecordsFailed === 0;
  if (calm && job.numberRecordsProcessed === sent) return load.changes.map(({ id }) => ({ id, ok: true }));
  refuseUnknownColumn(job.errorMessage ?? '', operation);
  const failures = await readFailures(reading, path, { operation, job, sent, keyColumn: kind.keyColumn });
  return load.changes.map(({ id }) => outcomeOf(id, failures));
}

function outcomeOf(id: string, failures: Failures): WriteOutcome {
  const found = failures.get(id);
  return found === undefined ? { id, ok: true } : { id, ok: false, refusal: found };
}

/** An open job without rows that a lost answer leaves behind does nothing and expires. */
async function createJob(
  reading: Reading,
  { object, verb, keyColumn }: JobKind,
  operation: string,
): Promise<string> {
  const form = { contentType: 'CSV', lineEnding: 'LF', columnDelimiter: 'COMMA' };
  const answer = await reading.client.rest({
    kind: 'bulk-ingest',
    operation,
    method: 'POST',
    path: '/jobs/ingest',
    body: {
      object,
      operation: verb,
      ...(verb === 'upsert' ? { externalIdFieldName: keyColumn } : {}),
      ...form,
    },
    repeatable: true,
  });
  return `/jobs/ingest/${parseAnswer(bulkJob, answer.body, operation).id}`;
}

/** The whole body is sent again after a failure; a job takes one body, so a second one is refused and harmless. */
async function upload(
  reading: Reading,
  path: string,
  load: { readonly operation: string; readonly csv: () => Iterable<Uint8Array> },
): Promise<void> {
  try {
    await reading.client.upload({
      kind: 'bulk-ingest',
      operation: load.operation,
      method: 'PUT',
      path: `${path}/batches`,
      headers: { 'content-type': 'text/csv; charset=UTF-8' },
      bytes: load.csv,
      repeatable: true,
    });
  } catch (error) {
    if (!isCode(error, 'SF_BULK_CONTENT_KNOWN')) throw error;
  }
}

/** Closing twice is refused although the first closing worked: then the job's own state decides. */
async function close(reading: Reading, path: string, operation: string): Promise<void> {
  try {
    const body = { state: 'UploadComplete' };
    await reading.client.rest({
      kind: 'bulk-ingest',
      operation,
      method: 'PATCH',
      path,
      body,
      repeatable: true,
    });
  } catch (error) {
    if (!isCode(error, 'SF_REQUEST_REFUSED')) throw error;
    if ((await readJob(reading.client, path, operation)).state === 'Open') throw error;
  }
}

/** A job that was never closed has changed nothing and is aborted; one that runs is waited for. */
export async function endJob(reading: Reading, path: string): Promise<void> {
  const operation = 'end a job';
  try {
    if ((await readJob(reading.client, path, operation)).state === 'Open') {
      const body = { state: 'Aborted' };
      const call = { kind: 'bulk-ingest', operation, method: 'PATCH', path, body, repeatable: true } as const;
      await reading.client.rest(call);
    }
    await awaitJob(reading, path, operation);
  } catch (error) {
    // Jobs are deleted after a week.
    if (!isCode(error, 'SF_NOT_FOUND')) throw error;
  }
}

/** This is also what a missing field-level permission looks like to a bulk job. */
function refuseUnknownColumn(errorMessage: string, operation: string): void {
  const match = /Field name not found : (\S+)/i.exec(errorMessage);
  if (!match) return;
  throw salesforceError('SF_FIELD_NOT_VISIBLE', {
    operation,
    message: `The field ${match[1]} does not exist or is hidden from the integration user; no record was changed.`,
  });
}
