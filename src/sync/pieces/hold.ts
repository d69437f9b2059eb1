import { lostPiece } from '../../ports/holds.js';
import type { HeldPiece, PieceProgress, PieceStore } from '../../ports/piece-store.js';

/** A holder that says nothing for so long has lost its piece. */
export const PIECE_TTL_MS = 20_000;
const RENEW_MS = 5_000;
/** How often it is written down how far a piece has come. */
const SAY_EVERY_MS = 1_000;

/** A piece in our hands, kept while we work on it. */
export interface Hold {
  readonly signal: AbortSignal;
  /** Throws when somebody else has it by now; says how far we have come. */
  readonly check: () => Promise<void>;
  /** Says how far we have come, whenever that was said last. Throws like `check`. */
  readonly say: () => Promise<void>;
  /** No longer kept. */
  readonly end: () => void;
}

interface Holding {
  readonly store: PieceStore;
  readonly held: HeldPiece;
  readonly realNow: () => number;
  readonly progress: () => PieceProgress;
}

/** Keeps a piece that was just taken. */
export function keepHold({ store, held, realNow, progress }: Holding): Hold {
  const lost = new AbortController();
  let until = realNow() + PIECE_TTL_MS;
  let saidAt = realNow();
  const renew = async (): Promise<boolean> => {
    const now = realNow();
    const kept = await store.renew(held, now + PIECE_TTL_MS, progress());
    if (kept) [until, saidAt] = [now + PIECE_TTL_MS, now];
    return kept;
  };
  const timer = setInterval(() => {
    void renew().then(
      (kept) => kept || lost.abort(lostPiece()),
      (error: unknown) => lost.abort(error),
    );
  }, RENEW_MS);
  timer.unref();
  return {
    signal: lost.signal,
    check: async () => {
      lost.signal.throwIfAborted();
      const now = realNow();
      // A process that was asleep knows it by the clock, before it asks anybody.
      if (now >= until) throw lostPiece();
      const mine = now - saidAt >= SAY_EVERY_MS ? await renew() : await store.holds(held);
      if (!mine) throw lostPiece();
    },
    say: async () => {
      if (!(await renew())) throw lostPiece();
    },
    end: () => clearInterval(timer),
  };
}
