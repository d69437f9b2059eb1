import Bull from 'bull';
import type { JobName } from '../../../ports/job-queue.js';
import type { Connections } from './connections.js';
import { Verdict } from './verdict.js';

export interface BullSettings {
  /** First part of every key: `truenorth:<org>`. */
  readonly prefix: string;
  /** How many of the last done, and of the last failed, are remembered, for each name. */
  readonly kept: number;
  /** A worker that says nothing for so long (milliseconds) has ended; its jobs go to the others. */
  readonly lockMs: number;
  /** How often (milliseconds) workers look for jobs whose worker has ended. */
  readonly checkMs: number;
}

/** About a quarter of a minute until the jobs of a killed worker go on. */
export const USUAL_BULL_SETTINGS = { kept: 1_000, lockMs: 10_000, checkMs: 5_000 } as const;

/** A killed worker is no fault of its job; a job that kills its workers is stopped all the same. */
const MOST_DEATHS = 50;
/** Ours is the rule (`afterFailure`), told through the verdict; Bull's own count shall never end it. */
const UNCOUNTED = 1_000_000;
const RULE = 'verdict';

/** Bull counts concurrency over all names of a queue together: so each name has a queue of its own. */
export function openQueue(name: JobName, settings: BullSettings, connections: Connections): Bull.Queue {
  const options = {
    prefix: settings.prefix,
    createClient: connections.ofKind,
    skipVersionCheck: true,
    settings: {
      lockDuration: settings.lockMs,
      lockRenewTime: settings.lockMs / 3,
      stalledInterval: settings.checkMs,
      maxStalledCount: MOST_DEATHS,
      guardInterval: 1_000,
      retryProcessDelay: 1_000,
      backoffStrategies: {
        [RULE]: (_: number, error: Error) => (error instanceof Verdict ? error.waitMs : -1),
      },
    },
  };
  const queue = new Bull(name, options);
  // It only names the connection, and is not waited for: failing, it would end the process.
  return Object.assign(queue, { setWorkerName: async () => undefined });
}

export function optionsOf(kept: number): Bull.JobOptions {
  return {
    attempts: UNCOUNTED,
    backoff: { type: RULE },
    removeOnComplete: kept,
    removeOnFail: kept,
    // What a handler threw may hold anything: it goes to the log, not to Redis.
    stackTraceLimit: 0,
  };
}
