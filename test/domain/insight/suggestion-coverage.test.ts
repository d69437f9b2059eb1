import { describe, expect, it } from '@jest/globals';
import type { Case } from '../../../src/domain/insight/auc.js';
import { risksOf } from '../../../src/domain/insight/ranking.js';
import { type SuggestedModel, scoreBy } from '../../../src/domain/insight/suggestion.js';
import {
  expectedAuc,
  type PlantedBook,
  type PlantedLaw,
  plantedBook,
} from '../../support/insight/planted-outcomes.js';
import { gainIn, RULES } from '../../support/insight/suggested-gain.js';

const SEEDS = 1000;
/** Two of four signals tell who stays; today all four weigh the same. */
const PLANTED: PlantedLaw = { signals: 4, effects: [3, 1], intercept: -1 };

/** What the models of the folds gain over today's score on the whole population, weighed as the estimate weighs them. */
function trueGain(
  models: readonly SuggestedModel[],
  cases: readonly Case[],
  population: PlantedBook,
): number {
  const { outcomes, today, chances } = population;
  const before = expectedAuc(risksOf(today), chances);
  return models.reduce((sum, model, fold) => {
    const scores = outcomes.examples.map((example) => scoreBy(model, outcomes, { example, rules: RULES }));
    const share = cases.filter((one) => one.fold === fold).length / cases.length;
    return sum + share * (expectedAuc(risksOf(scores), chances) - before);
  }, 0);
}

describe('the gain of suggested weights, out of sample', () => {
  it('holds what was planted within its interval in 93 to 97 of 100 books', () => {
    const population = plantedBook(PLANTED, 2000, 999_999);
    let held = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { gain, byFold, cases } = gainIn(PLANTED, seed);
      const truth = trueGain(byFold, cases, population);
      if (gain !== null && gain.low <= truth && truth <= gain.high) held += 1;
    }
    expect(held / SEEDS).toBeGreaterThanOrEqual(0.93);
    expect(held / SEEDS).toBeLessThanOrEqual(0.97);
  }, 1_800_000);
});
