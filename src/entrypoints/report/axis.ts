/** Steps between the lines of a scale, as people count. */
const STEPS = [1, 2, 2.5, 5, 10] as const;
const MOST_STEPS = 4;

/** Ticks of a scale from zero up that holds the largest value: two to five, evenly apart. */
export function ticksUpTo(largest: number): readonly number[] {
  const most = Math.max(largest, 1);
  const size = 10 ** Math.floor(Math.log10(most / MOST_STEPS));
  const step = STEPS.map((one) => one * size).find((one) => one * MOST_STEPS >= most) ?? size * 10;
  const count = Math.ceil(most / step);
  return Array.from({ length: count + 1 }, (_, nth) => Math.round(nth * step * 100) / 100);
}

/**
 * Heights for labels that shall stand at these heights, at least `gap` apart and up to `last`: those that are too close are
 * moved down, then those that would leave the picture up. In the order in which they were given.
 */
export function spread(wanted: readonly number[], gap: number, last: number): readonly number[] {
  const order = wanted
    .map((_, index) => index)
    .toSorted((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b);
  const placed = [...wanted];
  let least = -Infinity;
  for (const index of order) {
    placed[index] = Math.max(wanted[index] ?? 0, least);
    least = (placed[index] ?? 0) + gap;
  }
  let most = last;
  for (const index of order.toReversed()) {
    placed[index] = Math.min(placed[index] ?? 0, most);
    most = (placed[index] ?? 0) - gap;
  }
  return placed;
}
