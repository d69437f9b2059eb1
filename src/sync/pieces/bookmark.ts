import type { HeldPiece, PieceMark, StoredPiece } from '../../ports/piece-store.js';

/** How the holder of a piece tells whoever comes after it how far it has come. */
export interface Bookmark {
  /** JSON: how far those before had come; null = nobody has marked anything. */
  readonly at: unknown;
  /** How far it has come now, to be kept in one step with what was done until here; undefined where nobody could go on from it. */
  readonly mark: (at: unknown) => PieceMark | undefined;
}

/** Work that is begun anew by whoever comes after. */
export const NO_BOOKMARK: Bookmark = { at: null, mark: () => undefined };

interface PieceNote {
  readonly jobs?: readonly string[];
  readonly at?: unknown;
}

/** What is noted with a piece: bulk jobs that its holders began, and how far they came. */
export interface KeptNote extends Bookmark {
  /** Jobs of those before. */
  readonly jobs: readonly string[];
  /** The note with one more job. */
  readonly withJob: (job: string) => PieceMark;
}

export function noteOf({ note }: StoredPiece, held: HeldPiece): KeptNote {
  const { jobs = [], at = null } = (note ?? {}) as PieceNote;
  let now: PieceNote = { jobs, at };
  const changed = (change: PieceNote): PieceMark => {
    now = { ...now, ...change };
    return { held, note: now };
  };
  return {
    jobs,
    at,
    withJob: (job) => changed({ jobs: [...(now.jobs ?? []), job] }),
    mark: (reached) => changed({ at: reached }),
  };
}
