import { describe, expect, it } from '@jest/globals';
import { liftOf } from '../../../src/domain/program/lift.js';
import { type PlantedLift, plantedAssignments } from '../../support/insight/planted-lift.js';

const SEEDS = 1_000;

/** Shares of the seeds in which the interval holds what was planted, and in which a difference is claimed. */
function over(planted: PlantedLift): { readonly covered: number; readonly claimed: number } {
  const difference = planted.treated - planted.heldOut;
  let [covered, claimed] = [0, 0];
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { difference: told, verdict } = liftOf(plantedAssignments(planted, seed));
    if (told === null) throw new Error(`seed ${seed} has too few accounts to tell anything`);
    if (told.low <= difference && difference <= told.high) covered += 1;
    if (verdict === 'better' || verdict === 'worse') claimed += 1;
  }
  return { covered: covered / SEEDS, claimed: claimed / SEEDS };
}

describe('the lift of a playbook with a known effect', () => {
  it.each<PlantedLift>([
    { accounts: 600, holdout: 0.1, treated: 0.3, heldOut: 0.2 },
    { accounts: 300, holdout: 0.5, treated: 0.5, heldOut: 0.35 },
    { accounts: 600, holdout: 0.2, treated: 0.12, heldOut: 0.04 },
    { accounts: 400, holdout: 0.3, treated: 0.9, heldOut: 0.8 },
    { accounts: 400, holdout: 0.3, treated: 0.45, heldOut: 0.6 },
  ])(
    'is held by its interval in 93 to 97 % of a thousand books: $accounts accounts, $holdout held out, $treated against $heldOut',
    (planted) => {
      const { covered } = over(planted);
      expect(covered).toBeGreaterThanOrEqual(0.93);
      expect(covered).toBeLessThanOrEqual(0.97);
    },
    120_000,
  );

  it.each<PlantedLift>([
    { accounts: 600, holdout: 0.1, treated: 0.2, heldOut: 0.2 },
    { accounts: 300, holdout: 0.5, treated: 0.5, heldOut: 0.5 },
    { accounts: 600, holdout: 0.2, treated: 0.05, heldOut: 0.05 },
  ])(
    'is claimed in at most 7 % of a thousand books where there is none: $accounts accounts, $holdout held out, $treated',
    (planted) => {
      expect(over(planted).claimed).toBeLessThanOrEqual(0.07);
    },
    120_000,
  );
});
