import type { Hands } from '../../ports/pieces.js';

/** How long somebody else's piece is waited for before it is looked at again. */
const AGAIN_MS = 1_000;

/** One process does everything: one piece after the other, in their order. */
export const IN_THIS_PROCESS: Hands = {
  // Nothing is gained by writing in parts: a job takes as many rows as one upload may carry.
  sizes: { accounts: 5_000, items: 100_000 },
  work: async (pieces, own) => {
    for (const piece of pieces) {
      await own.checkpoint();
      // Somebody else's is theirs until their time is over.
      while (!(await own.here(piece))) await own.sleep(AGAIN_MS);
    }
  },
};
