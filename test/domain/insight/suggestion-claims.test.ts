import { describe, expect, it } from '@jest/globals';
import type { PlantedLaw } from '../../support/insight/planted-outcomes.js';
import { gainIn } from '../../support/insight/suggested-gain.js';

const SEEDS = 1000;
const NOTHING: PlantedLaw = { signals: 4, effects: [], intercept: 0.8 };

describe('the gain of suggested weights, out of sample', () => {
  it('is claimed in at most 7 of 100 books where nothing was planted', () => {
    let claimed = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { gain } = gainIn(NOTHING, seed);
      if (gain !== null && gain.low > 0) claimed += 1;
    }
    expect(claimed / SEEDS).toBeLessThanOrEqual(0.07);
  }, 1_800_000);
});
