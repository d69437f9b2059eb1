import type { Day } from '../day.js';

/**
 * The last day on which the number of events within `days` days rose from `above` or fewer to more
 * than `above`; null when it never did. Days may come in any order, repeats count.
 */
export function lastRise(
  events: readonly Day[],
  { above, days }: { readonly above: number; readonly days: number },
): Day | null {
  const sorted = [...events].sort((a, b) => a - b);
  let rise: Day | null = null;
  let oldest = 0;
  for (let first = 0; first < sorted.length; ) {
    const day = sorted[first] ?? 0;
    let next = first;
    while (sorted[next] === day) next += 1;
    while ((sorted[oldest] ?? day) < day - days) oldest += 1;
    const before = first - oldest;
    while ((sorted[oldest] ?? day) <= day - days) oldest += 1;
    if (before <= above && next - oldest > above) rise = day;
    first = next;
  }
  return rise;
}
