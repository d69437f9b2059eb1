import type { Day } from '../day.js';
import type { TrailMark, Trend } from './assessment.js';

/** A trend compares with the score of so many days ago. */
const TREND_DAYS = 28;

/** Adds today's shown score to the trail and drops what held before the window began. */
export function nextTrail(
  trail: readonly TrailMark[],
  shownScore: number | null,
  today: Day,
): readonly TrailMark[] {
  const last = trail.at(-1);
  const grown =
    shownScore === null || last?.score === shownScore ? trail : [...trail, { day: today, score: shownScore }];
  const start = grown.findLastIndex(({ day }) => day <= today - TREND_DAYS);
  return start > 0 ? grown.slice(start) : grown;
}

/** Up or down when the shown score is at least `margin` points (and one) from where the trail begins. */
export function trendOf(trail: readonly TrailMark[], margin: number): Trend {
  const [first, last] = [trail[0], trail.at(-1)];
  const change = first && last ? last.score - first.score : 0;
  if (Math.abs(change) < Math.max(1, margin)) return 'flat';
  return change > 0 ? 'up' : 'down';
}

/** The next day on which an older score leaves the window, or null. */
export function trailDueOn(trail: readonly TrailMark[]): Day | null {
  const second = trail[1];
  return second ? second.day + TREND_DAYS : null;
}
