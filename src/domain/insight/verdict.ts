import { type Compared, type Figures, ranksNobody } from './figures.js';
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

/** Outcomes, and those of them that have a score; the best single reading, and of how many it is the best. */
interface Known {
  readonly n: number;
  readonly scored: number;
  readonly bestSignalId: string | null;
  readonly readings: number;
}

/** What can be said of a score, in words. An interval that holds 0.5, or a gap that spans 0, claims nothing. */
export function verdictOn(figures: Compared, known: Known): Verdict {
  const { models, gaps } = figures;
  const gap = gaps.defaultToCeiling;
  const gapSpansZero = gap === null || (gap.low <= 0 && gap.high >= 0);
  if (!TRIED.some((id) => tells(id, models[id], known)))
    return { kind: 'no signal', gapSpansZero, gapClosed: null, words: [noSignal(models.ceiling)] };
  if (models.default === null)
    return { kind: 'no score', gapSpansZero, gapClosed: null, words: withoutScore(figures, known) };
  const gapClosed = closedShare(gap, gaps.defaultToSuggested);
  const kind = kindOf(models.default);
  const words = [scoreInWords(kind, models.default), ...restInWords(figures, gapClosed, known)];
  return { kind, gapSpansZero, gapClosed, words };
}

/** Revenue is none of them: it is no sign of health. */
const TRIED = ['default', 'suggested', 'ceiling', 'bestSignal', 'existing'] as const;

/**
 * Whether one of those that are tried is told apart from chance: with 99 % instead of 95 %, as five are tried, and the
 * best of so many readings with as much more. Every case is told by what has not seen it, but where one reading that
 * happens to fit is the best in all folds, all of it is counted.
 */
function tells(id: (typeof TRIED)[number], one: Figures | null, { readings }: Known): boolean {
  if (one === null) return false;
  const tried = TRIED.length * (id === 'bestSignal' ? Math.max(1, readings) : 1);
  return one.auc - Math.max(1e-9, one.auc - one.low) * (widthFor(tried) / Z95) > 0.5;
}

function noSignal(ceiling: Figures | null): string {
  const fitted = ceiling === null ? '' : ', nor the fitted ceiling';
  return `No signal: neither the score, nor other weights${fitted}, nor any reading by itself tells better than chance who stays. What is read of these accounts does not say it.`;
}

function withoutScore({ models }: Compared, known: Known): readonly string[] {
  const { n, scored, bestSignalId } = known;
  const { suggested, ceiling, bestSignal, existing } = models;
  const one = (name: string, figures: Figures | null, note = '') =>
    figures === null ? [] : [`${name} AUC ${fixed(figures.auc)}, ${range(figures)}${note}`];
  const reached = [
    ...one('suggested weights', suggested, ', out of sample'),
    ...one('the fitted ceiling', ceiling),
    ...one(
      `the best single reading (${bestSignalId})`,
      tells('bestSignal', bestSignal, known) ? bestSignal : null,
    ),
    ...one('the health field of the org', tells('existing', existing, known) ? existing : null),
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
  if (gap === null || gain === null || gap.low <= 0) return null;
  return Math.min(1, Math.max(0, gain.value / gap.value));
}

function scoreInWords(kind: Verdict['kind'], score: Figures): string {
  const auc = ` (AUC ${fixed(score.auc)}, ${range(score)})`;
  if (kind === 'separates') return `The score separates those who stay from those who leave${auc}.`;
  if (kind === 'points the wrong way')
    return `The score points the wrong way${auc}: who stands higher leaves more often. Its curves or weights need another look.`;
  const why = ranksNobody(score) ? 'it ranks nobody' : 'its interval holds 0.5';
  return `The score does not separate those who stay from those who leave${auc}: ${why}.`;
}

/** What does better than the score. Where a baseline does, it is not said that nothing is to be gained. */
function restInWords(figures: Compared, closed: number | null, known: Known): readonly string[] {
  const better = baselineInWords(figures, known);
  const { defaultToCeiling: gap } = figures.gaps;
  if (better !== null && (gap === null || gap.low <= 0)) return [better];
  return [...(better === null ? [] : [better]), gapInWords(figures, closed)];
}

function baselineInWords({ models, gaps }: Compared, known: Known): string | null {
  const { existingToDefault: lead, defaultToBestSignal: single } = gaps;
  const field = lead && { value: -lead.value, low: -lead.high, high: -lead.low };
  const found = [
    { id: 'bestSignal', name: `The best single reading, ${known.bestSignalId},`, gain: single },
    { id: 'existing', name: 'The health field of the org', gain: field },
  ] as const;
  const best = found
    .flatMap(({ id, name, gain }) => {
      const figures = models[id];
      const holds = gain !== null && gain.low > 0 && figures !== null && tells(id, figures, known);
      return holds ? [{ name, gain, figures }] : [];
    })
    .toSorted((a, b) => b.gain.value - a.gain.value)[0];
  if (best === undefined) return null;
  const told = `AUC ${fixed(best.figures.auc)}, ${range(best.figures)}`;
  return `${best.name} tells more than the score: ${told}; ${signed(best.gain.value)}, ${range(best.gain)}. See whether the score reads it, and with which weight.`;
}

function gapInWords({ gaps, models }: Compared, closed: number | null): string {
  const { defaultToCeiling: gap, defaultToSuggested: gain } = gaps;
  if (models.ceiling === null)
    return 'How much more could be had can’t be told: there are too few outcomes to fit a ceiling.';
  if (gap === null) return 'How far the ceiling lies above it can’t be told.';
  const told = `${signed(gap.value)}, ${range(gap)}`;
  if (gap.high < 0)
    return `Nothing to gain by other weights: the fitted ceiling does no better than the score (${told}).`;
  if (gap.low <= 0)
    return `Nothing to gain by other weights: the interval of the gap to the fitted ceiling (${told}) spans 0.`;
  if (gain === null || closed === null || gain.low <= 0)
    return `The fitted ceiling does better (${told}), but that other weights do can’t be told from chance. It reads the same facts, so look at curves, at what tells only together, and at facts that no weight can be given to.`;
  return `Better weights would close ${Math.round(closed * 100)} % of the gap to the fitted ceiling (${told}): AUC ${signed(gain.value)}, ${range(gain)}, out of sample. See \`truenorth suggest weights\`.`;
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
