import type { Instant } from '../domain/day.js';

/** A piece of a stage of a run, by name. */
export interface PieceName {
  readonly run: string;
  readonly stage: string;
  /** Unique in its stage. */
  readonly piece: string;
}

/** A piece as it is planned. `task` is JSON: what there is to do; ids and numbers only. */
export interface PieceToDo {
  readonly piece: string;
  readonly task: unknown;
}

/** How far a piece has come; `total` null where nobody knows how much there is. */
export interface PieceProgress {
  readonly done: number;
  readonly total: number | null;
}

/** How a piece stands. */
export interface PieceStanding extends PieceName, PieceProgress {
  readonly status: 'open' | 'taken' | 'done' | 'failed';
  /** Who does it, did it, or tried it last; null before anybody did. */
  readonly holder: string | null;
  /** Grows with each taking, 0 before the first: a holder with an older one has lost the piece. */
  readonly fence: number;
  /** Until when its holder has it, 0 when nobody does. */
  readonly expiresAt: Instant;
}

/** A piece and how it stands. */
export interface StoredPiece extends PieceStanding, PieceToDo {
  /** JSON that a holder leaves for whoever comes after it; null at first. */
  readonly note: unknown;
  /** JSON: what came of it once it is done, why not once it failed; null before. */
  readonly result: unknown;
}

/** A piece in somebody's hands. */
export interface HeldPiece extends PieceName {
  readonly holder: string;
  readonly fence: number;
}

/** A note to whoever comes after the holder of a piece, to be kept in one step with what it tells of. */
export interface PieceMark {
  readonly held: HeldPiece;
  /** JSON; takes the place of the note that was there. */
  readonly note: unknown;
}

/** The pieces in which a run is done, and who has which: the truth about what was done already. */
export interface PieceStore {
  /**
   * Plans a stage. Its first plan stands: another one changes nothing but that pieces that failed are open again.
   * Returns the stage as it stands, in the order of its plan.
   */
  readonly plan: (
    run: string,
    stage: string,
    pieces: readonly PieceToDo[],
  ) => Promise<readonly StoredPiece[]>;
  /** Null while anybody, the same holder included, has it and its time is not over; and when it has ended or is not there. */
  readonly take: (
    name: PieceName,
    holder: string,
    now: Instant,
    ttlMs: number,
  ) => Promise<StoredPiece | null>;
  /** Keeps it longer, and says how far it has come. False when it is somebody else's by now, or has ended. */
  readonly renew: (held: HeldPiece, until: Instant, progress: PieceProgress) => Promise<boolean>;
  /** False when it is somebody else's by now, or has ended. */
  readonly holds: (held: HeldPiece) => Promise<boolean>;
  /** Leaves a note to whoever comes after. False when it is somebody else's by now, or has ended. */
  readonly note: (held: HeldPiece, note: unknown) => Promise<boolean>;
  /** Ends it; only once, and only by the holder of the newest fence, which is told by true. */
  readonly end: (
    held: HeldPiece,
    outcome: { readonly status: 'done' | 'failed'; readonly result: unknown },
  ) => Promise<boolean>;
  /** Gives it back: it is open at once. Nothing when it is somebody else's by now, or has ended. */
  readonly release: (held: HeldPiece) => Promise<void>;
  /** How the pieces of a run stand, or of one stage of it, in the order in which they were planned: to be asked again and again. */
  readonly standing: (run: string, stage: string | null) => Promise<readonly PieceStanding[]>;
  /** The same with what each was to do and came to. */
  readonly list: (run: string, stage: string | null) => Promise<readonly StoredPiece[]>;
}
