import { IntegrationError } from '../../ports/errors.js';
import type { JobHandler } from '../../ports/job-queue.js';
import { listenNow } from '../../sync/listen-now.js';
import type { EngineParts } from '../engine-parts.js';
import { INCREMENTAL_RUN, runJob } from '../run-order.js';
import { tracedLog } from '../traced-log.js';
import type { ReadBackOrder } from '../webhooks/people-hints.js';

/** However much webhooks tell, what follows from it is decided at most this often. */
const APART_MS = 10_000;

/** Reads what people did: of those whom a webhook told of, or as the schedule asks of everybody. */
export function readBackJobOf(parts: EngineParts): JobHandler {
  return async ({ id, payload, trace }, signal) => {
    const tools = { ...(await parts.tools()), log: tracedLog(parts.log, trace) };
    const { holder, holderIsGone, realNow } = parts;
    const only = namedIn(payload);
    try {
      const news = await listenNow(tools, {
        runId: parts.newRunId(),
        only,
        trace,
        signal,
        holder,
        holderIsGone,
        realNow,
      });
      tools.log.info('What people did was read', { job: id, named: only?.records.length ?? null, news });
      if (news !== 0) await askForRun(parts, trace);
    } catch (error) {
      // What may pass is left to the queue, a run under way included; what will not is told by the next run.
      if (!(error instanceof IntegrationError) || error.retryable || signal.aborted) throw error;
      tools.log.warn('What people did could not be read', { job: id, code: error.code });
    }
  };
}

/** A payload without names is the schedule's. */
function namedIn(payload: unknown): ReadBackOrder | null {
  const order = payload as Partial<ReadBackOrder> | null;
  if (order?.tool === undefined || order.records === undefined || order.records.length === 0) return null;
  return { tool: order.tool, records: order.records };
}

/** One run for all that is told within a moment, when it is over. */
async function askForRun({ queue, realNow, newRunId }: EngineParts, trace: string): Promise<void> {
  const slot = Math.floor(realNow() / APART_MS) + 1;
  const order = { runId: newRunId(), apply: true, parts: INCREMENTAL_RUN, trigger: 'change' };
  const job = runJob(order, trace, `run:heard:${slot}`);
  await queue.add({ ...job, delayMs: slot * APART_MS - realNow() });
}
