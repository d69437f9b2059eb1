import type { AccountAssessment, AccountState } from '../domain/assess-account.js';
import type { RecordValue } from '../domain/facts/record.js';
import type { TierState } from '../domain/tier/tier.js';
import type { AccountStanding } from '../ports/standing-store.js';

/** Facts of an account that go along with its people, by the name that the mappings use, and a hash of all that would. */
export interface Carried {
  readonly values: Readonly<Record<string, RecordValue>>;
  readonly hash: string;
}

/** What `explain` and the plan read back: the opaque `result` of a stored assessment. */
export interface StoredResult {
  readonly health: AccountAssessment['health'];
  readonly tier: TierState;
  readonly tierWish: AccountAssessment['tierWish'];
  readonly phase: AccountAssessment['phase'];
  readonly stage: AccountAssessment['stage'];
  /** Facts that go along with people into the marketing tools, and their hash. */
  readonly carried: Carried;
  /** Day 0 of the customer; null = not known. */
  readonly dayZero: number | null;
  /** Moments of today, for `timeline` and the reports. */
  readonly moments: readonly ShownMoment[];
}

export interface ShownMoment {
  readonly id: string;
  readonly phase: string;
  readonly dueOn: number;
  readonly done: boolean | null;
  readonly doneOn: number | null;
}

/** How the account stands, as lists and counts show it. */
export function standingOf(
  { shownScore, band, coverage }: StoredResult['health'],
  { health, tier }: Pick<AccountState, 'health' | 'tier'>,
): AccountStanding {
  return {
    score: shownScore,
    band,
    bandSince: health.bandSince,
    tier: tier.tier,
    tierSince: tier.since,
    coverage: Math.round(coverage * 100),
  };
}
