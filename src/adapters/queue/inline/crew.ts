import type { Clock } from '../../../ports/clock.js';
import { IntegrationError } from '../../../ports/errors.js';
import type { Job, JobHandler, JobName, JobWorker } from '../../../ports/job-queue.js';
import { afterFailure, type JobPatience } from '../../../ports/job-retry.js';
import type { Log } from '../../../ports/log.js';
import { type Book, delay, endJob, handBack, takeJob } from './book.js';
import type { Entry } from './entry.js';

export interface CrewContext {
  readonly book: Book;
  readonly clock: Clock;
  /** Never goes back, and counts time slept as passed. */
  readonly now: () => number;
  readonly log: Log;
  readonly patience: JobPatience;
  readonly random: () => number;
  /** Something may be there to do, or to wait for. */
  readonly onChange: () => void;
}

/** One call of `work`: takes jobs of its names as long as each has room. */
export interface Crew extends JobWorker {
  readonly takeWhatWaits: () => void;
}

export interface Work {
  readonly handlers: Readonly<Record<JobName, JobHandler>>;
  readonly concurrency: Readonly<Partial<Record<JobName, number>>>;
}

export function createCrew(context: CrewContext, { handlers, concurrency }: Work): Crew {
  const underWay = new Map<Entry, Promise<void>>();
  const stopping = new AbortController();
  const busyWith = (name: JobName): number =>
    [...underWay.keys()].filter((entry) => entry.name === name).length;
  const begin = (entry: Entry): void => {
    const run = attempt(context, entry, { handle: handlers[entry.name], signal: stopping.signal });
    const ended = run.finally(() => {
      underWay.delete(entry);
      context.onChange();
    });
    underWay.set(entry, ended);
  };
  return {
    takeWhatWaits() {
      if (stopping.signal.aborted) return;
      for (const [name, room] of Object.entries(concurrency) as [JobName, number][]) {
        while (busyWith(name) < room) {
          const entry = takeJob(context.book, name, context.now());
          if (entry === null) break;
          begin(entry);
        }
      }
    },
    async stop(graceMs) {
      stopping.abort();
      await inGrace(Promise.all(underWay.values()), context.clock, graceMs);
    },
  };
}

async function inGrace(ended: Promise<unknown>, clock: Clock, graceMs: number): Promise<void> {
  const patience = new AbortController();
  const over = clock.sleep(graceMs, patience.signal).catch(() => undefined);
  await Promise.race([ended, over]);
  patience.abort();
}

/** One try. Never rejects: whatever comes of it is written into the book. */
async function attempt(
  context: CrewContext,
  entry: Entry,
  { handle, signal }: { readonly handle: JobHandler; readonly signal: AbortSignal },
): Promise<void> {
  try {
    // Not before the caller has gone on: adding a job never runs it.
    await Promise.resolve();
    await handle(jobOf(entry), signal);
    endJob(context.book, entry, { reason: null, since: context.now() });
  } catch (error) {
    if (signal.aborted) handBack(context.book, entry, context.now());
    else failOrWait(context, entry, error);
  }
}

function jobOf({ name, id, payload, attempts, trace }: Entry): Job {
  return { name, id, payload: JSON.parse(payload), attempt: attempts, trace };
}

function failOrWait({ book, log, now, ...policy }: CrewContext, entry: Entry, error: unknown): void {
  const after = afterFailure(error, entry.attempts, policy);
  const { id, name, attempts: attempt, trace } = entry;
  const told = { id, name, attempt, trace, code: error instanceof IntegrationError ? error.code : null };
  if (after.kind === 'again') {
    log.warn('job will be tried again', { ...told, waitMs: after.waitMs });
    delay(book, entry, now() + after.waitMs);
    return;
  }
  log.error('job failed', { ...told, error });
  endJob(book, entry, { reason: after.reason, since: now() });
}
