import type { Case } from './auc.js';

/** A question for each fold: fit on the others, tell this one. */
export interface FoldQuestion {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/** The folds of these cases, in order; each case is told by exactly one. */
export function foldQuestions(cases: readonly Case[]): readonly FoldQuestion[] {
  const folds = [...new Set(cases.map(({ fold }) => fold))].sort((a, b) => a - b);
  const all = [...cases.keys()];
  return folds.map((fold) => ({
    train: all.filter((at) => cases[at]?.fold !== fold),
    test: all.filter((at) => cases[at]?.fold === fold),
  }));
}
