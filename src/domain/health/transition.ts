import type { Day } from '../day.js';
import type { HealthAssessment, HealthState, Transition } from './assessment.js';
import { pointsChanged, type ScoredSide } from './change.js';
import type { HealthModel } from './model.js';

export type Unchanged = Omit<HealthAssessment, 'transition' | 'pointsLost' | 'trend'>;

/**
 * A new transition when the shown score or the band differs from the base, else the one that was
 * shown before. Without a base nothing has changed.
 */
export function transitionTo(
  now: Unchanged,
  base: HealthState | null,
  at: { readonly carried: HealthState['signals']; readonly model: HealthModel; readonly today: Day },
): Transition | null {
  if (base === null) return null;
  if (now.shownScore === base.shownScore && now.band === base.band) return base.transition;
  const [from, to] = [sideOf(base), sideOf({ ...now, signals: at.carried })];
  return {
    day: at.today,
    fromScore: base.shownScore,
    toScore: now.shownScore,
    fromBand: base.band,
    toBand: now.band,
    lines: from && to ? pointsChanged(from, to, labelOf(at.model)) : [],
  };
}

type Side = Pick<HealthState, 'modelId' | 'modelVersion' | 'raw' | 'score' | 'signals'>;

function labelOf({ dimensions }: HealthModel): (id: string) => string {
  const signals = dimensions.flatMap((dimension) => dimension.signals);
  return (id) => signals.find((signal) => signal.id === id)?.label ?? id;
}

/** Null where there was no score to take apart. */
function sideOf({ raw, score, modelId, modelVersion, signals }: Side): ScoredSide | null {
  return raw === null || score === null ? null : { modelId, modelVersion, raw, score, signals };
}
