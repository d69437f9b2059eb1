import { ALL } from '../metric-ids.js';
import type { SegmentRule } from '../program-policy.js';

/** What is left of many small segments. */
const OTHER = 'Other';
/** Accounts for which nobody knows the segment. */
export const UNKNOWN_SEGMENT = 'Unknown';
/** More are not told apart: a field with a value of its own for each account is no segment. */
const MOST = 500;

export interface Segments {
  /** The key under which an account of this segment is counted. */
  readonly keyOf: (segment: string) => string;
  /** The name that people read, by key. */
  readonly nameOf: (key: string) => string;
}

interface Seen {
  /** Of several spellings the first in the alphabet. */
  spelling: string;
  accounts: number;
}

/** Segments as they are met: capitals make no difference, and only the largest keep their name. */
export function segmentsOf(rule: SegmentRule | null): Segments {
  const seen = new Map<string, Seen>();
  return {
    keyOf: (segment) => {
      const key = rule === null ? ALL : `s:${segment.toLowerCase()}`;
      const known = seen.get(key);
      if (known === undefined && seen.size >= MOST) return OTHER;
      if (known === undefined) seen.set(key, { spelling: segment, accounts: 1 });
      else {
        known.accounts += 1;
        if (segment < known.spelling) known.spelling = segment;
      }
      return key;
    },
    nameOf: (key) => {
      if (rule === null) return ALL;
      const largest = [...seen]
        .sort(([a, one], [b, other]) => other.accounts - one.accounts || (a < b ? -1 : 1))
        .slice(0, rule.atMost);
      const name = largest.find(([known]) => known === key)?.[1].spelling ?? OTHER;
      return name === ALL ? `${ALL} (${rule.fact})` : name;
    },
  };
}
