import type { FeedStatus } from '../../ports/change-feed.js';
import type { NoteStore } from '../../ports/state-store.js';

const NOTE = 'change-feed';

/** How the change feed stands, as the engine that follows it last said; null = nobody ever followed one. */
export async function feedStatus(notes: NoteStore): Promise<FeedStatus | null> {
  return (await notes.get(NOTE)) as FeedStatus | null;
}

export async function noteFeedStatus(notes: NoteStore, status: FeedStatus): Promise<void> {
  await notes.set(NOTE, status);
}
