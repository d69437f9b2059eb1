import type { ChangeHint } from '../../ports/change-feed.js';
import type { Clock } from '../../ports/clock.js';
import type { JobQueue } from '../../ports/job-queue.js';
import type { Log } from '../../ports/log.js';
import type { NoteStore } from '../../ports/state-store.js';
import { reasonOf } from '../every.js';
import { keepBatch, openBatch, refreshJob } from './batch.js';
import { type Hints, isEmpty, NO_HINTS, withHint } from './hints.js';

/** Gathers hints for a moment, hands them on in one batch, and gathers the next while that one is read. */
export interface Collector {
  readonly add: (hint: ChangeHint) => void;
  readonly stop: () => Promise<void>;
}

export interface CollectorParts {
  readonly notes: NoteStore;
  readonly queue: JobQueue;
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
  const ending = new AbortController();
  let gathered: { readonly hints: Hints; readonly position: string } | null = null;
  let working: Promise<void> | null = null;
  const handOn = async (): Promise<void> => {
    let last = Number.NEGATIVE_INFINITY;
    while (gathered !== null) {
      const wait = Math.max(GATHER_MS, last + APART_MS - parts.realNow());
      await parts.clock.sleep(wait, ending.signal);
      await batchDone(parts, ending.signal);
      const taken = gathered;
      gathered = null;
      if (taken === null || isEmpty(taken.hints)) continue;
      last = parts.realNow();
      await handOver(parts, taken);
    }
  };
  const begin = (): void => {
    working ??= handOn()
      .catch((error: unknown) => {
        if (!ending.signal.aborted) parts.log.warn('Changes could not be handed on', reasonOf(error));
      })
      .finally(() => {
        working = null;
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

async function handOver(
  { notes, queue, log, newId }: CollectorParts,
  { hints, position }: { readonly hints: Hints; readonly position: string },
): Promise<void> {
  const batch = { id: newId(), hints };
  await keepBatch(notes, batch, position);
  await queue.add(refreshJob(batch, 0, 0));
  log.debug('Changes handed on', { batch: batch.id, objects: Object.keys(hints) });
}

/** Resolves once no batch is open. The queue only wakes: what it lost is asked for again. */
export async function batchDone(
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
