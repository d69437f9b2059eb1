import type { Case } from '../domain/insight/auc.js';
import { foldQuestions } from '../domain/insight/cross-fit.js';
import type { Outcomes } from '../domain/insight/example.js';
import { featuresOf } from '../domain/insight/features.js';
import type { TreeEnsemble } from '../ports/tree-ensemble.js';

const SEED = 1;

/**
 * How likely each outcome was lost (0-1), told by a tree ensemble that has not seen its account: what can be had
 * from these facts at most, whatever the shape. Null where it found nothing to split by on some of the folds, so that
 * it tells the same of all: that is no ceiling. Throws IntegrationError where the library fails.
 */
export async function ceilingOf(
  outcomes: Outcomes,
  cases: readonly Case[],
  ensemble: TreeEnsemble,
): Promise<readonly number[] | null> {
  const table = featuresOf(outcomes);
  const labels = Float32Array.from(outcomes.examples, ({ lost }) => Number(lost));
  const chances = new Array<number>(cases.length).fill(0);
  for (const { train, test } of foldQuestions(cases)) {
    const told = await ensemble.predict({ ...table, labels, train, test, seed: SEED });
    if (told.length > 1 && told.every((chance) => chance === told[0])) return null;
    for (const [place, at] of test.entries()) chances[at] = told[place] ?? 0;
  }
  return chances;
}
