import type { Compared, Figures } from './figures.js';
import { type Estimate, widthFor, Z95 } from './intervals.js';

/** What the figures come to. */
export interface Verdict {
  /** `no signal`, or whether the score separates and whether other weights would do better. */
  readonly kind: 'no signal' | 'no score' | 'separates' | 'does not separate' | 'points the wrong way';
  /** Whether the interval of the gap between the score and the ceiling spans 0. */
  readonly gapSpansZero: boolean;
  /** Share (0-1) of that gap that other weights would close; null where there is no gap to close. */
  readonly gapClosed: number | null;
  /** In sentences, the first of them alone enough. */
  readonly words: readonly string[];
}

/** Outcomes, and those of them that have a score. */
interface Known {
  readonly n: number;
  readonly scored: number;
}

/** What can be said of a score, in words. An interval that holds 0.5, or a gap that spans 0, claims nothing. */
export function verdictOn(figures: Compared, known: Known): Verdict {
  const { models, gaps } = figures;
  const gap = gaps.defaultToCeiling;
  const gapSpansZero = gap === null || (gap.low <= 0 && gap.high >= 0);
  if (!anySeparates([models.default, models.suggested, models.ceiling])) {
    const words = [
      'No signal: neither the score, nor other weights, nor the fitted ceiling tells better than chance who stays. What is read of these accounts does not say it.',
    ];
    return { kind: 'no signal', gapSpansZero, gapClosed: null, words };
  }
  if (models.default === null)
    return { kind: 'no score', gapSpansZero, gapClosed: null, words: withoutScore(figures, known) };
  const gapClosed = closedShare(gap, gaps.defaultToSuggested);
  const kind = kindOf(models.default);
  return {
    kind,
    gapSpansZero,
    gapClosed,
    words: [scoreInWords(kind, models.default), gapInWords(figures, gapClosed)],
  };
}

/** 98.33 % instead of 95 %: of three that are tried one would else be taken for more than chance too often. */
const OF_THREE = widthFor(3) / Z95;

function anySeparates(tried: readonly Compared['models']['default'][]): boolean {
  return tried.some((one) => one !== null && one.auc - (one.auc - one.low) * OF_THREE > 0.5);
}

function withoutScore({ models }: Compared, { n, scored }: Known): readonly string[] {
  const { suggested, ceiling } = models;
  const reached = [
    ...(suggested === null
      ? []
      : [`suggested weights AUC ${fixed(suggested.auc)}, ${range(suggested)}, out of sample`]),
    ...(ceiling === null ? [] : [`the fitted ceiling AUC ${fixed(ceiling.auc)}, ${range(ceiling)}`]),
  ];
  return [
    `The score can’t be judged yet: of ${n} outcomes only ${scored} have one, as too little is known of the time before; what is shown from now on is kept.`,
    `What is known does tell who stays: ${reached.join('; ')}.`,
  ];
}

function kindOf(score: Figures): Verdict['kind'] {
  if (score.high < 0.5) return 'points the wrong way';
  return score.low > 0.5 ? 'separates' : 'does not separate';
}

function closedShare(gap: Estimate | null, gain: Estimate | null): number | null {
  return gap === null || gain === null || gap.low <= 0 ? null : gain.value / gap.value;
}

function scoreInWords(kind: Verdict['kind'], score: Figures): string {
  const auc = ` (AUC ${fixed(score.auc)}, ${range(score)})`;
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
    return `The fitted ceiling does better (${told}), but that other weights do can’t be told from chance. It reads the same facts, so look at curves, at what tells only together, and at facts that no weight can be given to.`;
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
