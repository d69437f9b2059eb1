import { type BacktestReport, cutsOf } from '../domain/insight/backtest.js';
import { isEnough } from '../domain/insight/enough.js';
import { suggestWeights } from '../domain/insight/suggestion.js';
import { type WeightSuggestion, weightSuggestion } from '../domain/insight/weight-change.js';
import type { Run } from '../sync/context.js';
import { tooFew } from './backtest.js';
import { type NewlyScored, newlyScored } from './newly-scored.js';
import { type Gathered, gatherOutcomes, type OutcomeQuestion } from './outcomes.js';
import { type WrittenModel, writtenModel } from './written-model.js';

/** Weights that the past suggests, and how config/health.yaml would say them; null = nothing tells who stays. */
export interface SuggestedWeights extends WeightSuggestion {
  readonly outcomes: Pick<Gathered, 'kind' | 'days' | 'asOf' | 'leftOut'>;
  readonly cuts: BacktestReport['cuts'];
  readonly written: WrittenModel | null;
  /** Who has no score today and would get one; null = nothing is suggested. */
  readonly newlyScored: NewlyScored | null;
  /** Models that would no longer be used: one is fitted for everybody, so that scores can be compared. */
  readonly leftOut: readonly string[];
}

/** Looks back on the stored book and fits weights to what came of it. Writes nothing. Throws under the floor of outcomes. */
export async function suggestedWeights(run: Run, question: OutcomeQuestion): Promise<SuggestedWeights> {
  const outcomes = await gatherOutcomes(run, question);
  if (!isEnough(outcomes.examples)) throw tooFew(outcomes, question);
  const { models, coverage } = run.settings.health;
  const today = models.at(-1);
  if (today === undefined) throw new Error('A health policy has a model for everybody.');
  const fitted = suggestWeights(outcomes, { ...coverage, today });
  const { kind, days, asOf, leftOut } = outcomes;
  const suggested = weightSuggestion(outcomes, fitted, today);
  const none = suggested.verdict === 'no signal' || fitted.model.dimensions.length === 0;
  return {
    outcomes: { kind, days, asOf, leftOut },
    cuts: cutsOf(outcomes.examples),
    ...suggested,
    newlyScored: none ? null : await newlyScored(run, fitted.model, today),
    written: fitted.model.dimensions.length === 0 ? null : writtenModel(fitted.model, today),
    leftOut: models.slice(0, -1).map(({ id }) => id),
  };
}
