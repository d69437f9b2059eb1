import { ApiError } from '../../api-error.js';
import type { Value } from '../../schema/types.js';
import type { SoqlResult } from '../../soql/contract.js';
import { runSoql } from '../../soql/run-soql.js';
import type { Org } from '../../store/org.js';
import type { Caller } from '../../store/sessions.js';
import { PLAIN_CSV } from '../dialect.js';
import { inspectUpload } from '../ingest/content.js';
import type { Outcomes } from '../ingest/outcomes.js';
import { processJob } from '../ingest/process-job.js';
import type { AsyncJob } from './async-jobs.js';

/** Rows that one batch of the first Bulk API may hold. */
const BATCH_ROWS = 10_000;

export interface BatchWork {
  readonly org: Org;
  readonly caller: Caller;
  readonly job: AsyncJob;
  readonly content: Buffer;
  readonly outcomes: Outcomes;
  readonly stopped: () => boolean;
}

export interface BatchEnd {
  readonly stateMessage: string | null;
  readonly result: SoqlResult | null;
}

/** Runs a batch to its end: a query, or the writing of its rows. */
export async function runBatch(work: BatchWork): Promise<BatchEnd> {
  const { operation } = work.job;
  if (operation === 'query' || operation === 'queryAll') return query(work);
  const { object, externalIdField } = work.job;
  const upload = inspectUpload(work.content, dialectOf(work.content));
  if (typeof upload !== 'string' && upload.rows > BATCH_ROWS)
    return { stateMessage: `InvalidBatch : Number of records exceeded ${BATCH_ROWS}`, result: null };
  const task = {
    operation,
    object,
    externalIdField,
    dialect: dialectOf(work.content),
    outcomes: work.outcomes,
  };
  return { stateMessage: await processJob({ ...work, job: task }), result: null };
}

/** The first Bulk API takes either line ending. */
function dialectOf(content: Buffer): typeof PLAIN_CSV {
  const end = content.indexOf(10);
  return { ...PLAIN_CSV, lineEnding: content[end - 1] === 13 ? 'CRLF' : 'LF' };
}

function query({ org, caller, job, content }: BatchWork): BatchEnd {
  try {
    const result = runSoql(org, caller, content.toString(), { all: job.operation === 'queryAll' });
    return result.tooRichForBulk
      ? {
          stateMessage: 'FeatureNotEnabled : Aggregate Relationships not supported in Bulk Query',
          result: null,
        }
      : { stateMessage: null, result };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return {
      stateMessage: `InvalidBatch : Failed to process query: ${error.errorCode}: ${error.message}`,
      result: null,
    };
  }
}

export const WRITE_COLUMNS = ['Id', 'Success', 'Created', 'Error'] as const;

/** One result per uploaded row, in upload order. */
export function* writeResults(outcomes: Outcomes): Generator<readonly Value[]> {
  for (let row = 0; row < outcomes.processed(); row += 1) {
    const outcome = outcomes.at(row);
    if (outcome !== null) yield [outcome.id, outcome.error === null, outcome.created, outcome.error];
  }
}
