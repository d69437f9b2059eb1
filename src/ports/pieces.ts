import type { PieceName, PieceStanding } from './piece-store.js';

/** How a stage is cut: larger pieces cost fewer calls, smaller ones are shared by more workers and lost in smaller parts. */
export interface PieceSizes {
  /** Accounts that one piece assesses. */
  readonly accounts: number;
  /** Items of the plan that one piece carries out. */
  readonly items: number;
}

/** Who does the pieces of a run: this process, one after the other, or every worker that listens to a queue. */
export interface Hands {
  readonly sizes: PieceSizes;
  /**
   * Sees to it that each of these pieces is done by somebody. Resolves once all have ended, or one has failed and
   * the others need not be waited for. Whether a piece was done is told by the state, never by this.
   */
  readonly work: (pieces: readonly PieceName[], own: OwnHands) => Promise<void>;
}

/** What the leader of a run lends to it. */
export interface OwnHands {
  /** Does a piece in this process. False = somebody else has it now. Throws what stopped it. */
  readonly here: (piece: PieceName) => Promise<boolean>;
  /** How the stage stands. */
  readonly look: () => Promise<readonly PieceStanding[]>;
  /** True when nobody is at work on it: it is open, or its holder is gone or was silent for too long. */
  readonly isFree: (piece: PieceStanding) => boolean;
  /** Throws when the run is to stop. */
  readonly checkpoint: () => Promise<void>;
  /** Waits; rejects when the run is to stop. */
  readonly sleep: (ms: number) => Promise<void>;
  /** True = the other pieces are done even where one fails. */
  readonly goOn: boolean;
}
