import type { Estimate } from './auc.js';
import type { Compared } from './figures.js';

/** What the figures come to. */
export interface Verdict {
  /** `no signal`, or whether the score separates and whether other weights would do better. */
  readonly kind: 'no signal' | 'separates' | 'does not separate' | 'points the wrong way';
  /** Whether the interval of the gap between the score and the ceiling spans 0. */
  readonly gapSpansZero: boolean;
  /** Share (0-1) of that gap that other weights would close; null where there is no gap to close. */
  readonly gapClosed: number | null;
  /** In sentences, the first of them alone enough. */
  readonly words: readonly string[];
}

/** What can be said of a score, in words. An interval that holds 0.5, or a gap that spans 0, claims nothing. */
export function verdictOn(figures: Compared): Verdict {
  const { models, gaps } = figures;
  const gap = gaps.defaultToCeiling;
  const gapSpansZero = gap === null || (gap.low <= 0 && gap.high >= 0);
  if (!anySeparates([models.default, models.suggested, models.ceiling])) {
    const words = [
      'No signal: neither the score, nor other weights, nor the fitted ceiling tells better than chance who stays. What is read of these accounts does not say it.',
    ];
    return { kind: 'no signal', gapSpansZero, gapClosed: null, words };
  }
  const gapClosed = closedShare(gap, gaps.defaultToSuggested);
  const kind = kindOf(models.default);
  return {
    kind,
    gapSpansZero,
    gapClosed,
    words: [scoreInWords(kind, models.default), gapInWords(figures, gapClosed)],
  };
}

/** 98.33 % instead of 95 %: of three that are tried one would else be taken for more than chance too often (Bonferroni). */
const OF_THREE = 2.394 / 1.96;

function anySeparates(tried: readonly Compared['models']['default'][]): boolean {
  return tried.some((one) => one !== null && one.auc - (one.auc - one.low) * OF_THREE > 0.5);
}

function kindOf(score: Compared['models']['default']): Verdict['kind'] {
  if (score === null) return 'does not separate';
  if (score.high < 0.5) return 'points the wrong way';
  return score.low > 0.5 ? 'separates' : 'does not separate';
}

function closedShare(gap: Estimate | null, gain: Estimate | null): number | null {
  return gap === null || gain === null || gap.low <= 0 ? null : gain.value / gap.value;
}

function scoreInWords(kind: Verdict['kind'], score: Compared['models']['default']): string {
  const auc = score === null ? '' : ` (AUC ${fixed(score.auc)}, ${range(score)})`;
  if (kind === 'separates') return `The score separates those who stay from those who leave${auc}.`;
  if (kind === 'points the wrong way')
    return `The score points the wrong way${auc}: who stands higher leaves more often. Its curves or weights need another look.`;
  return `The score does not separate those who stay from those who leave${auc}: its interval holds 0.5.`;
}

function gapInWords({ gaps }: Compared, closed: number | null): string {
  const { defaultToCeiling: gap, defaultToSuggested: gain } = gaps;
  if (gap === null) return 'How far the ceiling lies above it can’t be told.';
  const told = `${signed(gap.value)}, ${range(gap)}`;
  if (gap.high < 0)
    return `Nothing to gain by other weights: the fitted ceiling does no better than the score (${told}).`;
  if (gap.low <= 0)
    return `Nothing to gain by other weights: the interval of the gap to the fitted ceiling (${told}) spans 0.`;
  if (gain === null || closed === null || gain.low <= 0)
    return `The fitted ceiling does better (${told}), but other weights do not get there: what is missing is a signal, not a weight.`;
  const share = Math.min(100, Math.round(closed * 100));
  return `Better weights would close ${share} % of the gap to the fitted ceiling (${told}): AUC ${signed(gain.value)}, ${range(gain)}, out of sample. See \`truenorth suggest weights\`.`;
}

function fixed(value: number): string {
  return value.toFixed(3);
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${fixed(Math.abs(value))}`;
}

function range({ low, high }: { readonly low: number; readonly high: number }): string {
  return `95 % interval ${plain(low)} to ${plain(high)}`;
}

function plain(value: number): string {
  return value < 0 ? `−${fixed(-value)}` : fixed(value);
}
