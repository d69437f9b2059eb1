import { IntegrationError } from '../../ports/errors.js';
import type { PieceToDo } from '../../ports/piece-store.js';
import type { Hands, OwnHands } from '../../ports/pieces.js';
import type { Pieces, Run, StageName } from '../context.js';
import { doPiece, isFree, type Worker } from './do-piece.js';
import { IN_THIS_PROCESS } from './in-this-process.js';
import { callsOfPieces, errorAgain, outcomeOf, worstOf } from './outcome.js';

/** The pieces of a run as its leader gets them done. */
export function piecesOf(run: () => Run, hands: Hands, worker: Worker): Pieces {
  const all = async <T>(stage: StageName, plan: () => Promise<readonly PieceToDo[]>) =>
    (await allPieces(run(), { stage, plan, hands }, worker)) as readonly T[];
  return {
    all,
    one: async <T>(stage: StageName, task: unknown) => {
      const [value] = await all<T>(stage, async () => [{ piece: 'all', task }]);
      return value as T;
    },
    callsElsewhere: async () => {
      const pieces = await run().state.pieces.list(run().id, null);
      const others = pieces.filter(({ holder }) => holder !== worker.holder);
      return callsOfPieces(others);
    },
  };
}

interface Wanted {
  readonly stage: StageName;
  /** Asked only where the stage is not planned yet. */
  readonly plan: () => Promise<readonly PieceToDo[]>;
  readonly hands: Hands;
}

async function allPieces(run: Run, wanted: Wanted, worker: Worker): Promise<readonly unknown[]> {
  const { stage, plan, hands } = wanted;
  const { pieces } = run.state;
  // Where others have done everything, nothing below would tell a leader that it is none any more.
  await run.checkpoint();
  const known = await pieces.standing(run.id, stage);
  const planned = await pieces.plan(run.id, stage, known.length > 0 ? [] : await plan());
  const open = planned.filter(({ status }) => status !== 'done');
  const { by, goOn } = worker.table[stage];
  const errors: unknown[] = [];
  const own: OwnHands = {
    here: (piece) => orKeep(errors, { goOn }, () => doPiece(run, piece, worker)),
    look: () => pieces.standing(run.id, stage),
    isFree: (piece) => isFree(piece, worker),
    checkpoint: run.checkpoint,
    sleep: (ms) => run.clock.sleep(ms, run.signal),
    goOn,
  };
  if (open.length > 0) await (by === 'leader' ? IN_THIS_PROCESS : hands).work(open, own);
  const ended = open.length > 0 ? await pieces.list(run.id, stage) : planned;
  const elsewhere = ended.flatMap((piece) => outcomeOf(piece)?.error ?? []).map(errorAgain);
  const worst = worstOf(errors.length > 0 ? errors : elsewhere);
  if (worst !== undefined) throw worst;
  return ended.map((piece) => outcomeOf(piece)?.value ?? null);
}

/** Where the others are to go on, a failure is kept until they have. */
async function orKeep(
  errors: unknown[],
  { goOn }: { readonly goOn: boolean },
  act: () => Promise<boolean>,
): Promise<boolean> {
  try {
    return await act();
  } catch (error) {
    if (!goOn || !(error instanceof IntegrationError)) throw error;
    errors.push(error);
    return true;
  }
}
