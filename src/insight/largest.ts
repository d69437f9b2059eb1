/** The few largest of many, kept while they pass by. */
export interface Largest<T> {
  readonly add: (one: T) => void;
  /** Largest first. */
  readonly told: () => readonly T[];
}

/** Keeps at most `count`; of equal ones those that came first. Memory does not grow with what is added. */
export function largest<T>(count: number, size: (one: T) => number): Largest<T> {
  let kept: T[] = [];
  const trim = (): void => {
    kept = kept.toSorted((a, b) => size(b) - size(a)).slice(0, count);
  };
  return {
    add: (one) => {
      kept.push(one);
      // Sorting seldom keeps the cost of each addition small.
      if (kept.length >= 4 * count + 16) trim();
    },
    told: () => {
      trim();
      return kept;
    },
  };
}
