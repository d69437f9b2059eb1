import type { ChangeHint } from '../../ports/change-feed.js';
import type { Clock } from '../../ports/clock.js';
import type { JobQueue } from '../../ports/job-queue.js';
import type { Log } from '../../ports/log.js';
import type { NoteStore } from '../../ports/state-store.js';
import { type Hints, NO_HINTS, together, withHint } from '../../sync/refresh/hints.js';
import { reasonOf } from '../every.js';
import { keepBatch, openBatch, refreshJob } from './batch.js';

/** Gathers hints for a moment, hands them on in one batch, and gathers the next while that one is read. */
export interface Collector {
  readonly add: (hint: ChangeHint) => void;
  readonly stop: () => Promise<void>;
}

export interface CollectorParts {
  readonly notes: NoteStore;
  readonly queue: Pick<JobQueue, 'add'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: () => string;
  /** Real time in milliseconds. */
  readonly realNow: () => number;
}

/** What one person does in a moment (a case and its comment, a form that saves three records) is one batch. */
const GATHER_MS = 400;
/** However many changes there are, they are read at most this often. */
const APART_MS = 2_000;
/** A batch that is not done after so long may have been lost by the queue: it is asked for again. */
const ASK_AGAIN_MS = 60_000;
const LOOK_MS = 200;

export function startCollector(parts: CollectorParts): Collector {
  const { clock, realNow } = parts;
  const ending = new AbortController();
  const { signal } = ending;
  let gathered: Gathered | null = null;
  let working: Promise<void> | null = null;
  let last = Number.NEGATIVE_INFINITY;
  /** Gathers, waits for the batch before, hands on: until there is nothing more, and the last batch is done. */
  const work = async (): Promise<void> => {
    for (;;) {
      if (gathered !== null) await clock.sleep(Math.max(GATHER_MS, last + APART_MS - realNow()), signal);
      await batchDone(parts, signal);
      const taken = gathered;
      if (taken === null) return;
      gathered = null;
      last = realNow();
      try {
        await handOver(parts, taken);
      } catch (error) {
        gathered = backInFront(taken, gathered);
        throw error;
      }
    }
  };
  const begin = (): void => {
    working ??= untilStopped(parts, { work, signal }).finally(() => {
      working = null;
      if (gathered !== null && !signal.aborted) begin();
    });
  };
  return {
    add: (hint) => {
      gathered = { hints: withHint(gathered?.hints ?? NO_HINTS, hint), position: hint.position };
      begin();
    },
    stop: async () => {
      ending.abort(new DOMException('The collector was stopped.', 'AbortError'));
      await working;
    },
  };
}

interface Gathered {
  readonly hints: Hints;
  readonly position: string;
}

function backInFront(taken: Gathered, since: Gathered | null): Gathered {
  return since === null ? taken : { hints: together(taken.hints, since.hints), position: since.position };
}

interface Working {
  readonly work: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** What goes wrong is logged and tried again: the hints are still there. */
async function untilStopped({ clock, log }: CollectorParts, { work, signal }: Working): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
      return;
    } catch (error) {
      if (signal.aborted) return;
      log.warn('Changes could not be handed on', reasonOf(error));
      await clock.sleep(APART_MS, signal).catch(() => undefined);
    }
  }
}

async function handOver({ notes, queue, log, newId }: CollectorParts, { hints, position }: Gathered) {
  const batch = { id: newId(), hints };
  await keepBatch(notes, batch, position);
  await queue.add(refreshJob(batch, 0, 0));
  log.debug('Changes handed on', { batch: batch.id, objects: Object.keys(hints) });
}

/** Resolves once no batch is open. The queue only wakes: what it lost is asked for again. */
async function batchDone(
  { notes, queue, clock, realNow }: Omit<CollectorParts, 'log' | 'newId'>,
  signal: AbortSignal,
): Promise<void> {
  let askedAt = realNow();
  for (let batch = await openBatch(notes); batch !== null; batch = await openBatch(notes)) {
    if (realNow() - askedAt >= ASK_AGAIN_MS) {
      askedAt = realNow();
      await queue.add(refreshJob(batch, askedAt, 0));
    }
    await clock.sleep(LOOK_MS, signal);
  }
}
