import type { CrmRecord, RecordPage } from '../../../ports/crm.js';
import { readJson, toRecord } from './convert.js';
import { isCode } from './errors.js';
import { pullJob, startJob } from './pull-bulk.js';
import { type JobPosition, type Position, type PullPlan, withParentTypes, writeResume } from './pull-plan.js';
import { pathOf, type QueryPage, queryPage } from './query.js';
import type { Reading } from './reading.js';
import type { Edge } from './soql.js';

/** Above this many rows a job is cheaper than pages, although one page is already here. */
const MOST_ROWS_IN_PAGES = 10_000;

interface Standing {
  readonly page: QueryPage;
  readonly edge: Edge | null;
  readonly serverTime: number;
}

/** Pages in the order of (stamp, Id), so that any row read is a place to continue from. */
export async function* pullPages(
  reading: Reading,
  plan: PullPlan,
  position: Position | null,
): AsyncGenerator<RecordPage> {
  let page = await firstPage(reading, plan, position?.edge ?? null);
  const serverTime = position?.serverTime ?? page.answeredAt ?? reading.clock.now();
  let edge = position?.edge ?? null;
  for (;;) {
    const records = page.records.map((row) => toRecord(readJson(row), plan.shape));
    edge = lastOf(records) ?? edge;
    const next = page.done ? null : writeResume({ via: 'pages', edge, serverTime });
    yield { records, resume: next, serverTime, done: page.done };
    if (page.done) return;
    const job = await jobForTheRest(reading, plan, { page, edge, serverTime });
    if (job) return yield* pullJob(reading, await withParentTypes(reading.catalogue, plan), job);
    page = await nextPage(reading, plan, { page, edge, serverTime });
  }
}

function lastOf(records: readonly CrmRecord[]): Edge | null {
  const last = records.at(-1);
  return last ? { stamp: last.stamp, id: last.id } : null;
}

function firstPage(reading: Reading, plan: PullPlan, edge: Edge | null): Promise<QueryPage> {
  const resource = plan.deleted ? 'queryAll' : 'query';
  const path = `/${resource}?q=${encodeURIComponent(plan.soql(edge, true))}`;
  return queryPage(reading.client, path, plan.operation);
}

/**
 * A cursor dies with its session and when ten younger ones are open (facts of 2026-11); then the
 * query is asked again after the last row that arrived.
 */
async function nextPage(reading: Reading, plan: PullPlan, standing: Standing): Promise<QueryPage> {
  const { nextRecordsUrl } = standing.page;
  if (!nextRecordsUrl) return firstPage(reading, plan, standing.edge);
  try {
    return await queryPage(reading.client, pathOf(nextRecordsUrl), plan.operation);
  } catch (error) {
    if (!isCode(error, 'SF_CURSOR_LOST', 'SF_NOT_FOUND')) throw error;
    reading.log.info('query cursor lost, continuing after the last record', { object: plan.object });
    return firstPage(reading, plan, standing.edge);
  }
}

async function jobForTheRest(
  reading: Reading,
  plan: PullPlan,
  standing: Standing,
): Promise<JobPosition | null> {
  if (standing.page.totalSize <= MOST_ROWS_IN_PAGES || standing.edge === null) return null;
  try {
    return await startJob(reading, plan, { edge: standing.edge, serverTime: standing.serverTime });
  } catch (error) {
    if (!isCode(error, 'SF_BULK_UNSUPPORTED')) throw error;
    return null;
  }
}
