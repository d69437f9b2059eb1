import type { Case } from './auc.js';
import { foldQuestions } from './cross-fit.js';
import type { Estimate } from './intervals.js';
import type { Forecast } from './metrics.js';

/**
 * Chances (0-1) that were told by folds, at the level of all outcomes: the odds of each fold are multiplied by those of
 * all over those of the others. Fitted on the others alone, a fold with many losses is told the fewest, so that even
 * where all cases are alike their chances would seem to rank them, the wrong way round.
 */
export function levelled(chances: readonly number[], cases: readonly Case[]): readonly number[] {
  const all = oddsOf(cases);
  const level = [...chances];
  for (const { train, test } of foldQuestions(cases)) {
    const shift = all / oddsOf(train.flatMap((at) => cases[at] ?? []));
    for (const at of test) level[at] = shifted(chances[at] ?? 0, shift);
  }
  return level;
}

function oddsOf(cases: readonly Case[]): number {
  const events = cases.filter(({ event }) => event).length;
  return events / (cases.length - events);
}

/** Where the others hold one kind only there is nothing to shift by. Rounded, so that equal chances stay equal. */
function shifted(chance: number, shift: number): number {
  if (!Number.isFinite(shift) || shift <= 0) return chance;
  return Number(((chance * shift) / (chance * shift + 1 - chance)).toFixed(9));
}

/**
 * Lift of the riskiest tenth of each fold (over 0; 1 = as all): their rate of events over the rate of all. A fold is
 * ranked by one model; a place that several tie for, or a part of one, counts with their mean. Null without any event.
 */
export function liftWithin(forecasts: readonly Forecast[], cases: readonly Case[]): number | null {
  const all = forecasts.filter(({ event }) => event).length;
  if (all === 0) return null;
  const folds = foldQuestions(cases).map(({ test }) => test.flatMap((at) => forecasts[at] ?? []));
  const events = folds.reduce((sum, fold) => sum + eventsIn(fold, fold.length / 10), 0);
  return events / (all / 10);
}

/** Events in so many of the first places, by risk. */
function eventsIn(fold: readonly Forecast[], places: number): number {
  let [left, events] = [places, 0];
  const groups = [...Map.groupBy(fold, ({ risk }) => risk)].sort(([a], [b]) => b - a);
  for (const [, tied] of groups) {
    const taken = Math.min(left, tied.length);
    events += (taken * tied.filter(({ event }) => event).length) / tied.length;
    left -= taken;
    if (left <= 0) break;
  }
  return events;
}

/** An area by a reading that folds turn different ways: its interval holds what it would be either way round. */
export function eitherWay({ value, low, high }: Estimate): Estimate {
  return { value, low: Math.min(low, 1 - high), high: Math.max(high, 1 - low) };
}
