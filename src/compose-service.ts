import type { MessagePort } from 'node:worker_threads';
import { processBudgets } from './adapters/budget/process/index.js';
import { redisBudgets } from './adapters/budget/redis/index.js';
import { bullQueue, USUAL_BULL_SETTINGS } from './adapters/queue/bull/index.js';
import { inlineQueue, queueOverPort, serveQueue } from './adapters/queue/inline/index.js';
import type { Surroundings } from './compose.js';
import type { Budgets } from './ports/call-budget.js';
import type { JobQueue } from './ports/job-queue.js';
import { USUAL_JOB_PATIENCE } from './ports/job-retry.js';
import type { Messenger } from './ports/messenger.js';

/** Done and failed jobs that are remembered, so that the same id is not done twice. */
const KEPT_JOBS = 1_000;
/** An engine's thread answers in milliseconds, unless a run keeps it busy for a moment. */
const ANSWER_MS = 10_000;

/** Where jobs live: in Redis where there is one, else in this thread. */
export function openQueue({ environment, clock, log }: Surroundings): JobQueue {
  const told = { clock, log, patience: USUAL_JOB_PATIENCE, random: Math.random };
  const { redisUrl: url } = environment;
  if (url === null) return inlineQueue({ ...told, kept: KEPT_JOBS });
  return bullQueue({ ...told, url, settings: { ...USUAL_BULL_SETTINGS, prefix: prefixOf(environment) } });
}

/** Where calls are counted: in Redis for all workers, where there is one, else in this process. */
export function openBudgets({ environment, clock, log }: Surroundings): Budgets {
  const { redisUrl: url } = environment;
  if (url === null) return processBudgets({ clock });
  return redisBudgets({ url, prefix: prefixOf(environment), clock, log });
}

/** First part of every key in Redis: orgs that share one do not meet. */
function prefixOf({ orgName }: Surroundings['environment']): string {
  return `truenorth:${orgName}`;
}

/** The queue of the engine's thread, as its front asks it. */
export function queueOfThread(port: MessagePort): JobQueue {
  return queueOverPort(port, ANSWER_MS);
}

export function serveQueueOver(port: MessagePort, queue: JobQueue): void {
  serveQueue(port, queue);
}

/** Every way of telling people that the environment names. */
export function connectMessengers(_around: Surroundings): readonly Messenger[] {
  return [];
}
