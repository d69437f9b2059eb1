/** The first of many, by tier, with memory for no more than are shown. */
export interface Ranked<T> {
  readonly add: (tier: string, entry: T) => void;
  readonly tiers: (order: readonly string[]) => readonly RankedTier<T>[];
}

export interface RankedTier<T> {
  readonly tier: string;
  /** All there are, shown or not. */
  readonly found: number;
  readonly shown: readonly T[];
}

/** Keeps the first `limit` of each tier in the order of `compare`. */
export function ranked<T>(compare: (a: T, b: T) => number, limit: number): Ranked<T> {
  const kept = new Map<string, T[]>();
  const found = new Map<string, number>();
  return {
    add: (tier, entry) => {
      const own = kept.get(tier) ?? [];
      found.set(tier, (found.get(tier) ?? 0) + 1);
      kept.set(tier, own);
      const place = own.findIndex((one) => compare(entry, one) < 0);
      own.splice(place === -1 ? own.length : place, 0, entry);
      if (own.length > limit) own.pop();
    },
    tiers: (order) => {
      const others = [...kept.keys()].filter((tier) => !order.includes(tier)).sort();
      return [...order, ...others].flatMap((tier) => {
        const shown = kept.get(tier);
        return shown === undefined ? [] : [{ tier, found: found.get(tier) ?? 0, shown }];
      });
    },
  };
}
