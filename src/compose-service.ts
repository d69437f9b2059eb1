import type { MessagePort } from 'node:worker_threads';
import { processBudgets } from './adapters/budget/process/index.js';
import { redisBudgets } from './adapters/budget/redis/index.js';
import { chatMessenger } from './adapters/messenger/chat/index.js';
import { smtpMessenger } from './adapters/messenger/smtp/index.js';
import { bullQueue, USUAL_BULL_SETTINGS } from './adapters/queue/bull/index.js';
import { inlineQueue, queueOverPort, serveQueue } from './adapters/queue/inline/index.js';
import { memoryThrottles, redisThrottles } from './adapters/throttle/flexible/index.js';
import type { Surroundings } from './compose.js';
import type { Budgets } from './ports/call-budget.js';
import type { JobQueue } from './ports/job-queue.js';
import { USUAL_JOB_PATIENCE } from './ports/job-retry.js';
import type { Messenger } from './ports/messenger.js';
import type { AlertSettings } from './ports/settings.js';
import type { Throttles } from './ports/throttle.js';

/** Done and failed jobs that are remembered, so that the same id is not done twice. */
const KEPT_JOBS = 1_000;
/** An engine's thread answers in milliseconds, unless a run keeps it busy for a moment. */
const ANSWER_MS = 10_000;
const MESSENGER_MS = 15_000;

/** Where jobs live: in Redis for all processes, else in this thread. */
export function openQueue({ environment, clock, log }: Surroundings): JobQueue {
  const patient = { clock, log, patience: USUAL_JOB_PATIENCE, random: Math.random };
  const { redisUrl: url, orgName } = environment;
  if (url === null) return inlineQueue({ ...patient, kept: KEPT_JOBS });
  return bullQueue({ ...patient, url, settings: { ...USUAL_BULL_SETTINGS, prefix: keysOf(orgName) } });
}

/** Where calls are counted: in Redis for all workers, where there is one, else in this process. */
export function openBudgets({ environment, clock, log }: Surroundings): Budgets {
  const { redisUrl: url, orgName } = environment;
  if (url === null) return processBudgets({ clock });
  return redisBudgets({ url, prefix: keysOf(orgName), clock, log });
}

/** Each org has its own part of a Redis that several share. */
function keysOf(org: string): string {
  return `truenorth:${org}`;
}

/** The queue of the engine's thread, as its front asks it. */
export function queueOfThread(port: MessagePort): JobQueue {
  return queueOverPort(port, ANSWER_MS);
}

export function serveQueueOver(port: MessagePort, queue: JobQueue): void {
  serveQueue(port, queue);
}

/** Where requests are counted: for all processes where they share a Redis, else in this one. */
export function openThrottles({ environment }: Pick<Surroundings, 'environment'>): Throttles {
  return environment.redisUrl === null
    ? memoryThrottles()
    : redisThrottles(environment.redisUrl, 'truenorth');
}

/** Every way of telling people that the environment and the settings name. */
export function connectMessengers(
  { environment }: Pick<Surroundings, 'environment'>,
  { mailTo, mailFrom }: AlertSettings,
): readonly Messenger[] {
  const from = mailFrom ?? mailTo[0];
  const mail =
    environment.smtpUrl === null || from === undefined || mailTo.length === 0
      ? []
      : [smtpMessenger({ url: environment.smtpUrl, from, to: mailTo, timeoutMs: MESSENGER_MS })];
  const chat =
    environment.chatUrl === null
      ? []
      : [chatMessenger({ url: environment.chatUrl, timeoutMs: MESSENGER_MS })];
  return [...mail, ...chat];
}
