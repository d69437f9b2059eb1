import type { Day } from '../day.js';
import type { Touches } from './channel.js';
import type { Cap } from './policy.js';

/** The days on which somebody is touched who joins today, first to last, each as often as it is touched. */
export function touchDays({ count, days }: Touches, from: Day): readonly Day[] {
  if (count <= 0) return [];
  if (count === 1) return [from];
  const gap = (Math.max(days, 1) - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => from + Math.round(index * gap));
}

/** True when in no run of `cap.days` days there are more touches than allowed, `added` included. */
export function fits(before: readonly Day[], added: readonly Day[], cap: Cap): boolean {
  return added.every((day) => {
    // Every window that holds a new touch begins at most `days - 1` days before it.
    for (let start = day - cap.days + 1; start <= day; start += 1) {
      const inside = (touch: Day): boolean => touch >= start && touch < start + cap.days;
      if (before.filter(inside).length + added.filter(inside).length > cap.touches) return false;
    }
    return true;
  });
}

/** How far ahead a free day is looked for. */
const HORIZON = 60;

/** The first day after `today` on which it fits; the day after the horizon when none does. */
export function firstFit(
  before: readonly Day[],
  touches: Touches,
  { cap, today }: { readonly cap: Cap; readonly today: Day },
): Day {
  for (let day = today + 1; day <= today + HORIZON; day += 1) {
    if (fits(before, touchDays(touches, day), cap)) return day;
  }
  return today + HORIZON + 1;
}
