import type { Instant } from '../../domain/day.js';
import type { NoteStore } from '../../ports/state-store.js';
import type { Trial } from '../../sync/try-playbook.js';
import { absent } from '../refusal.js';

/** A trial of a playbook that somebody asked for: an engine makes it, as it asks the tools and walks through the whole book. */
export interface AskedTrial {
  readonly id: string;
  readonly playbook: string;
  readonly askedAt: Instant;
  readonly who: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  /** Null until it is done. */
  readonly result: Trial | null;
  /** One sentence where it failed, null otherwise. */
  readonly trouble: string | null;
}

const NOTE = 'trials';
/** Older ones are asked for again. */
const KEPT = 20;

/** Each has a note of its own: whoever makes one and whoever asks for another do not meet. */
function noteOf(id: string): string {
  return `trial:${id}`;
}

export async function findTrial(notes: NoteStore, id: string): Promise<AskedTrial | null> {
  return (await notes.get(noteOf(id))) as AskedTrial | null;
}

/** Throws what to do where there is none. */
export async function knownTrial(notes: NoteStore, id: string): Promise<AskedTrial> {
  const found = await findTrial(notes, id);
  if (found !== null) return found;
  throw absent({
    code: 'TRIAL_NOT_FOUND',
    message: `There is no trial ${JSON.stringify(id)}; the latest ${KEPT} are kept.`,
    action: 'Try the playbook again.',
    operation: 'look at a trial',
  });
}

/** Keeps what has become of a trial. */
export async function keepTrial(notes: NoteStore, trial: AskedTrial): Promise<void> {
  await notes.set(noteOf(trial.id), trial);
}

/** Notes a new trial, and lets go of the oldest. */
export async function addTrial(notes: NoteStore, trial: AskedTrial): Promise<void> {
  await keepTrial(notes, trial);
  const ids = [trial.id, ...(((await notes.get(NOTE)) ?? []) as readonly string[])];
  await notes.set(NOTE, ids.slice(0, KEPT));
  for (const id of ids.slice(KEPT)) await notes.remove(noteOf(id));
}
