import { closePiece } from '../apply.js';
import { lanePiece, refusalsPiece } from '../apply-engagement.js';
import { fieldsPiece } from '../apply-fields.js';
import { assessPiece, scopePiece } from '../assess.js';
import { brakesPiece } from '../brakes.js';
import { applyCarry } from '../carry.js';
import { checkWritten } from '../check-written.js';
import type { Run, StageName } from '../context.js';
import { listenPiece } from '../listen.js';
import { mirrorEnrolments } from '../mirror-enrolments.js';
import { metricsPiece } from '../program-metrics.js';
import { pullPiece } from '../pull.js';
import { reconcilePiece } from '../reconcile.js';
import { historyPiece, recordsPiece } from '../records/apply-records.js';
import { settlePiece } from '../settle.js';
import type { Bookmark } from './bookmark.js';

/** A piece as its worker gets it. */
export interface PieceAtHand {
  readonly task: unknown;
  /** Somebody may have begun it before. */
  readonly again: boolean;
  readonly bookmark: Bookmark;
}

/** What a worker does for a piece, from the run and the piece's task alone. */
export interface PieceKind {
  /** `leader`: in the process that holds the run; what it decides must have the whole book in view. */
  readonly by: 'leader' | 'anybody';
  /** True = the other pieces of the stage are done even where one fails. */
  readonly goOn: boolean;
  /** Gives what came of it, as JSON. */
  readonly work: (run: Run, piece: PieceAtHand) => Promise<unknown>;
}

export type PieceTable = Readonly<Record<StageName, PieceKind>>;

type Work = (run: Run, task: unknown, again: boolean) => Promise<unknown>;

function anybody(work: Work): PieceKind {
  return { by: 'anybody', goOn: false, work: (run, { task, again }) => work(run, task, again) };
}

function leader(work: Work): PieceKind {
  return { ...anybody(work), by: 'leader' };
}

/** Everything that a run consists of. However it is worked on, it is worked on by this. */
export const PIECES: PieceTable = {
  pull: anybody(pullPiece),
  reconcile: anybody(reconcilePiece),
  listen: anybody(listenPiece),
  scope: leader(scopePiece),
  assess: anybody(assessPiece),
  settle: { by: 'leader', goOn: false, work: (run, { task, bookmark }) => settlePiece(run, task, bookmark) },
  brakes: leader(brakesPiece),
  fields: anybody(fieldsPiece),
  refusals: anybody(refusalsPiece),
  lanes: { ...anybody(lanePiece), goOn: true },
  mirror: anybody(mirrorEnrolments),
  carry: anybody(applyCarry),
  check: anybody(checkWritten),
  records: anybody(recordsPiece),
  metrics: anybody(metricsPiece),
  history: anybody(historyPiece),
  close: leader(closePiece),
};
