import type { JobQueue } from '../../ports/job-queue.js';

/** How long a page waits for an engine that is in the middle of something. */
const PATIENCE_MS = 50;

type Look = 'counts' | 'failed';

/** What each queue told last, by what it was asked. */
const LAST = new WeakMap<Pick<JobQueue, Look>, Map<string, unknown>>();

/**
 * Asks a queue about itself. It may lie with an engine that is busy for a moment: a page then shows what it told last,
 * and the next one what it answers now.
 */
export async function heardLast<T>(
  queue: Pick<JobQueue, Look>,
  about: string,
  ask: () => Promise<T>,
): Promise<T> {
  const known = LAST.get(queue) ?? new Map<string, unknown>();
  LAST.set(queue, known);
  const before = known.get(about) as T | undefined;
  const answer = ask().then((told) => {
    known.set(about, told);
    return told;
  });
  if (before === undefined) return answer;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(before), PATIENCE_MS);
  });
  try {
    return await Promise.race([answer, patience]);
  } finally {
    clearTimeout(timer);
    // Whoever no longer waits for it leaves a failure to the next one who asks.
    answer.catch(() => undefined);
  }
}
