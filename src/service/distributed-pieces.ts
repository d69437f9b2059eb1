import { IntegrationError } from '../ports/errors.js';
import type { JobQueue, JobToDo } from '../ports/job-queue.js';
import type { PieceName, PieceStanding } from '../ports/piece-store.js';
import type { Hands, OwnHands } from '../ports/pieces.js';

const POLL_MS = 250;
/** A piece that nobody has taken by then is done by the leader itself: the queue may have lost it, or all are busy. */
const HELP_AFTER_MS = 10_000;
const PRIORITY = 2;

/** Every worker that listens to the queue does pieces; the queue wakes them, and the state says what was done. */
export function distributedPieces(queue: Pick<JobQueue, 'add'>, trace: string): Hands {
  return {
    // A range of accounts is assessed again from its start when its worker is killed, and costs no call: it is a matter of
    // seconds. A few thousand rows still go as one job, of which nothing that was written is lost.
    sizes: { accounts: 500, items: 5_000 },
    work: async (pieces, own) => {
      const wanted = new Set(pieces.map(({ piece }) => piece));
      const asked = new Map<string, Asked>();
      for (let now = 0; ; now += POLL_MS) {
        await own.checkpoint();
        const stage = (await own.look()).filter(({ piece }) => wanted.has(piece));
        if (isOver(stage, own)) return;
        const free = stage.filter(own.isFree);
        const unasked = free.filter(({ piece, fence }) => asked.get(piece)?.fence !== fence);
        for (const piece of unasked) if (!(await isAsked(piece))) break;
        const late = free.find(({ piece }) => now - (asked.get(piece)?.at ?? now) >= HELP_AFTER_MS);
        await (late === undefined ? own.sleep(POLL_MS) : own.here(late));

        async function isAsked(piece: PieceStanding): Promise<boolean> {
          const added = await isAdded(queue, jobFor(piece, trace));
          if (added) asked.set(piece.piece, { fence: piece.fence, at: now });
          return added;
        }
      }
    },
  };
}

/** A queue that is away for a moment is asked again with the next look: no run fails of that. */
async function isAdded(queue: Pick<JobQueue, 'add'>, job: JobToDo): Promise<boolean> {
  try {
    await queue.add(job);
    return true;
  } catch (error) {
    if (error instanceof IntegrationError && error.retryable) return false;
    throw error;
  }
}

interface Asked {
  readonly fence: number;
  /** Milliseconds since the stage began. */
  readonly at: number;
}

function isOver(stage: readonly PieceStanding[], { goOn }: OwnHands): boolean {
  const failed = stage.some(({ status }) => status === 'failed');
  return (failed && !goOn) || stage.every(({ status }) => status === 'done' || status === 'failed');
}

/** A piece that was lost by its holder has another fence, and is another job. */
function jobFor({ run, stage, piece, fence }: PieceStanding, trace: string): JobToDo {
  const payload: PieceName = { run, stage, piece };
  const id = `piece:${run}:${stage}:${piece}:${fence}`;
  return { name: 'piece', id, payload, delayMs: 0, priority: PRIORITY, trace };
}
