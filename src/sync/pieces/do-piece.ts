import type { Crm } from '../../ports/crm.js';
import { IntegrationError } from '../../ports/errors.js';
import type { HeldPiece, PieceName, PieceStanding, StoredPiece } from '../../ports/piece-store.js';
import type { Progress } from '../../ports/progress.js';
import { callsSoFar, type Run } from '../context.js';
import { isStop } from '../stop.js';
import { type KeptNote, noteOf } from './bookmark.js';
import { keepHold, PIECE_TTL_MS } from './hold.js';
import { keptError, type PieceOutcome } from './outcome.js';
import type { PieceTable } from './table.js';

/** Who does pieces: this process. */
export interface Worker {
  /** This process on this machine. */
  readonly holder: string;
  /** True when it is certain that this holder no longer runs. */
  readonly holderIsGone: (holder: string) => boolean;
  /** Real time, whatever the clock of the run says. */
  readonly realNow: () => number;
  readonly table: PieceTable;
}

/** True when nobody is at work on it. */
export function isFree({ status, holder, expiresAt }: PieceStanding, by: Worker): boolean {
  if (status !== 'taken') return status === 'open';
  return expiresAt <= by.realNow() || (holder !== null && by.holderIsGone(holder));
}

/** Does one piece of the run, if nobody else has it and it is not done yet. False = somebody else has it now. */
export async function doPiece(run: Run, name: PieceName, worker: Worker): Promise<boolean> {
  const taken = await take(run, name, worker);
  if (taken === null) return (await isOver(run, name)) !== 'held';
  await doTaken(run, taken, worker);
  return true;
}

async function isOver({ state }: Run, { run, stage, piece }: PieceName): Promise<'over' | 'held'> {
  const found = (await state.pieces.standing(run, stage)).find((one) => one.piece === piece);
  return found?.status === 'taken' || found?.status === 'open' ? 'held' : 'over';
}

/** Nobody need wait for a worker that was killed on this machine. */
async function take({ state }: Run, name: PieceName, worker: Worker): Promise<StoredPiece | null> {
  const { holder, holderIsGone, realNow } = worker;
  const takeNow = () => state.pieces.take(name, holder, realNow(), PIECE_TTL_MS);
  const taken = await takeNow();
  if (taken !== null) return taken;
  const found = (await state.pieces.standing(name.run, name.stage)).find(({ piece }) => piece === name.piece);
  if (found?.status !== 'taken' || found.holder === null || !holderIsGone(found.holder)) return null;
  await state.pieces.release({ ...name, holder: found.holder, fence: found.fence });
  return takeNow();
}

async function doTaken(run: Run, taken: StoredPiece, { holder, realNow, table }: Worker): Promise<void> {
  const { stage, piece, fence } = taken;
  const held: HeldPiece = { run: taken.run, stage, piece, holder, fence };
  const counted = countedProgress(run.progress);
  const hold = keepHold({ store: run.state.pieces, held, realNow, progress: counted.now });
  const before = callsSoFar(run);
  const note = noteOf(taken, held);
  const end = (status: 'done' | 'failed', outcome: Omit<PieceOutcome, 'calls'>): Promise<boolean> =>
    run.state.pieces.end(held, {
      status,
      result: { ...outcome, calls: { before, after: callsSoFar(run) } },
    });
  try {
    const value = await table[taken.stage as keyof PieceTable].work(
      pieceRun(run, { held, hold, progress: counted.progress, crm: await crmOf(run, note) }),
      { task: taken.task, again: fence > 1, bookmark: note },
    );
    await hold.say();
    await end('done', { value: value ?? null, error: null });
  } catch (error) {
    // What was stopped from outside is open for whoever goes on.
    if (isStop(error) || hold.signal.aborted || run.signal.aborted) await run.state.pieces.release(held);
    else await end('failed', { value: null, error: keptError(error) });
    throw error;
  } finally {
    hold.end();
  }
}

interface InHand {
  readonly held: HeldPiece;
  readonly hold: ReturnType<typeof keepHold>;
  readonly progress: Progress;
  readonly crm: Crm;
}

/** The run as a piece sees it: it stops where the piece is lost, writes nothing after that, and counts how far it has come. */
function pieceRun(run: Run, { held, hold, progress, crm }: InHand): Run {
  return {
    ...run,
    state: run.state.whileHeld(held),
    crm,
    progress,
    signal: AbortSignal.any([run.signal, hold.signal]),
    checkpoint: async () => {
      await run.checkpoint();
      await hold.check();
    },
    pieces: { all: nested, one: nested, callsElsewhere: nested },
  };
}

/** Jobs that a killed worker left are ended before anything is done again; ours are noted for whoever comes after us. */
async function crmOf({ crm, state }: Run, { jobs, withJob }: KeptNote): Promise<Crm> {
  for (const job of jobs) await crm.endJob(job);
  const began = async (job: string): Promise<void> => {
    const { held, note } = withJob(job);
    await state.pieces.note(held, note);
  };
  return {
    ...crm,
    write: (object, changes) => crm.write(object, changes, began),
    upsert: (object, keyField, records) => crm.upsert(object, keyField, records, began),
  };
}

function nested(): never {
  throw new IntegrationError({ ...keptError(new Error('a piece is not cut into pieces')) });
}

/** Progress that is passed on, and counted. */
function countedProgress(outer: Progress) {
  let [done, total]: [number, number | null] = [0, null];
  const progress: Progress = {
    stage: (name, of) => {
      total = of;
      outer.stage(name, of);
    },
    advance: (by) => {
      done += by;
      outer.advance(by);
    },
    done: outer.done,
  };
  return { progress, now: () => ({ done, total }) };
}
