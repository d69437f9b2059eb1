import type { Clock } from '../../../ports/clock.js';
import type { JobQueue } from '../../../ports/job-queue.js';
import type { JobPatience } from '../../../ports/job-retry.js';
import type { Log } from '../../../ports/log.js';
import { createAlarm } from './alarm.js';
import { addJob, countJobs, discardJob, emptyBook, failedJobs, nextWake, retryJob, wake } from './book.js';
import { type Crew, createCrew } from './crew.js';
import { closedError } from './errors.js';

export { queueOverPort, serveQueue } from './over-port.js';

export interface InlineQueueOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly patience: JobPatience;
  /** 0 <= x < 1. */
  readonly random: () => number;
  /** How many of the last done, and of the last failed, are remembered. */
  readonly kept: number;
}

/** Jobs of one thread, in its memory: what a restart loses is asked for again from the state. */
export function inlineQueue(options: InlineQueueOptions): JobQueue {
  const { clock } = options;
  const book = emptyBook(options.kept);
  const crews = new Set<Crew>();
  let closed = false;
  let latest = Number.NEGATIVE_INFINITY;
  const now = (): number => {
    latest = Math.max(latest, clock.now());
    return latest;
  };
  const alarm = createAlarm(clock, now, (at) => {
    latest = Math.max(latest, at);
    onChange();
  });
  const onChange = (): void => {
    wake(book, now());
    for (const crew of crews) crew.takeWhatWaits();
    alarm.setTo(closed ? null : nextWake(book));
  };
  const open = (operation: string): void => {
    if (closed) throw closedError(operation);
  };
  return {
    async add(job) {
      open('add job');
      addJob(book, job, now());
      onChange();
    },
    async work(handlers, concurrency) {
      open('take jobs');
      const crew = createCrew({ ...options, book, now, onChange }, { handlers, concurrency });
      crews.add(crew);
      onChange();
      return {
        stop: (graceMs) => {
          crews.delete(crew);
          return crew.stop(graceMs);
        },
      };
    },
    counts: async () => countJobs(book, now()),
    failed: async (limit) => failedJobs(book, limit),
    async retry(id) {
      open('retry job');
      const found = retryJob(book, id, now());
      onChange();
      return found;
    },
    discard: async (id) => discardJob(book, id),
    async close() {
      closed = true;
      const stopping = [...crews].map((crew) => crew.stop(0));
      crews.clear();
      alarm.setTo(null);
      await Promise.all(stopping);
    },
  };
}
