/** Groups that are met are told apart up to this many: a field with a value of its own for each account is no group. */
const MOST = 5_000;

/** A group that was met. */
export interface SeenGroup {
  readonly key: string;
  /** Of several spellings the first in the alphabet. */
  readonly spelling: string;
}

export interface Groups {
  /** The key under which a group is counted. */
  readonly keyOf: (spelling: string) => string;
  readonly seen: () => readonly SeenGroup[];
}

export const OTHER = 'Other';

function keyOf(spelling: string): string {
  return spelling.toLowerCase();
}

/** The key of `Other`. */
export const OTHER_KEY = keyOf(OTHER);

/**
 * Groups as they are met; capitals make no difference. Of too many, those are kept whose keys come first in the alphabet,
 * so that the order in which they are met makes none, either: `dropped` is told of one that has to go.
 */
export function groupsOf(dropped: (key: string) => void, most: number = MOST): Groups {
  const seen = new Map<string, string>([[OTHER_KEY, OTHER]]);
  let last: string | null = null;
  const dropLast = (): void => {
    if (last === null) return;
    seen.delete(last);
    dropped(last);
    last = lastOf(seen.keys());
  };
  return {
    keyOf: (spelling) => {
      const key = keyOf(spelling);
      const known = seen.get(key);
      if (known !== undefined) {
        if (key !== OTHER_KEY && spelling < known) seen.set(key, spelling);
        return key;
      }
      const full = seen.size > most;
      if (full && last !== null && key > last) return OTHER_KEY;
      if (full) dropLast();
      seen.set(key, spelling);
      if (last === null || key > last) last = key;
      return key;
    },
    seen: () => [...seen].map(([key, spelling]) => ({ key, spelling })),
  };
}

/** `Other` is not in the order: it takes in what is dropped. */
function lastOf(keys: Iterable<string>): string | null {
  let last: string | null = null;
  for (const key of keys) if (key !== OTHER_KEY && (last === null || key > last)) last = key;
  return last;
}
