import type { Case } from './auc.js';
import type { Example } from './example.js';
import { foldOf } from './folds.js';
import { fitLogistic, probabilityOf } from './logistic.js';

/** In how many parts a book is cut, so that what is fitted is measured on accounts that it has not seen. */
export const FOLDS = 5;

/** Outcomes as cases: all renewals of an account lie in the same fold. */
export function casesOf(examples: readonly Example[]): readonly Case[] {
  return examples.map(({ account, lost }) => ({
    event: lost,
    cluster: account,
    fold: foldOf(account, FOLDS, 'outcomes'),
  }));
}

/** The same with one fold: for scores that nothing was fitted for. */
export function unfolded(cases: readonly Case[]): readonly Case[] {
  return cases.map((one) => ({ ...one, fold: 0 }));
}

/** Risk by a score: the lower the score, the higher. Who has none stands at the mean of those who have: no opinion. */
export function risksOf(scores: readonly (number | null)[]): readonly number[] {
  const known = scores.filter((score) => score !== null);
  const mean = known.length === 0 ? 0 : known.reduce((sum, score) => sum + score, 0) / known.length;
  return scores.map((score) => -(score ?? mean));
}

/** The largest size among numbers, as what they are divided by: above 0. A list may be too long to be handed over as arguments. */
export function largestOf(numbers: readonly number[]): number {
  return numbers.reduce((most, one) => Math.max(most, Math.abs(one)), 1e-9);
}

/** Risks as probabilities (0-1) of the event: a line through log odds, fitted each time on the other folds. */
export function calibrated(risks: readonly number[], cases: readonly Case[]): readonly number[] {
  const scale = largestOf(risks);
  const chances = new Array<number>(risks.length).fill(0);
  for (const fold of new Set(cases.map((one) => one.fold))) {
    const inside = cases.map((one) => one.fold === fold);
    const train = [...risks.keys()].filter((at) => inside[at] === false);
    const fit = fitLogistic(
      {
        features: Float64Array.from(train, (at) => (risks[at] ?? 0) / scale),
        columns: 1,
        labels: Float64Array.from(train, (at) => Number(cases[at]?.event)),
      },
      1e-6,
    );
    for (const [at, risk] of risks.entries())
      if (inside[at] === true) chances[at] = probabilityOf(fit, [risk / scale]);
  }
  return chances;
}
