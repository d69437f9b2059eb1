import { type Day, formatDay } from '../day.js';
import type { HealthAssessment, HealthState, Pulse } from '../health/assessment.js';
import type { TierRules, TierState } from '../tier/tier.js';

/** What of ours can be written to the account record. */
export const WRITTEN_FIELDS = [
  'score',
  'band',
  'trend',
  'drivers',
  'driversDetail',
  'coverage',
  'modelBand',
  'bandSource',
  'bandSince',
  'pulse',
  'pulseReason',
  'pulseBy',
  'pulseExpiresOn',
  'scoreChangedOn',
  'watermelon',
  'tier',
  'tierReason',
  'tierSince',
  'tierWaitingFor',
  'phase',
  'stage',
  'adoptionScore',
  'supportScore',
  'relationshipScore',
  'engagementScore',
  'sentimentScore',
  'commercialScore',
  'onboardingScore',
  'activePlaybooks',
  'lastEnrolmentOn',
] as const;
export type WrittenField = (typeof WRITTEN_FIELDS)[number];

/** A value as a CRM field holds it: dates `YYYY-MM-DD`. */
export type WrittenValue = string | number | boolean | null;
export type WrittenValues = Readonly<Record<WrittenField, WrittenValue>>;

export interface Drivers {
  readonly short: string;
  readonly long: string;
}

/** What the account record should show of health. Dates, not ages: it does not grow old by itself. */
export function healthValues(
  health: HealthAssessment,
  state: HealthState,
  drivers: Drivers,
): Omit<WrittenValues, TierValue | PhaseValue | WorkValue> {
  return {
    ...dimensionValues(health.dimensions),
    score: health.shownScore,
    band: health.band,
    trend: health.trend,
    drivers: drivers.short,
    driversDetail: drivers.long,
    coverage: Math.round(health.coverage * 100),
    modelBand: health.modelBand,
    bandSource: health.bandSource,
    bandSince: formatDay(state.bandSince),
    scoreChangedOn: health.transition === null ? null : formatDay(health.transition.day),
    watermelon: health.watermelon,
    ...pulseValues(health.pulse),
  };
}

type PulseValue = 'pulse' | 'pulseReason' | 'pulseBy' | 'pulseExpiresOn';

/** The judgement of a person, for as long as it sets the band. */
function pulseValues(pulse: Pulse | null): Pick<WrittenValues, PulseValue> {
  const until = pulse?.expiresOn ?? null;
  return {
    pulse: pulse?.band ?? null,
    pulseReason: pulse?.reason?.slice(0, MOST_TEXT) ?? null,
    pulseBy: pulse?.by?.slice(0, MOST_TEXT) ?? null,
    pulseExpiresOn: until === null ? null : formatDay(until),
  };
}

type TierValue = 'tier' | 'tierReason' | 'tierSince' | 'tierWaitingFor';
type PhaseValue = 'phase' | 'stage';
type WorkValue = 'activePlaybooks' | 'lastEnrolmentOn';
type DimensionValue = Extract<WrittenField, `${string}Score`>;

/** Each dimension's own score, 0-100; null where too little of it is known or the model has none. */
function dimensionValues(
  dimensions: HealthAssessment['dimensions'],
): Readonly<Record<DimensionValue, WrittenValue>> {
  const shown = (dimension: string): number | null => {
    const score = dimensions[dimension];
    return score === null || score === undefined ? null : Math.round(score / 100);
  };
  return {
    adoptionScore: shown('adoption'),
    supportScore: shown('support'),
    relationshipScore: shown('relationship'),
    engagementScore: shown('engagement'),
    sentimentScore: shown('sentiment'),
    commercialScore: shown('commercial'),
    onboardingScore: shown('onboarding'),
  };
}

/** Characters of a plain text field. */
const MOST_TEXT = 255;

/** What the account record should show of our work: playbooks that run, by name, and the day of the last enrolment. */
export function workValues(
  running: readonly string[],
  lastEnrolmentOn: Day | null,
): Pick<WrittenValues, WorkValue> {
  const names = [...new Set(running)].sort().join('; ');
  const cut = names.length > MOST_TEXT ? `${names.slice(0, MOST_TEXT - 1)}…` : names;
  return {
    activePlaybooks: cut === '' ? null : cut,
    lastEnrolmentOn: lastEnrolmentOn === null ? null : formatDay(lastEnrolmentOn),
  };
}

/** What the account record should show of the tier. */
export function tierValues(tier: TierState, rules: TierRules): Pick<WrittenValues, TierValue> {
  const waiting = rules.tiers.find(({ id }) => id === tier.waitingFor);
  return {
    tier: tier.tier,
    tierReason: tier.reason.slice(0, MOST_TEXT),
    tierSince: formatDay(tier.since),
    tierWaitingFor: waiting?.id ?? null,
  };
}
