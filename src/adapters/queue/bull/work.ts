import type Bull from 'bull';
import { IntegrationError } from '../../../ports/errors.js';
import type { Job, JobHandler, JobName, JobWorker } from '../../../ports/job-queue.js';
import { afterFailure, type JobPatience } from '../../../ports/job-retry.js';
import type { Log } from '../../../ports/log.js';
import { openConnections } from './connections.js';
import { idOf, KEPT } from './schema.js';
import { type BullSettings, openQueue } from './settings.js';
import { Verdict } from './verdict.js';

export interface WorkContext {
  readonly url: string;
  readonly settings: BullSettings;
  readonly log: Log;
  readonly patience: JobPatience;
  readonly random: () => number;
}

export interface Work {
  readonly handlers: Readonly<Record<JobName, JobHandler>>;
  readonly concurrency: Readonly<Partial<Record<JobName, number>>>;
}

/** How long a stop waits for Redis to say goodbye. */
const FAREWELL_MS = 2_000;

/** Takes jobs from now on, and whenever Redis is there. */
export function startWork(context: WorkContext, { handlers, concurrency }: Work): JobWorker {
  const { url, settings, log } = context;
  const connections = openConnections(url, 'patient', log);
  const stopping = new AbortController();
  const queues = Object.entries(concurrency).map(([key, room]) => {
    const name = key as JobName;
    const queue = openQueue(name, settings, connections);
    queue.on('error', (error: Error) => log.debug('job queue error', { name, reason: error.message }));
    const begun = queue.process(room, (job) =>
      attempt(context, job, { name, handle: handlers[name], signal: stopping.signal }),
    );
    // Ends with the queue; until then it waits for Redis by itself.
    Promise.resolve(begun).catch((error: unknown) =>
      log.debug('job queue ended', { name, reason: String(error) }),
    );
    return queue;
  });
  return {
    async stop(graceMs) {
      if (stopping.signal.aborted) return;
      const ended = Promise.all(queues.map((queue) => queue.pause(true)));
      stopping.abort();
      await settledWithin(ended, graceMs);
      await settledWithin(Promise.all(queues.map((queue) => queue.close(true))), FAREWELL_MS);
      connections.close();
    },
  };
}

async function settledWithin(promise: Promise<unknown>, ms: number): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([promise.catch(() => undefined), over]);
  clearTimeout(timer);
}

interface Doing {
  readonly name: JobName;
  readonly handle: JobHandler;
  readonly signal: AbortSignal;
}

/** One try; what comes of it is told to Bull as the end of the promise. */
async function attempt(
  context: WorkContext,
  given: Bull.Job,
  { name, handle, signal }: Doing,
): Promise<void> {
  const kept = KEPT.parse(given.data);
  const attempt = given.attemptsMade - kept.forgiven + 1;
  const job: Job = { name, id: idOf(given.id), payload: kept.payload, attempt, trace: kept.trace };
  try {
    signal.throwIfAborted();
    await handle(job, signal);
  } catch (error) {
    if (!signal.aborted) throw verdictOn(context, job, error);
    await given.update({ ...kept, forgiven: kept.forgiven + 1 });
    throw new Verdict('The worker was stopped.', 0);
  }
}

function verdictOn(
  { log, ...policy }: WorkContext,
  { id, name, attempt, trace }: Job,
  error: unknown,
): Verdict {
  const after = afterFailure(error, attempt, policy);
  const told = { id, name, attempt, trace, code: error instanceof IntegrationError ? error.code : null };
  if (after.kind === 'failed') {
    log.error('job failed', { ...told, error });
    return new Verdict(after.reason, -1);
  }
  log.warn('job will be tried again', { ...told, waitMs: after.waitMs });
  return new Verdict('It will be tried again.', after.waitMs);
}
