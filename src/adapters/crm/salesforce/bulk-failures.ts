import type { Refusal } from '../../../ports/errors.js';
import { bulkRows } from './bulk-job.js';
import { csvColumns } from './convert.js';
import { salesforceError } from './errors.js';
import { id18, isId } from './ids.js';
import type { Reading } from './reading.js';
import { bulkRefusal, refusal } from './refusals.js';
import { withRetry } from './retry.js';
import type { BulkJob } from './schema.js';

/** Record id, or key where rows are told apart by one -> why it was not written. */
export type Failures = ReadonlyMap<string, Refusal>;

interface Finished {
  readonly operation: string;
  readonly job: BulkJob;
  readonly sent: number;
  /** `Id`, or the external id of an upsert. */
  readonly keyColumn: string;
}

/**
 * Which rows of a finished job were not written: those refused, and those the job never reached. Results
 * come in no promised order, so rows are told apart by their Id or key.
 */
export async function readFailures(reading: Reading, path: string, done: Finished): Promise<Failures> {
  const failures = new Map<string, Refusal>();
  if (done.job.numberRecordsFailed > 0) {
    for (const [id, error] of await readResult(reading, `${path}/failedResults`, done)) {
      failures.set(id, bulkRefusal(error));
    }
    if (failures.size !== done.job.numberRecordsFailed) throw wrongCount(done, failures.size);
  }
  if (done.job.state === 'JobComplete' && done.job.numberRecordsProcessed === done.sent) return failures;
  const code = done.job.state === 'JobComplete' ? 'NOT_PROCESSED' : 'JOB_FAILED';
  const reason = done.job.errorMessage ?? `the job ended as ${done.job.state}`;
  const left = await readResult(reading, `${path}/unprocessedrecords`, done);
  for (const id of left.keys()) failures.set(id, refusal(code, reason));
  if (done.job.numberRecordsProcessed + left.size !== done.sent) throw lost(done, left.size);
  return failures;
}

/** Id -> error text of one result list, read anew as a whole when the connection breaks. */
function readResult(
  reading: Reading,
  path: string,
  { operation, keyColumn }: Finished,
): Promise<ReadonlyMap<string, string>> {
  return withRetry(async () => {
    const found = new Map<string, string>();
    const results = await bulkRows(reading, path, { locator: null, operation });
    let read: ReturnType<typeof csvColumns> | null = null;
    for await (const rows of results.rows) {
      for (const row of rows) {
        if (read === null) {
          read = csvColumns(row);
          continue;
        }
        const value = read(row);
        const key = keyOf(value, keyColumn);
        const error = value('sf__Error');
        if (key !== null) found.set(key, typeof error === 'string' ? error : '');
      }
    }
    return found;
  }, reading.retry);
}

function keyOf(value: (column: string) => unknown, keyColumn: string): string | null {
  if (keyColumn !== 'Id') {
    const key = value(keyColumn);
    return typeof key === 'string' ? key : null;
  }
  const id = value('Id') ?? value('sf__Id');
  return typeof id === 'string' && isId(id) ? id18(id) : null;
}

function wrongCount(done: Finished, listed: number) {
  return salesforceError('SF_COUNT_MISMATCH', {
    operation: done.operation,
    message: `Bulk job ${done.job.id} counts ${done.job.numberRecordsFailed} failed rows and lists ${listed}.`,
  });
}

function lost(done: Finished, unprocessed: number) {
  const { id, numberRecordsProcessed } = done.job;
  return salesforceError('SF_COUNT_MISMATCH', {
    operation: done.operation,
    message: `Bulk job ${id} was sent ${done.sent} rows, processed ${numberRecordsProcessed} and left ${unprocessed}.`,
  });
}
