import type { CarriedSignal, HealthAssessment, HealthState, SignalReading, TrailMark } from './assessment.js';
import { visible } from './drivers.js';
import type { GuardedScore, Verdict } from './verdict.js';

export interface StateQuestion {
  readonly assessment: HealthAssessment;
  readonly scored: GuardedScore;
  readonly verdict: Verdict;
  readonly carried: HealthState['signals'];
  readonly trail: readonly TrailMark[];
}

/** What tomorrow starts from. */
export function nextState(question: StateQuestion, base: HealthState | null, today: number): HealthState {
  const { assessment, scored, verdict, carried, trail } = question;
  const { modelId, modelVersion, score, shownScore, raw, band, modelBand, guards, transition } = assessment;
  return {
    day: today,
    modelId,
    modelVersion,
    score,
    shownScore,
    raw,
    band,
    modelBand,
    guards,
    lastKnownBand: band === 'unknown' ? (base?.lastKnownBand ?? null) : band,
    lastKnownModelBand: modelBand === 'unknown' ? (base?.lastKnownModelBand ?? null) : modelBand,
    bandSince: base?.band === band ? base.bandSince : today,
    passedSince: verdict.passedSince,
    coverageLow: scored.coverageLow,
    signals: carried,
    transition,
    modelChangedOn: verdict.modelChangedOn,
    trail,
    drivers: visible(assessment.pointsLost).map(({ source, shown, text }) => ({ source, shown, text })),
  };
}

/** The signals that carry a share of the score; their labels stay with the model. */
export function carriedSignals(signals: readonly SignalReading[]): readonly CarriedSignal[] {
  return signals.flatMap(({ id, share, score }) =>
    score === null || share === 0 ? [] : [{ id, share: Math.round(share * 1e6) / 1e6, score }],
  );
}
