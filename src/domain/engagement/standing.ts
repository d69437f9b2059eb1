import type { Day } from '../day.js';
import type { Fact, Facts, FactValue } from '../facts/fact.js';
import type { StandingFactId } from '../facts/groups/standing.js';
import type { HealthAssessment, HealthState } from '../health/assessment.js';
import type { TierState } from '../tier/tier.js';
import type { MomentReading } from './moments.js';
import { dayZero, type Phase, type Stage } from './phase.js';

export interface Standing {
  readonly health: HealthAssessment;
  readonly healthState: HealthState;
  readonly tier: TierState;
  readonly locked: boolean | null;
  readonly phase: Phase | null;
  readonly stage: Stage | null;
  /** Day on which onboarding was seen to end; null while it lasts, or where it ended before us. */
  readonly onboardedOn: Day | null;
  readonly moments: readonly MomentReading[];
  /** Of the onboarding set, whether or not the account is in it still. */
  readonly onboarding: readonly MomentReading[];
  readonly dates: Readonly<Record<string, Day | null>>;
}

/** What our own assessment says of the account, as facts for playbooks. An unknown band is unknown, no value of its own. */
export function standingFacts(standing: Standing, facts: Facts, today: Day): Facts {
  const start = dayZero(facts);
  const values: Readonly<Record<StandingFactId, FactValue>> = {
    ...healthFacts(standing),
    ...tierFacts(standing),
    'journey.phase': standing.phase,
    'journey.stage': standing.stage,
    'journey.dayZero': start,
    'journey.day': start === null ? null : today - start,
    'journey.onboardedOn': standing.onboardedOn,
    ...momentCounts(standing, today),
  };
  const dates = Object.entries(standing.dates).map(([name, day]) => [`program.${name}`, day] as const);
  return Object.fromEntries(
    [...Object.entries(values), ...dates].map(([id, value]): [string, Fact] => [
      id,
      { value, asOf: value === null ? null : today },
    ]),
  );
}

function healthFacts({ health, healthState }: Standing) {
  const { band, transition } = health;
  const known = band !== 'unknown';
  const before = transition?.fromBand ?? null;
  return {
    'health.score': known ? health.shownScore : null,
    'health.band': known ? band : null,
    'health.bandBefore': known && before !== band && before !== 'unknown' ? before : null,
    'health.bandSince': known ? healthState.bandSince : null,
    'health.coverage': Math.round(health.coverage * 100),
    'health.watermelon': known ? health.watermelon : null,
  };
}

function tierFacts({ tier, locked }: Standing) {
  const known = tier.by !== 'unassigned';
  return {
    'tier.id': known ? tier.tier : null,
    'tier.since': known ? tier.since : null,
    'tier.locked': locked,
  };
}

function momentCounts({ moments, onboarding }: Standing, today: Day) {
  const late = moments.filter(({ done, dueOn }) => done === false && dueOn < today);
  const done = onboarding.filter((moment) => moment.done === true);
  const days = [...moments, ...onboarding].flatMap(({ doneOn }) => (doneOn === null ? [] : [doneOn]));
  return {
    'moments.overdue': moments.length === 0 ? null : late.length,
    'moments.doneShare': onboarding.length === 0 ? null : Math.round((done.length / onboarding.length) * 100),
    'moments.lastDoneOn': days.length === 0 ? null : Math.max(...days),
  };
}
