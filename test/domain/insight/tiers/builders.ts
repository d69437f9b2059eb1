import type { BookEntry } from '../../../../src/domain/insight/tiers/cuts.js';
import type { TierStaffing } from '../../../../src/domain/program/program-policy.js';
import type { Tier } from '../../../../src/domain/tier/tier.js';

export const TIERS: readonly Tier[] = [
  { id: 'high', label: 'High' },
  { id: 'mid', label: 'Mid' },
  { id: 'low', label: 'Low' },
];

export const LINES = [
  { tier: 'high', from: 100 },
  { tier: 'mid', from: 10 },
  { tier: 'low', from: null },
];

/** An account whose revenue is its measure, in the tier that these lines give it. */
export function anEntry(measure: number | null, change: Partial<BookEntry> = {}): BookEntry {
  const tier = measure === null ? 'unassigned' : measure >= 100 ? 'high' : measure >= 10 ? 'mid' : 'low';
  return { measure, revenue: measure, tier, fixed: null, ...change };
}

/** Two people with 1,000 hours a year each, ten hours for each account, 50 a year. */
export function aStaffing(change: Partial<TierStaffing> = {}): TierStaffing {
  return {
    people: 2,
    accountsPerPerson: null,
    hoursPerWeek: 1_000 / 52,
    utilisation: 1,
    activities: { review: { minutes: 150, perAccountAndYear: 4 } },
    costs: { personPerYear: 50, equipmentPerYear: 3, licencesPerYear: 2, perSend: 0 },
    ...change,
  };
}

export const PER_PERSON = { about: 1_000, warnBelow: 100, warnAbove: 10_000 };
