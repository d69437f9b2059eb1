import type { CrmRecord, RecordPage } from '../../../ports/crm.js';
import { awaitJob, bulkRows, readJob } from './bulk-job.js';
import { csvColumns, toRecord } from './convert.js';
import { isCode, salesforceError } from './errors.js';
import { parseAnswer } from './parse.js';
import { type JobPosition, type PullPlan, writeResume } from './pull-plan.js';
import type { Reading } from './reading.js';
import { patience } from './retry.js';
import { bulkJob } from './schema.js';
import type { Edge } from './soql.js';

/** Rows handed over at a time: the server's own pages may hold hundreds of thousands. */
const PAGE = 2000;

/** Starts a job over the rows after `edge`. A second job left behind by a lost answer harms nobody. */
export async function startJob(
  reading: Reading,
  plan: PullPlan,
  from: { readonly edge: Edge | null; readonly serverTime: number | null },
): Promise<JobPosition> {
  const answer = await reading.client.rest({
    kind: 'bulk-query',
    operation: plan.operation,
    method: 'POST',
    path: '/jobs/query',
    body: {
      operation: plan.deleted ? 'queryAll' : 'query',
      query: plan.soql(from.edge, false),
      columnDelimiter: 'COMMA',
      lineEnding: 'LF',
    },
    repeatable: true,
  });
  const answeredAt = Date.parse(answer.headers.get('date') ?? '');
  const now = Number.isNaN(answeredAt) ? reading.clock.now() : answeredAt;
  const { id } = parseAnswer(bulkJob, answer.body, plan.operation);
  const start = { via: 'job', job: id, locator: null, skip: 0, delivered: 0 } as const;
  return { ...start, edge: from.edge, serverTime: from.serverTime ?? now };
}

/** All rows of a job from a position on. A job that is gone is started anew: its rows come again. */
export async function* pullJob(
  reading: Reading,
  plan: PullPlan,
  from: JobPosition,
): AsyncGenerator<RecordPage> {
  let at: JobPosition | null = await alive(reading, plan, from);
  const job = await awaitJob(reading, `/jobs/query/${at.job}`, plan.operation);
  if (job.state !== 'JobComplete') throw jobFailed(plan, at.job, job.errorMessage ?? job.state);
  let last: JobPosition = at;
  while (at !== null) {
    last = at;
    at = yield* pullResults(reading, plan, { at, expected: job.numberRecordsProcessed });
  }
  reading.log.debug('bulk query read', { job: last.job, object: plan.object });
}

async function alive(reading: Reading, plan: PullPlan, at: JobPosition): Promise<JobPosition> {
  if (at.delivered === 0) return at;
  try {
    const job = await readJob(reading.client, `/jobs/query/${at.job}`, plan.operation);
    if (job.state !== 'Failed' && job.state !== 'Aborted') return at;
  } catch (error) {
    if (!isCode(error, 'SF_NOT_FOUND')) throw error;
  }
  return startJob(reading, plan, { edge: at.edge, serverTime: at.serverTime });
}

interface Leg {
  readonly at: JobPosition;
  /** Rows of the whole job, as the job says. */
  readonly expected: number;
}

/** One page of the server's, again from where it broke off when it did. Returns where the next one starts. */
async function* pullResults(
  reading: Reading,
  plan: PullPlan,
  leg: Leg,
): AsyncGenerator<RecordPage, JobPosition | null> {
  const waitOrThrow = patience(reading.retry);
  let at = leg.at;
  for (;;) {
    try {
      for await (const step of readResults(reading, plan, { ...leg, at })) {
        yield step.page;
        if (step.next === null || step.next.locator !== at.locator) return step.next;
        at = step.next;
      }
      throw truncated(plan, at.job, 'no end');
    } catch (error) {
      await waitOrThrow(error);
    }
  }
}

interface Step {
  readonly page: RecordPage;
  readonly next: JobPosition | null;
}

/** Reads the page at a locator, skips what was delivered, and gives out the rest in small pages. */
async function* readResults(reading: Reading, plan: PullPlan, leg: Leg): AsyncGenerator<Step> {
  const results = await bulkRows(reading, `/jobs/query/${leg.at.job}/results`, {
    locator: leg.at.locator,
    operation: plan.operation,
  });
  let { at } = leg;
  let seen = 0;
  let waiting: CrmRecord[] = [];
  let read: ReturnType<typeof csvColumns> | null = null;
  for await (const rows of results.rows) {
    for (const row of rows) {
      if (read === null) {
        read = csvColumns(row);
        continue;
      }
      seen += 1;
      if (seen > leg.at.skip) waiting.push(toRecord(read(row), plan.shape));
    }
    for (; waiting.length > PAGE; waiting = waiting.slice(PAGE)) {
      at = { ...at, skip: at.skip + PAGE, delivered: at.delivered + PAGE };
      yield { page: pageOf(waiting.slice(0, PAGE), at), next: at };
    }
  }
  if (results.count !== null && seen !== results.count)
    throw truncated(plan, at.job, `${seen} of ${results.count}`);
  const delivered = at.delivered + waiting.length;
  if (results.locator !== null) {
    const next = { ...at, locator: results.locator, skip: 0, delivered };
    yield { page: pageOf(waiting, next), next };
    return;
  }
  if (delivered !== leg.expected) throw wrongCount(plan, at.job, `${delivered} of ${leg.expected}`);
  yield { page: { records: waiting, resume: null, serverTime: at.serverTime, done: true }, next: null };
}

function pageOf(records: readonly CrmRecord[], next: JobPosition): RecordPage {
  return { records, resume: writeResume(next), serverTime: next.serverTime, done: false };
}

function truncated(plan: PullPlan, job: string, counts: string) {
  const message = `A result page of bulk query ${job} ended early (${counts} rows).`;
  return salesforceError('SF_TRUNCATED', { operation: plan.operation, message });
}

function wrongCount(plan: PullPlan, job: string, counts: string) {
  const message = `Bulk query ${job} delivered ${counts} rows.`;
  return salesforceError('SF_COUNT_MISMATCH', { operation: plan.operation, message });
}

function jobFailed(plan: PullPlan, job: string, reason: string) {
  const message = `Bulk query ${job} of ${plan.object} failed: ${reason}.`;
  return salesforceError('SF_JOB_FAILED', { operation: plan.operation, message });
}
