import type { Run } from './context.js';
import { readBackOpen } from './read-back.js';
import { readEngagement } from './read-engagement.js';
import { readWork } from './read-work.js';
import { takeRetries } from './records/errors.js';

/** What came of our own work. */
export interface Heard {
  /** Why it is not known what an earlier run left, or null. */
  readonly unsure: string | null;
  /** Tools that could not be asked what people did. */
  readonly unread: readonly string[];
}

/** Reads what came of earlier runs: retries that somebody asked for, keys left open, tasks, and what people did. */
export function listen(run: Run): Promise<Heard> {
  return run.pieces.one('listen', null);
}

/** In one piece: tasks and people are asked for by what the open keys turned out to be. */
export async function listenPiece(run: Run): Promise<Heard> {
  if (run.apply) await takeRetries(run);
  const unsure = await readBackOpen(run);
  if (!run.parts.engagement) return { unsure, unread: [] };
  await readWork(run);
  const { unread } = await readEngagement(run);
  return { unsure, unread };
}
