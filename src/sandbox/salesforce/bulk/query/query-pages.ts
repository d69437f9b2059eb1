import { ApiError } from '../../api-error.js';
import type { Org } from '../../store/org.js';
import { invalidState } from '../jobs.js';
import type { QueryJob } from './query-jobs.js';

export interface Page {
  readonly from: number;
  readonly to: number;
  /** Of the page after this one; null on the last. */
  readonly next: string | null;
}

export interface PageRequest {
  readonly locator: unknown;
  readonly maxRecords: unknown;
  /** The server's own page size. */
  readonly pageRows: number;
}

/** Opaque to the client, good as long as the job is, and as often as wanted. */
function locatorAt(row: number): string {
  return Buffer.from(String(row)).toString('base64').replaceAll('=', '');
}

function rowOf(locator: string, total: number): number {
  const row = Number(Buffer.from(locator, 'base64').toString());
  if (!Number.isInteger(row) || row < 0 || row > total || locatorAt(row) !== locator)
    throw new ApiError(400, 'INVALID_QUERY_LOCATOR', `invalid locator: ${locator}`);
  return row;
}

export function pageOf(job: QueryJob, request: PageRequest): Page {
  if (job.state !== 'JobComplete') throw invalidState(`Results are not available in state ${job.state}`);
  const { total } = job.result;
  const from = typeof request.locator === 'string' ? rowOf(request.locator, total) : 0;
  const to = Math.min(total, from + rowsWanted(request));
  return { from, to, next: to < total ? locatorAt(to) : null };
}

function rowsWanted({ maxRecords, pageRows }: PageRequest): number {
  if (maxRecords === undefined) return pageRows;
  const wanted = Number(maxRecords);
  if (!Number.isInteger(wanted) || wanted < 1)
    throw new ApiError(
      400,
      'INVALID_PARAMETER',
      `maxRecords must be a whole number above 0: ${String(maxRecords)}`,
    );
  return Math.min(wanted, pageRows);
}

/** Rows that the page really holds: fewer only when some were hard-deleted since the job ran. */
export function rowsIn(org: Org, job: QueryJob, page: Page): number {
  if (org.table(job.result.object).version() === job.writesThen) return page.to - page.from;
  let count = 0;
  for (const _ of job.result.values(page.from, page.to)) count += 1;
  return count;
}

const PARALLEL = 5;

/** Up to five pages to be read side by side, from a locator on. */
export function pagesFrom(job: QueryJob, base: string, request: PageRequest): object {
  const urls: { resultUrl: string }[] = [];
  let next: string | null = typeof request.locator === 'string' ? request.locator : locatorAt(0);
  while (next !== null && urls.length < PARALLEL) {
    const page: Page = pageOf(job, { ...request, locator: next });
    const size = request.maxRecords === undefined ? '' : `&maxRecords=${String(request.maxRecords)}`;
    urls.push({ resultUrl: `${base}/results?locator=${next}${size}` });
    next = page.next;
  }
  const nextRecordUrl = next === null ? null : `${base}/resultPages?locator=${next}`;
  return { resultPages: urls, nextRecordUrl, done: next === null };
}
