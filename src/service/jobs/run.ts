import { IntegrationError } from '../../ports/errors.js';
import type { JobHandler } from '../../ports/job-queue.js';
import { callsSoFar, type Tools } from '../../sync/context.js';
import type { Report } from '../../sync/report.js';
import { runSync } from '../../sync/run-sync.js';
import { distributedPieces } from '../distributed-pieces.js';
import type { EngineParts } from '../engine-parts.js';
import type { RunOrder } from '../run-order.js';
import { tracedLog } from '../traced-log.js';

type Parts = Pick<EngineParts, 'state' | 'tools' | 'log' | 'holder' | 'holderIsGone' | 'realNow'> & {
  readonly queue: Pick<EngineParts['queue'], 'add'>;
};

/** The leader of a run: walks its stages and settles; what is split up is done by all engines. */
export function runJobOf(parts: Parts): JobHandler {
  return async ({ payload, trace }, signal) => {
    const order = payload as RunOrder;
    const log = tracedLog(parts.log, trace);
    const tools = { ...(await parts.tools()), log };
    log.info('Run begins', { run: order.runId, trigger: order.trigger });
    try {
      const { status } = await carryOut(parts, { tools, order, trace, signal });
      log.info('Run ended', { run: order.runId, status });
    } catch (error) {
      if (signal.aborted) log.info('Run handed on: this engine stops', { run: order.runId });
      if (signal.aborted || !isExpected(error)) throw error;
      log.warn('Run ended early', { run: order.runId, code: error.code });
      if (isBusy(error) && order.trigger !== 'schedule' && !(await isSeenTo(parts, order))) throw error;
    }
  };
}

interface Carrying {
  readonly tools: Tools;
  readonly order: RunOrder;
  readonly trace: string;
  readonly signal: AbortSignal;
}

/** The same job may come twice: a run that was begun is gone on with, and one that has ended is left alone. */
function carryOut(parts: Parts, { tools, order, trace, signal }: Carrying): Promise<Report> {
  return runSync(tools, {
    ...order,
    hands: distributedPieces(parts.queue, trace),
    resume: true,
    trace,
    signal,
    callsBefore: callsSoFar(tools),
    holder: parts.holder,
    holderIsGone: parts.holderIsGone,
    realNow: parts.realNow,
  });
}

/** A run that somebody leads is asked for again when its leader is lost, and one that has ended by nobody. */
async function isSeenTo({ state }: Parts, { runId }: RunOrder): Promise<boolean> {
  const run = await state.runs.get(runId);
  return run !== null && run.status !== 'failed' && run.status !== 'paused';
}

/** The run's own record says why it ended; the next slot of the schedule makes another one. */
function isExpected(error: unknown): error is IntegrationError {
  if (!(error instanceof IntegrationError)) return false;
  return !error.retryable || isBusy(error);
}

/** Another run is under way. What the schedule asks for is asked for again by its next slot. */
function isBusy(error: unknown): boolean {
  return error instanceof IntegrationError && error.code === 'RUN_IN_PROGRESS';
}
