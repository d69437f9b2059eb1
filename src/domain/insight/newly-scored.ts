import type { HealthModel, HealthPolicy, ModelSignal } from '../health/model.js';
import { type Moment, scoreModel } from '../health/score.js';
import type { SuggestedModel, SuggestedSignal } from './suggestion.js';

/** What a suggested model would say of an account: nothing, a score, or one that rests for the most part on what the account is. */
export type ScoreSaid = 'none' | 'by what it does' | 'by what it is';

/** Profile: a field of the org's own, or tenure; nothing that a customer does. */
function isProfile({ candidate }: SuggestedSignal): boolean {
  return candidate.signal === null;
}

/** The suggested model as health is scored by it, with the rules for weights that stay. */
function asHealthModel({ dimensions }: SuggestedModel, today: HealthModel): HealthModel {
  return {
    ...today,
    dimensions: dimensions.map(({ id, weight, signals }) => {
      const known = today.dimensions.find((one) => one.id === id);
      return {
        id,
        label: known?.label ?? id,
        weight,
        weightRules: known?.weightRules ?? [],
        signals: signals.map(asSignal),
      };
    }),
  };
}

function asSignal(one: SuggestedSignal): ModelSignal {
  const { candidate, weight, curve } = one;
  if (candidate.signal !== null) return { ...candidate.signal, weight };
  const { id, label, value } = candidate;
  const curves = curve === null ? [] : [{ when: null, curve }];
  return { id, label, unit: null, weight, value, curves, freshFor: null, text: null };
}

/** Whether an account would be shown a score by a suggested model, and whether more than half of it would be profile. */
export function scoreSaid(
  suggested: SuggestedModel,
  { today, coverage }: { readonly today: HealthModel; readonly coverage: HealthPolicy['coverage'] },
  at: Moment,
): ScoreSaid {
  const scored = scoreModel(asHealthModel(suggested, today), coverage, at);
  if (scored.raw === null || scored.coverage < coverage.enterUnknownBelow) return 'none';
  const profile = new Set(
    suggested.dimensions.flatMap(({ signals }) =>
      signals.filter(isProfile).map(({ candidate }) => candidate.id),
    ),
  );
  const share = scored.signals.reduce((sum, one) => sum + (profile.has(one.id) ? one.share : 0), 0);
  return share > 0.5 ? 'by what it is' : 'by what it does';
}
