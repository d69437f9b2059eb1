import type { HealthAssessment, HealthState, TrailMark } from './assessment.js';
import { visible } from './drivers.js';
import type { HealthModel } from './model.js';
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

/** The signals that carry a share of the score, for the next change. */
export function carriedSignals(model: HealthModel, scored: GuardedScore): HealthState['signals'] {
  const labels = new Map(
    model.dimensions.flatMap(({ signals }) => signals.map(({ id, label }) => [id, label])),
  );
  return scored.signals.flatMap(({ id, share, score }) =>
    score === null || share === 0 ? [] : [{ id, label: labels.get(id) ?? id, share, score }],
  );
}
