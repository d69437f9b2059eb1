import { aucGain, type Case } from '../../../src/domain/insight/auc.js';
import { casesOf, risksOf } from '../../../src/domain/insight/ranking.js';
import { type SuggestedModel, suggestWeights } from '../../../src/domain/insight/suggestion.js';
import { type PlantedLaw, plantedBook } from './planted-outcomes.js';

export const RULES = { minPresent: 0.3, today: null };
const SIZE = 250;

export interface SuggestedGain {
  readonly gain: ReturnType<typeof aucGain>;
  readonly byFold: readonly SuggestedModel[];
  readonly cases: readonly Case[];
}

/** What suggested weights gain out of sample over those of today, in one book of 250 accounts. */
export function gainIn(law: PlantedLaw, seed: number): SuggestedGain {
  const { outcomes, today } = plantedBook(law, SIZE, seed);
  const cases = casesOf(outcomes.examples);
  const { outOfSample, byFold } = suggestWeights(outcomes, RULES);
  return { gain: aucGain(risksOf(today), risksOf(outOfSample), cases), byFold, cases };
}
