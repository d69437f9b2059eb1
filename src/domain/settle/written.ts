import { formatDay } from '../day.js';
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
): Omit<WrittenValues, TierValue | PhaseValue> {
  return {
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
    pulseReason: pulse?.reason?.slice(0, TEXT) ?? null,
    pulseBy: pulse?.by?.slice(0, TEXT) ?? null,
    pulseExpiresOn: until === null ? null : formatDay(until),
  };
}

/** Characters of a plain text field. */
const TEXT = 255;

type TierValue = 'tier' | 'tierReason' | 'tierSince' | 'tierWaitingFor';
type PhaseValue = 'phase' | 'stage';

/** What the account record should show of the tier. */
export function tierValues(tier: TierState, rules: TierRules): Pick<WrittenValues, TierValue> {
  const waiting = rules.tiers.find(({ id }) => id === tier.waitingFor);
  return {
    tier: tier.tier,
    tierReason: tier.reason.slice(0, TEXT),
    tierSince: formatDay(tier.since),
    tierWaitingFor: waiting?.id ?? null,
  };
}
