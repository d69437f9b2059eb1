import type { Day } from '../day.js';
import type { Facts } from '../facts/fact.js';
import type { MomentPlan } from './moment.js';
import { allRequiredDone, logged, type MomentLog, type MomentReading, readMoments } from './moments.js';
import { dayZero, type Phase, phaseOf, type Stage, stageOf } from './phase.js';

export interface Journey {
  readonly phase: Phase | null;
  readonly stage: Stage | null;
  readonly moments: readonly MomentReading[];
  readonly onboarding: readonly MomentReading[];
  readonly onboardedOn: Day | null;
  readonly log: MomentLog;
}

/** What is remembered from before today. */
export interface JourneyBefore {
  readonly log: MomentLog;
  readonly phase: Phase | null;
  readonly onboardedOn: Day | null;
}

export interface JourneyQuestion {
  readonly facts: Facts;
  readonly tier: string;
  readonly plan: MomentPlan;
  readonly today: Day;
}

/** Where the customer stands on the way: the phase follows from the moments, the moments shown from the phase. */
export function journeyOf(
  { log, phase: phaseBefore, onboardedOn }: JourneyBefore,
  { facts, tier, plan, today }: JourneyQuestion,
): Journey {
  const start = dayZero(facts);
  const young = start !== null && today - start < 2 * plan.onboardingDays;
  const ask = { facts, plan, log, tier, today };
  const onboarding = young ? readMoments({ ...ask, phase: 'onboarding' }) : [];
  const momentsDone = allRequiredDone(onboarding);
  const phase = phaseOf(facts, today, { onboardingDays: plan.onboardingDays, momentsDone });
  const moments = phase === 'onboarding' ? onboarding : readMoments({ ...ask, phase });
  const ended = phase === 'ongoing' && phaseBefore === 'onboarding' ? today : onboardedOn;
  return {
    phase,
    stage: stageOf(facts, today, { phase, renewalWindow: plan.renewalWindow }),
    moments,
    onboarding,
    onboardedOn: phase === 'onboarding' ? null : ended,
    log: logged(log, [...onboarding, ...moments], today),
  };
}
