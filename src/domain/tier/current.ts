import type { Day } from '../day.js';
import { type TierRules, type TierState, UNASSIGNED } from './tier.js';

/** What the account's record says of its tier. */
export interface TierOnRecord {
  readonly tier: string | null;
  readonly tierSince: Day | null;
  readonly locked: boolean | null;
}

/** The tier before today: ours, or the one on the record where an admin locked it or nobody here remembers. */
export function currentTier(
  held: TierOnRecord,
  ours: TierState | null,
  { rules, today }: { readonly rules: TierRules; readonly today: Day },
): TierState | null {
  const known = held.tier === UNASSIGNED || rules.tiers.some(({ id }) => id === held.tier);
  if (held.tier === null || !known) return ours;
  // Whoever gave the account another tier by hand has seldom set the day along with it.
  const stale = ours !== null && held.tier !== ours.tier && held.tierSince === ours.since;
  const onRecord: TierState = {
    tier: held.tier,
    since: stale ? today : (held.tierSince ?? today),
    reason: '',
    by: held.tier === UNASSIGNED ? 'unassigned' : 'policy',
    waitingFor: null,
  };
  const locked = held.locked === true && held.tier !== ours?.tier;
  return locked ? onRecord : (ours ?? onRecord);
}
