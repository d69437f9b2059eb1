import { isDeepStrictEqual } from 'node:util';
import { IntegrationError } from '../../ports/errors.js';
import type { JobHandler } from '../../ports/job-queue.js';
import { callsSoFar, type Tools } from '../../sync/context.js';
import type { Report } from '../../sync/report.js';
import { runSync } from '../../sync/run-sync.js';
import { distributedPieces } from '../distributed-pieces.js';
import type { EngineParts } from '../engine-parts.js';
import { INCREMENTAL_RUN, type RunOrder, runJob } from '../run-order.js';
import { tracedLog } from '../traced-log.js';

/** The leader of a run: walks its stages and settles; what is split up is done by all engines. */
export function runJobOf(parts: EngineParts): JobHandler {
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
      if (isBusy(error)) return whenFree({ ...parts, log }, order, trace);
      log.warn('Run ended early', { run: order.runId, code: error.code });
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
function carryOut(parts: EngineParts, { tools, order, trace, signal }: Carrying): Promise<Report> {
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

/** The run's own record says why it ended. */
function isExpected(error: unknown): error is IntegrationError {
  if (!(error instanceof IntegrationError)) return false;
  return !error.retryable || isBusy(error);
}

/** Somebody else has the lease: another run, or what reads for a moment between runs. */
function isBusy(error: IntegrationError): boolean {
  return error.code === 'RUN_IN_PROGRESS';
}

/** What reads between runs takes seconds; a run takes minutes. */
const SOON_MS = 2_000;
const LATER_MS = 30_000;

/**
 * Nothing that was asked for is dropped because of who was quicker: it is asked for again, until its turn has come.
 * The small run of the schedule alone is left to its next slot where another run is under way.
 */
async function whenFree(parts: EngineParts, order: RunOrder, trace: string): Promise<void> {
  if (await hasEnded(parts, order)) return;
  const [newest] = await parts.state.runs.list(1);
  const another = newest?.status === 'running';
  parts.log.info('Run waits for its turn', { run: order.runId, for: another ? newest.id : 'a reading' });
  // Another engine leads this very run, and whoever recovers runs sees to it that somebody does.
  if (another && (newest.id === order.runId || isSmall(order))) return;
  const again = runJob(order, trace, `run:${order.runId}:again-${parts.realNow()}`);
  await parts.queue.add({ ...again, delayMs: another ? LATER_MS : SOON_MS });
}

/** Its job may be left over from a leader that was killed. One that failed may be gone on with. */
async function hasEnded({ state }: EngineParts, { runId }: RunOrder): Promise<boolean> {
  const run = await state.runs.get(runId);
  return run !== null && run.finishedAt !== null && run.status !== 'failed';
}

function isSmall({ trigger, parts }: RunOrder): boolean {
  return trigger === 'schedule' && isDeepStrictEqual(parts, INCREMENTAL_RUN);
}
