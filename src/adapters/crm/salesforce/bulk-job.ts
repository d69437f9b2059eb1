import type { Clock } from '../../../ports/clock.js';
import type { Client } from './client.js';
import { csvRows } from './csv.js';
import { salesforceError } from './errors.js';
import { parseAnswer } from './parse.js';
import { type BulkJob, bulkJob } from './schema.js';
import { readText } from './transport.js';

export interface Polling {
  readonly client: Client;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 15_000;
const GROWTH = 1.7;
const PATIENCE_MS = 3_600_000;
const FINISHED: ReadonlySet<string> = new Set(['JobComplete', 'Failed', 'Aborted']);

export async function readJob(client: Client, path: string, operation: string): Promise<BulkJob> {
  const answer = await client.rest({ kind: 'poll', operation, method: 'GET', path, repeatable: true });
  return parseAnswer(bulkJob, answer.body, operation);
}

/** Asks ever more seldom until the job has ended; gives up after an hour and leaves the job alone. */
export async function awaitJob(polling: Polling, path: string, operation: string): Promise<BulkJob> {
  let wait = FIRST_WAIT_MS;
  for (let waited = 0; waited < PATIENCE_MS; waited += wait) {
    const job = await readJob(polling.client, path, operation);
    if (FINISHED.has(job.state)) return job;
    await polling.clock.sleep(wait);
    wait = Math.min(LONGEST_WAIT_MS, wait * GROWTH);
  }
  throw salesforceError('SF_JOB_TOO_SLOW', {
    operation,
    message: `The job ${path.split('/').at(-1)} has not ended within an hour.`,
  });
}

export interface BulkRows {
  /** Rows as the answer's header says, null when it does not. */
  readonly count: number | null;
  /** Where the next page starts; null after the last. */
  readonly locator: string | null;
  /** The header row comes first, on every page. */
  readonly rows: AsyncIterable<readonly string[][]>;
}

/** One CSV answer of a job, streamed. */
export async function bulkRows(
  polling: Polling,
  path: string,
  ask: { readonly locator: string | null; readonly operation: string },
): Promise<BulkRows> {
  const query = ask.locator === null ? '' : `?locator=${encodeURIComponent(ask.locator)}`;
  const sending = { operation: ask.operation, repeatable: true };
  const response = await polling.client.download({
    kind: 'bulk-results',
    method: 'GET',
    path: `${path}${query}`,
    headers: { accept: 'text/csv' },
    ...sending,
  });
  const locator = response.headers.get('sforce-locator');
  const count = response.headers.get('sforce-numberofrecords');
  return {
    count: count === null ? null : Number(count),
    locator: locator === null || locator === 'null' || locator === '' ? null : locator,
    rows: csvRows(readText(response, { ...sending, timeoutMs: polling.timeoutMs })),
  };
}
