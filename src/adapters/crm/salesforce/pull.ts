import type { PullRequest, RecordPage } from '../../../ports/crm.js';
import { isCode } from './errors.js';
import { pullJob, startJob } from './pull-bulk.js';
import { type PullPlan, planPull, readResume, withParentTypes } from './pull-plan.js';
import { pullPages } from './pull-rest.js';
import type { Reading } from './reading.js';

/** Up to two pages of 2,000: more would cost more requests than a job does. */
const MOST_ROWS_IN_PAGES = 4000;

/** A first pull by its expected size, a delta by what its first page says, an interrupted one as it was. */
export async function* pull(reading: Reading, request: PullRequest): AsyncGenerator<RecordPage> {
  const plan = await planPull(reading.catalogue, request);
  const position = readResume(request.resume);
  const large = request.since === null && (request.expectedRows ?? 0) > MOST_ROWS_IN_PAGES;
  if (position?.via === 'job') return yield* pullJob(reading, await typed(reading, plan), position);
  if (position === null && large) {
    const bulkPlan = await typed(reading, plan);
    const started = await startedOrNull(reading, bulkPlan);
    if (started) return yield* pullJob(reading, bulkPlan, started);
  }
  return yield* pullPages(reading, plan, position);
}

function typed(reading: Reading, plan: PullPlan): Promise<PullPlan> {
  return withParentTypes(reading.catalogue, plan);
}

/** Some objects (status and priority tables, recently viewed …) have no bulk queries: those are paged. */
async function startedOrNull(reading: Reading, plan: PullPlan) {
  try {
    return await startJob(reading, plan, { edge: null, serverTime: null });
  } catch (error) {
    if (!isCode(error, 'SF_BULK_UNSUPPORTED')) throw error;
    return null;
  }
}
