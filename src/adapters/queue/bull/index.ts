import type Bull from 'bull';
import type { Clock } from '../../../ports/clock.js';
import { JOB_NAMES, type JobName, type JobQueue, type JobWorker } from '../../../ports/job-queue.js';
import type { JobPatience } from '../../../ports/job-retry.js';
import type { Log } from '../../../ports/log.js';
import { type Asking, addJob, countJobs, discardJob, failedJobs, retryJob } from './ask.js';
import { openConnections } from './connections.js';
import { redisError } from './errors.js';
import { type BullSettings, openQueue } from './settings.js';
import { startWork } from './work.js';

export { USUAL_BULL_SETTINGS } from './settings.js';

export interface BullQueueOptions {
  readonly url: string;
  readonly settings: BullSettings;
  /** What `failed` is told in; delays and waits are in real time. */
  readonly clock: Clock;
  readonly log: Log;
  readonly patience: JobPatience;
  /** 0 <= x < 1. */
  readonly random: () => number;
}

/** Jobs of any number of processes, carried by Redis. */
export function bullQueue(options: BullQueueOptions): JobQueue {
  const { url, settings, clock, log } = options;
  const connections = openConnections(url, 'hasty', log);
  const queues = new Map<JobName, Bull.Queue>(
    JOB_NAMES.map((name) => [name, openQueue(name, settings, connections)]),
  );
  const workers: JobWorker[] = [];
  const asking: Asking = { queueOf: (name) => queueNamed(queues, name), kept: settings.kept };
  const told = async <T>(operation: string, ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask();
    } catch (cause) {
      throw redisError(operation, cause);
    }
  };
  return {
    add: (job) => told('add job', () => addJob(asking, job)),
    async work(handlers, concurrency) {
      const worker = startWork(options, { handlers, concurrency });
      workers.push(worker);
      return worker;
    },
    counts: () => told('count jobs', () => countJobs(asking, Date.now())),
    async failed(limit) {
      const failed = await told('list failed jobs', () => failedJobs(asking, limit));
      const offset = clock.now() - Date.now();
      return failed.map((job) => ({ ...job, failedAt: job.failedAt + offset }));
    },
    retry: (id) => told('retry job', () => retryJob(asking, id)),
    discard: (id) => told('discard job', () => discardJob(asking, id)),
    async close() {
      await Promise.all(workers.map((worker) => worker.stop(0)));
      connections.close();
    },
  };
}

function queueNamed(queues: ReadonlyMap<JobName, Bull.Queue>, name: JobName): Bull.Queue {
  const queue = queues.get(name);
  if (queue === undefined) throw new TypeError(`There is no queue for ${name}.`);
  return queue;
}
