import { describe, expect, it } from '@jest/globals';
import { milestonesFor } from '../../../src/domain/insight/milestones.js';
import { type TrueNorth, trueNorth } from '../../../src/domain/insight/true-north.js';
import {
  PLANTED_REACH,
  type PlantedMilestone,
  plantedCustomers,
  trueDifference,
} from '../../support/insight/planted.js';

const SEEDS = 1_000;

function lookedAt(planted: PlantedMilestone): TrueNorth {
  const customers = plantedCustomers(planted);
  const milestones = milestonesFor(customers, []);
  const { found } = trueNorth({ customers, milestones, reach: PLANTED_REACH });
  const [all] = found;
  if (all === undefined) throw new Error('Nothing was looked at.');
  return all;
}

function seeds(): readonly number[] {
  return Array.from({ length: SEEDS }, (_, at) => at + 1);
}

describe('true north on generated books', () => {
  it('gives an interval that holds the planted difference in 93 to 97 % of a thousand seeds', () => {
    const held = seeds().filter((seed) => {
      const planted = { seed, customers: 600, byDay: 30, with: 0.95, without: 0.6 };
      const { chosen } = lookedAt(planted);
      if (chosen?.difference == null) return false;
      const truth = trueDifference(planted, chosen.milestone.id);
      return chosen.difference.low <= truth && truth <= chosen.difference.high;
    });
    expect(held.length / SEEDS).toBeGreaterThanOrEqual(0.93);
    expect(held.length / SEEDS).toBeLessThanOrEqual(0.97);
  });

  it('claims one in at most 7 % of a thousand seeds where none is planted', () => {
    const claimed = seeds().filter((seed) => {
      const planted = { seed, customers: 600, byDay: 30, with: 0.8, without: 0.8 };
      return lookedAt(planted).verdict === 'separates';
    });
    expect(claimed.length / SEEDS).toBeLessThanOrEqual(0.07);
  });
});
