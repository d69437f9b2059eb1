import { spokenDay } from '../../day.js';
import type { MissingSignal } from './missing.js';
import type { SeparationChange, SeparationPoint } from './separation.js';

/** What people are told when something tells less than it did, one sentence each with what to do. */
export function driftSentences(
  change: SeparationChange | null,
  missing: readonly MissingSignal[],
): readonly string[] {
  return [
    ...(change?.fell === true ? [fallInWords(change)] : []),
    ...missing.filter(({ rose }) => rose).map(riseInWords),
  ];
}

/** What could not be compared with anything yet, and what it waits for, one sentence each; empty where all could. */
export function notCompared(
  change: SeparationChange | null,
  missing: readonly MissingSignal[],
): readonly string[] {
  return [
    ...(change === null
      ? [
          'the score needs two quarters that are over and share no outcome, each with 30 outcomes, 5 of either kind',
        ]
      : []),
    ...(missing.every(({ before }) => before === null)
      ? ['missing signals need three days of the weeks before under the same model']
      : []),
  ];
}

function fallInWords({ before, now }: SeparationChange): string {
  return `The score tells customers who stay from those who leave less well than it did: ${pointInWords(now)}, ${pointInWords(before)} before. Run "truenorth backtest" and "truenorth suggest weights" before you trust new scores.`;
}

/** `AUC 0.71 (0.64 to 0.78, n 214) in the 12 months to 30 Sep 2026`. */
function pointInWords({ auc, asOf, outcomes }: SeparationPoint): string {
  const { value, low, high } = auc ?? { value: 0, low: 0, high: 0 };
  const area = `AUC ${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)}, n ${outcomes})`;
  return `${area} in the 12 months to ${spokenDay(asOf)}`;
}

function riseInWords({ label, now, before }: MissingSignal): string {
  const percent = (share: number | null): number => Math.round((share ?? 0) * 100);
  return `The signal “${label}” is unknown for ${percent(now)} % of the accounts, ${percent(before)} % in the weeks before: look at the source that feeds it before you trust new scores.`;
}
