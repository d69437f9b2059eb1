import { OUTCOME_FLOOR } from './intervals.js';

/** At least so many outcomes in all, and so many of either kind: nothing is said of fewer. */
export const ENOUGH = { all: OUTCOME_FLOOR, each: 5 } as const;

/** Whether outcomes are enough to say something. */
export function isEnough(examples: readonly { readonly lost: boolean }[]): boolean {
  const lost = examples.filter((one) => one.lost).length;
  return examples.length >= ENOUGH.all && lost >= ENOUGH.each && examples.length - lost >= ENOUGH.each;
}
