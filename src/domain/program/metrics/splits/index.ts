import { CHURN_SPLITS } from './churn.js';
import type { Split } from './split.js';
import { SUPPORT_SPLITS } from './support.js';

/** Every split of the book. */
export const SPLITS: readonly Split[] = [...CHURN_SPLITS, ...SUPPORT_SPLITS];

/** The splits with those of their numbers that what is mapped lets us tell. */
export function servedSplits(mapped: ReadonlySet<string>): readonly Split[] {
  return SPLITS.flatMap((split) => {
    const numbers = split.numbers.filter(({ needs }) => needs.every((name) => mapped.has(name)));
    return numbers.length === 0 ? [] : [{ ...split, numbers }];
  });
}
