import type Bull from 'bull';
import {
  type FailedJob,
  JOB_NAMES,
  type JobName,
  type JobToDo,
  type QueueCounts,
} from '../../../ports/job-queue.js';
import { STALLED_REASON } from './errors.js';
import { idOf, KEPT, type Kept, keyOf } from './schema.js';
import { optionsOf } from './settings.js';

/** The side of a queue that asks. */
export interface Asking {
  readonly queueOf: (name: JobName) => Bull.Queue;
  readonly kept: number;
}

/** Bull takes no priority for "before all others": ours begin at 1. */
const FIRST_PRIORITY = 1;

export async function addJob({ queueOf, kept }: Asking, job: JobToDo): Promise<void> {
  const data: Kept = { payload: job.payload ?? null, trace: job.trace, forgiven: 0 };
  await queueOf(job.name).add(data, {
    ...optionsOf(kept),
    jobId: keyOf(job.id),
    delay: job.delayMs,
    priority: job.priority + FIRST_PRIORITY,
  });
}

export async function countJobs({ queueOf }: Asking, now: number): Promise<QueueCounts> {
  const each = await Promise.all(JOB_NAMES.map((name) => queueOf(name).getJobCounts()));
  const sum = (key: keyof Bull.JobCounts): number => each.reduce((total, counts) => total + counts[key], 0);
  const since = await Promise.all(JOB_NAMES.map((name) => waitingSince(queueOf(name))));
  const oldest = since.filter((at) => at !== null).reduce((least, at) => Math.min(least, at), now);
  const waiting = sum('waiting');
  return {
    waiting,
    active: sum('active'),
    delayed: sum('delayed'),
    failed: sum('failed'),
    lagMs: waiting === 0 ? null : now - oldest,
  };
}

/** So many are looked at; more of one name wait only when nobody works. */
const LOOKED_AT = 200;

/** Since when the oldest of those that are next has waited. A try before counts as the beginning of the wait. */
async function waitingSince(queue: Bull.Queue): Promise<number | null> {
  const waiting = await queue.getWaiting(0, LOOKED_AT - 1);
  return waiting
    .filter((job) => job !== null)
    .map(({ timestamp, opts, processedOn }) => Math.max(timestamp + (opts.delay ?? 0), processedOn ?? 0))
    .reduce<number | null>((least, at) => Math.min(least ?? at, at), null);
}

/** Latest first. */
export async function failedJobs({ queueOf }: Asking, limit: number): Promise<readonly FailedJob[]> {
  const each = await Promise.all(JOB_NAMES.map((name) => failedOf(name, queueOf(name), limit)));
  return each
    .flat()
    .sort((one, other) => other.failedAt - one.failedAt)
    .slice(0, limit);
}

async function failedOf(name: JobName, queue: Bull.Queue, limit: number): Promise<readonly FailedJob[]> {
  const failed = await queue.getFailed(0, limit - 1);
  return failed
    .filter((job) => job !== null)
    .map(({ id, data, attemptsMade, failedReason, finishedOn }) => ({
      id: idOf(id),
      name,
      attempts: attemptsMade - KEPT.parse(data).forgiven,
      reason: /stalled more than/.test(failedReason ?? '') ? STALLED_REASON : (failedReason ?? ''),
      failedAt: finishedOn ?? 0,
    }));
}

export async function retryJob(asking: Asking, id: string): Promise<boolean> {
  const job = await failedJob(asking, id);
  if (job === null) return false;
  await job.update({ ...KEPT.parse(job.data), forgiven: job.attemptsMade });
  return job.retry().then(
    () => true,
    // Somebody else was quicker.
    async (error: unknown) => {
      if (await job.isFailed()) throw error;
      return false;
    },
  );
}

export async function discardJob(asking: Asking, id: string): Promise<boolean> {
  const job = await failedJob(asking, id);
  await job?.remove();
  return job !== null;
}

async function failedJob({ queueOf }: Asking, id: string): Promise<Bull.Job | null> {
  const found = await Promise.all(JOB_NAMES.map((name) => queueOf(name).getJob(keyOf(id))));
  for (const job of found) if (job !== null && (await job.isFailed())) return job;
  return null;
}
