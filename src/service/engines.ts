import type { Instant } from '../domain/day.js';
import type { NoteStore } from '../ports/state-store.js';

/** An engine that was heard of lately. */
export interface EngineSeen {
  /** Host and process. */
  readonly holder: string;
  readonly at: Instant;
  readonly startedAt: Instant;
}

const NOTE = 'engines';
/** An engine that was silent for so long is forgotten. */
const KEPT_MS = 60 * 60_000;
/** An engine says that it is there this often. */
export const BEAT_MS = 10_000;
/** Longer silence than this means that it is gone. */
export const SILENT_MS = 45_000;

/** Says that this engine is there. Of two who say so in the same moment one may be missed until its next beat. */
export async function beat(notes: NoteStore, engine: EngineSeen): Promise<void> {
  const others = (await enginesSeen(notes)).filter(
    ({ holder, at }) => holder !== engine.holder && at > engine.at - KEPT_MS,
  );
  await notes.set(NOTE, [...others, engine]);
}

/** An engine that ends in order is missed by nobody. */
export async function leave(notes: NoteStore, holder: string): Promise<void> {
  await notes.set(
    NOTE,
    (await enginesSeen(notes)).filter((engine) => engine.holder !== holder),
  );
}

/** Every engine that was heard of in the last hour and did not say that it ends. */
export async function enginesSeen(notes: NoteStore): Promise<readonly EngineSeen[]> {
  return ((await notes.get(NOTE)) ?? []) as readonly EngineSeen[];
}
