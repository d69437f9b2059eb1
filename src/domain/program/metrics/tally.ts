import { rounded } from '../../facts/aggregate.js';
import type { Count, MetricRule } from './rule.js';

/** Running counts of one number for one group of accounts. The order of what is added makes no difference. */
export interface Tally {
  readonly part: number;
  readonly whole: number;
  readonly n: number;
  /** How often each time was met, by the day from which it was measured (null = any). */
  readonly times: ReadonlyMap<number | null, ReadonlyMap<number, number>>;
}

/** What a tally comes to, in the metric's unit. */
export interface Total {
  /** Null = nothing to tell it by. */
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly sample: number;
}

interface Growing {
  part: number;
  whole: number;
  n: number;
  readonly times: Map<number | null, Map<number, number>>;
}

/** Tallies by name, each grown in place. */
export interface Tallies {
  readonly add: (name: string, count: Count) => void;
  readonly merge: (name: string, tally: Tally) => void;
  /** Counts what was counted under a name under another one. */
  readonly move: (name: string, to: string) => void;
  readonly get: (name: string) => Tally;
}

const EMPTY: Tally = { part: 0, whole: 0, n: 0, times: new Map() };

export function tallies(): Tallies {
  const grown = new Map<string, Growing>();
  const at = (name: string): Growing => {
    const found = grown.get(name) ?? { part: 0, whole: 0, n: 0, times: new Map() };
    grown.set(name, found);
    return found;
  };
  const merge = (name: string, other: Tally): void => {
    const tally = at(name);
    grow(tally, other);
    for (const [from, counts] of other.times)
      for (const [value, times] of counts) addTime(tally, from, { value, times });
  };
  return {
    add: (name, { part, whole, n, times = [] }) => {
      const tally = at(name);
      grow(tally, { part, whole, n });
      for (const { value, from } of times) addTime(tally, from, { value, times: 1 });
    },
    merge,
    move: (name, to) => {
      const moved = grown.get(name);
      if (moved === undefined) return;
      grown.delete(name);
      merge(to, moved);
    },
    get: (name) => grown.get(name) ?? EMPTY,
  };
}

/** A tally as JSON: part, whole, n, and the times as `[from, [value, times][]]`. */
export type TallyPart = readonly [
  part: number,
  whole: number,
  n: number,
  times: readonly (readonly [number | null, readonly (readonly [number, number])[]])[],
];

/** Null where nothing was counted. */
export function partOfTally({ part, whole, n, times }: Tally): TallyPart | null {
  if (part === 0 && whole === 0 && n === 0 && times.size === 0) return null;
  return [part, whole, n, [...times].map(([from, counts]) => [from, [...counts]] as const)];
}

/** The tally again. */
export function tallyOf([part, whole, n, times]: TallyPart): Tally {
  return { part, whole, n, times: new Map(times.map(([from, counts]) => [from, new Map(counts)])) };
}

function grow(tally: Growing, { part, whole, n }: Pick<Count, 'part' | 'whole' | 'n'>): void {
  tally.part += part;
  tally.whole += whole;
  tally.n += n;
}

function addTime(
  { times }: Growing,
  from: number | null,
  one: { readonly value: number; readonly times: number },
): void {
  const counts = times.get(from) ?? new Map<number, number>();
  counts.set(one.value, (counts.get(one.value) ?? 0) + one.times);
  times.set(from, counts);
}

/** The value of a tally. Times measured from a day before `reachesFrom` are left out: their feed does not go back so far. */
export function totalOf(
  tally: Tally,
  { shape, scale }: Pick<MetricRule, 'shape' | 'scale'>,
  reachesFrom: number | null,
): Total {
  const { part, whole, n: sample } = tally;
  switch (shape) {
    case 'sum':
      return { value: counted(part, scale), numerator: counted(part, scale), denominator: null, sample };
    case 'median':
      return medianOf(tally, scale, reachesFrom);
    default: {
      const times = shape === 'share' ? 100 : 1;
      const value = whole === 0 ? null : rounded((part / whole) * times, 1);
      return { value, numerator: counted(part, scale), denominator: counted(whole, scale), sample };
    }
  }
}

/** What was counted, in the unit: money in whole cents, hours to two decimals. */
function counted(count: number, scale: number): number {
  return rounded(count / scale, 2);
}

function medianOf({ times }: Tally, scale: number, reachesFrom: number | null): Total {
  const counts = new Map<number, number>();
  for (const [from, found] of times) {
    if (from !== null && from < (reachesFrom ?? -Infinity)) continue;
    for (const [value, count] of found) counts.set(value, (counts.get(value) ?? 0) + count);
  }
  const sorted = [...counts].sort(([a], [b]) => a - b);
  const sample = sorted.reduce((sum, [, count]) => sum + count, 0);
  if (sample === 0) return { value: null, numerator: null, denominator: null, sample };
  const [low, high] = [nth(sorted, Math.floor((sample - 1) / 2)), nth(sorted, Math.floor(sample / 2))];
  return { value: rounded((low + high) / 2 / scale, 1), numerator: null, denominator: null, sample };
}

/** The value at a place of the sorted cases, counted from 0. */
function nth(sorted: readonly (readonly [value: number, count: number])[], place: number): number {
  let passed = 0;
  for (const [value, count] of sorted) {
    passed += count;
    if (place < passed) return value;
  }
  return 0;
}
