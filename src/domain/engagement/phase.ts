import type { Day } from '../day.js';
import type { AccountFactId } from '../facts/catalogue.js';
import type { Facts } from '../facts/fact.js';

export type Phase = 'onboarding' | 'ongoing';
export type Stage = 'land' | 'renew' | 'adopt' | 'expand';

export interface PhaseRules {
  /** Days after which onboarding ends once first value is reached; twice that ends it in any case. */
  readonly onboardingDays: number;
  /** Days before the renewal in which the stage is `renew`. */
  readonly renewalWindow: number;
}

function dayFact(facts: Facts, id: AccountFactId): Day | null {
  const value = facts[id]?.value ?? null;
  return typeof value === 'number' ? value : null;
}

/** Day 0: the first won close date, else the day the account became a customer; null = not known. */
export function dayZero(facts: Facts): Day | null {
  return dayFact(facts, 'opportunities.firstWonOn') ?? dayFact(facts, 'account.customerSince');
}

/** First value is the first key action; null = not reached, or nobody can tell. */
function firstValueOn(facts: Facts): Day | null {
  return dayFact(facts, 'usage.firstValueOn');
}

/**
 * Onboarding until every required moment is done (`momentsDone`; null = nobody can tell), until day 90
 * with first value reached, until day 180, or until day 90 where first value cannot be measured. Null when nobody knows when the account became a customer.
 */
export function phaseOf(
  facts: Facts,
  today: Day,
  {
    onboardingDays,
    momentsDone,
  }: Pick<PhaseRules, 'onboardingDays'> & { readonly momentsDone: boolean | null },
): Phase | null {
  const start = dayZero(facts);
  if (start === null || start > today) return null;
  if (momentsDone === true) return 'ongoing';
  const age = today - start;
  if (age < onboardingDays) return 'onboarding';
  if (age >= 2 * onboardingDays) return 'ongoing';
  const measurable = (facts['usage.keyActions28']?.value ?? null) !== null;
  return measurable && firstValueOn(facts) === null ? 'onboarding' : 'ongoing';
}

/** The first that holds: land, renew, expand, adopt. Null with the phase. */
export function stageOf(
  facts: Facts,
  today: Day,
  { phase, renewalWindow }: Pick<PhaseRules, 'renewalWindow'> & { readonly phase: Phase | null },
): Stage | null {
  if (phase === null) return null;
  if (phase === 'onboarding' && firstValueOn(facts) === null) return 'land';
  const renewal = dayFact(facts, 'account.renewalOn');
  if (renewal !== null && renewal >= today && renewal - today <= renewalWindow) return 'renew';
  const expanding = facts['opportunities.openExpansion']?.value;
  return typeof expanding === 'number' && expanding > 0 ? 'expand' : 'adopt';
}
