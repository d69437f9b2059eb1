import { ALL } from '../metric-ids.js';
import type { SegmentRule } from '../program-policy.js';

/** What is left of many small segments. */
export const OTHER_SEGMENT = 'Other';
/** Accounts for which nobody knows the segment. */
export const UNKNOWN_SEGMENT = 'Unknown';
/** More are not told apart: a field with a value of its own for each account is no segment. */
const MOST = 500;

/** A segment that was met, with how often. */
export interface SeenSegment {
  readonly key: string;
  /** Of several spellings the first in the alphabet. */
  readonly spelling: string;
  readonly accounts: number;
}

export interface Segments {
  /** The key under which an account of this segment is counted. */
  readonly keyOf: (segment: string) => string;
  /** The name that people read, by key. */
  readonly nameOf: (key: string) => string;
  /** In the order in which they were met first. */
  readonly seen: () => readonly SeenSegment[];
  /** Takes in what was met elsewhere; gives the key under which its accounts are counted here. */
  readonly take: (seen: SeenSegment) => string;
}

/** Segments as they are met: capitals make no difference, and only the largest keep their name. */
export function segmentsOf(rule: SegmentRule | null): Segments {
  const seen = new Map<string, SeenSegment>();
  const take = (one: SeenSegment): string => {
    const known = seen.get(one.key);
    if (known === undefined && seen.size >= MOST) return OTHER_SEGMENT;
    const spelling = known === undefined || one.spelling < known.spelling ? one.spelling : known.spelling;
    seen.set(one.key, { key: one.key, spelling, accounts: (known?.accounts ?? 0) + one.accounts });
    return one.key;
  };
  return {
    seen: () => [...seen.values()],
    take,
    keyOf: (segment) => {
      const key = rule === null ? ALL : `s:${segment.toLowerCase()}`;
      return take({ key, spelling: segment, accounts: 1 });
    },
    nameOf: (key) => {
      if (rule === null) return ALL;
      const largest = [...seen]
        .sort(([a, one], [b, other]) => other.accounts - one.accounts || (a < b ? -1 : 1))
        .slice(0, rule.atMost);
      const name = largest.find(([known]) => known === key)?.[1].spelling ?? OTHER_SEGMENT;
      return name === ALL ? `${ALL} (${rule.fact})` : name;
    },
  };
}
