import type { MessagePort } from 'node:worker_threads';
import { inlineQueue, queueOverPort, serveQueue } from './adapters/queue/inline/index.js';
import type { Surroundings } from './compose.js';
import type { JobQueue } from './ports/job-queue.js';
import { USUAL_JOB_PATIENCE } from './ports/job-retry.js';
import type { Messenger } from './ports/messenger.js';

/** Done and failed jobs that are remembered, so that the same id is not done twice. */
const KEPT_JOBS = 1_000;
/** An engine's thread answers in milliseconds, unless a run keeps it busy for a moment. */
const ANSWER_MS = 10_000;

/** Where jobs live: in this thread. */
export function openQueue({ clock, log }: Surroundings): JobQueue {
  return inlineQueue({ clock, log, patience: USUAL_JOB_PATIENCE, random: Math.random, kept: KEPT_JOBS });
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
