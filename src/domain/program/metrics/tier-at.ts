import type { Day } from '../../day.js';
import type { TierId, TierState } from '../../tier/tier.js';

/** A tier that the account was seen in on a day. */
export interface SeenTier {
  readonly day: Day;
  readonly tier: TierId;
}

/**
 * The tier at the end of a day: the present one since it began, before that the latest seen up to then. Before
 * anything was seen it is the oldest that is known.
 */
export function tierAt(now: TierState, seen: readonly SeenTier[], day: Day): TierId {
  if (now.since <= day || seen.length === 0) return now.tier;
  const sorted = [...seen].sort((a, b) => a.day - b.day);
  return (sorted.findLast((one) => one.day <= day) ?? sorted[0])?.tier ?? now.tier;
}
