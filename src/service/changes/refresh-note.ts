import type { Instant } from '../../domain/day.js';
import type { NoteStore } from '../../ports/state-store.js';

/** One batch of changes that was read. */
export interface RefreshSeen {
  readonly at: Instant;
  readonly seconds: number;
  readonly accounts: number;
  /** Why nothing, or not all, was written; null when all was. */
  readonly held: string | null;
}

const NOTE = 'refreshes';
const KEPT = 20;

/** The latest of them, newest first: they are no runs, and stand in no list of runs. */
export async function latestRefreshes(notes: NoteStore): Promise<readonly RefreshSeen[]> {
  return ((await notes.get(NOTE)) ?? []) as readonly RefreshSeen[];
}

export async function noteRefresh(notes: NoteStore, refresh: RefreshSeen): Promise<void> {
  await notes.set(NOTE, [refresh, ...(await latestRefreshes(notes))].slice(0, KEPT));
}
