import type { Day } from '../day.js';
import type { HealthState } from './assessment.js';
import type { Band, BandRules } from './model.js';

export type KnownBand = Exclude<Band, 'unknown'>;

const ORDER: readonly KnownBand[] = ['risk', 'watch', 'healthy'];

/** The band of a shown score by the edges alone. */
export function plainBand(shownScore: number, rules: BandRules): KnownBand {
  if (shownScore < rules.watchFrom) return 'risk';
  return shownScore < rules.healthyFrom ? 'watch' : 'healthy';
}

/** The less healthy of two bands. */
export function lowerBand(a: KnownBand, b: KnownBand): KnownBand {
  return ORDER.indexOf(a) <= ORDER.indexOf(b) ? a : b;
}

export type PassedSince = HealthState['passedSince'];

export interface BandStep {
  readonly band: KnownBand;
  /** Since when the score has been past the next edge by less than the margin, and which way. */
  readonly passedSince: PassedSince;
}

export interface BandQuestion {
  readonly shownScore: number;
  /** The model's band so far; null = plain edges. */
  readonly current: KnownBand | null;
  readonly passedSince: PassedSince;
  readonly today: Day;
}

/**
 * Moves a band edge by edge: at once when the score is `margin` past the edge, else when it has been
 * past it for `dwell` days.
 */
export function nextBand(question: BandQuestion, rules: BandRules): BandStep {
  const { shownScore, current, today } = question;
  if (current === null) return { band: plainBand(shownScore, rules), passedSince: null };
  const next = nextEdge(shownScore, current, rules);
  if (next === null) return { band: current, passedSince: null };
  const since = question.passedSince?.direction === next.direction ? question.passedSince.day : today;
  if (next.past < rules.margin && today - since < rules.dwell) {
    return { band: current, passedSince: { day: since, direction: next.direction } };
  }
  return nextBand({ ...question, current: next.band, passedSince: null }, rules);
}

interface Edge {
  readonly direction: 'up' | 'down';
  readonly band: KnownBand;
  /** Points by which the score is past it, 0 or more. */
  readonly past: number;
}

/** The edge of the current band that the score is past, or null when it is inside. */
function nextEdge(shownScore: number, current: KnownBand, rules: BandRules): Edge | null {
  const at = ORDER.indexOf(current);
  const edges = [rules.watchFrom, rules.healthyFrom];
  const [below, above] = [ORDER[at - 1], ORDER[at + 1]];
  const [lower, upper] = [edges[at - 1] ?? -Infinity, edges[at] ?? Infinity];
  if (below && shownScore < lower) return { direction: 'down', band: below, past: lower - shownScore };
  if (above && shownScore >= upper) return { direction: 'up', band: above, past: shownScore - upper };
  return null;
}
