import type { JobToDo } from '../../ports/job-queue.js';
import type { NoteStore } from '../../ports/state-store.js';
import type { Hints } from '../../sync/refresh/hints.js';

/**
 * Hints on their way: written down before they are acted upon and let go after it, so that a kill loses none.
 * There is one batch at a time; whoever follows the feed writes it, whoever refreshes takes it out.
 */
export interface HintBatch {
  /** Of the run that reads them, too: a batch that was begun and broken off is gone on with under its own name. */
  readonly id: string;
  readonly hints: Hints;
}

const BATCH = 'change-hints';
const POSITION = 'change-position';

export async function openBatch(notes: NoteStore): Promise<HintBatch | null> {
  return (await notes.get(BATCH)) as HintBatch | null;
}

/** Hints first: killed between the two, the feed tells some of them again. */
export async function keepBatch(notes: NoteStore, batch: HintBatch, position: string): Promise<void> {
  await notes.set(BATCH, batch);
  await notes.set(POSITION, position);
}

export async function closeBatch(notes: NoteStore, { id }: HintBatch): Promise<void> {
  if ((await openBatch(notes))?.id === id) await notes.remove(BATCH);
}

/** Where the feed goes on; null before anything was heard. */
export async function feedPosition(notes: NoteStore): Promise<string | null> {
  return (await notes.get(POSITION)) as string | null;
}

/** Asks for a batch to be read. `turn` tells one asking from the next. */
export function refreshJob({ id }: HintBatch, turn: string | number, delayMs: number): JobToDo {
  return {
    name: 'refresh',
    id: `refresh:${id}:${turn}`,
    payload: { batch: id },
    delayMs,
    priority: 1,
    trace: id,
  };
}
