import type { Value } from '../../schema/types.js';
import { csvPieces } from '../csv-text.js';
import { uploadedRows } from './content.js';
import type { IngestJob } from './ingest-jobs.js';
import type { Outcome } from './outcomes.js';

export const RESULT_KINDS = ['successfulResults', 'failedResults', 'unprocessedrecords'] as const;
export type ResultKind = (typeof RESULT_KINDS)[number];

const OWN_COLUMNS: Readonly<Record<ResultKind, readonly string[]>> = {
  successfulResults: ['sf__Id', 'sf__Created'],
  failedResults: ['sf__Id', 'sf__Error'],
  unprocessedrecords: [],
};

/** The uploaded rows again, those that ended this way, with what became of them in front. */
export function ingestResults(job: IngestJob, kind: ResultKind): Iterable<string> {
  const rows = uploadedRows(job.content ?? Buffer.alloc(0), job.dialect);
  const first = rows.next();
  const header = first.done === true ? [] : first.value;
  return csvPieces([...OWN_COLUMNS[kind], ...header], endedAs(job, rows, kind), job.dialect);
}

function* endedAs(
  job: IngestJob,
  rows: Iterable<readonly string[]>,
  kind: ResultKind,
): Iterable<readonly Value[]> {
  let row = 0;
  for (const cells of rows) {
    const own = ownValues(job.outcomes.at(row), kind);
    row += 1;
    if (own !== null) yield [...own, ...cells];
  }
}

/** The values of our own columns; null when the row belongs to another result. */
function ownValues(outcome: Outcome | null, kind: ResultKind): readonly Value[] | null {
  if (kind === 'unprocessedrecords') return outcome === null ? [] : null;
  if (outcome === null || (outcome.error === null) !== (kind === 'successfulResults')) return null;
  return [outcome.id, outcome.error ?? String(outcome.created)];
}
