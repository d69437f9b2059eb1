import type { PublishCount } from './publish.js';

/** Records written, refused, and left out for want of room. */
export interface Tally {
  readonly written: number;
  readonly refused: number;
  readonly skipped: number;
}

/** Sums up what was published. */
export function adding(): {
  readonly add: (count: Tally | PublishCount) => void;
  readonly total: () => Tally;
} {
  let total: Tally = { written: 0, refused: 0, skipped: 0 };
  return {
    add: ({ written, refused, skipped }) => {
      total = {
        written: total.written + written,
        refused: total.refused + refused,
        skipped: total.skipped + skipped,
      };
    },
    total: () => total,
  };
}
