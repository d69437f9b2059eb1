import type { Condition } from '../facts/fact.js';
import type { PersonRule } from './playbook.js';

/** An expected milestone. Onboarding has one of each, ongoing one a period. */
export interface Moment {
  readonly id: string;
  readonly label: string;
  readonly phase: 'onboarding' | 'ongoing';
  /** Which accounts; null = all. */
  readonly when: Condition | null;
  /** Onboarding: days after day 0 by which it is due. Ongoing: days after the start of the period. */
  readonly dueDay: number;
  /** Ongoing only: the period by tier id; a tier that is not named has no such moment. */
  readonly cadence: Readonly<Record<string, 'week' | 'month' | 'quarter' | 'year'>>;
  /** True when it has happened. */
  readonly done: Condition;
  readonly owner: PersonRule;
  /** What it is for, in the customer's words. */
  readonly objective: string;
  /** Onboarding ends when every required moment is done. */
  readonly required: boolean;
}

export interface MomentPlan {
  readonly moments: readonly Moment[];
  /** Days after which onboarding ends once first value is reached; twice that ends it in any case. */
  readonly onboardingDays: number;
  /** Days before the renewal in which the stage is `renew`. */
  readonly renewalWindow: number;
}
