import type { Count } from './intervals.js';

/** Natural logarithms of the factorials from 0 to `upTo`. */
function logFactorials(upTo: number): Float64Array {
  const logs = new Float64Array(upTo + 1);
  for (let n = 2; n <= upTo; n++) logs[n] = (logs[n - 1] ?? 0) + Math.log(n);
  return logs;
}

/**
 * Fisher's exact test, two-sided (Fisher 1935; the outcomes that are no likelier than the one seen are added up):
 * how likely shares at least as unlike as these are where both groups are alike. 0-1. Ready for groups that have
 * at most `upTo` members together.
 */
export function exactTest(upTo: number): (a: Count, b: Count) => number {
  const logs = logFactorials(upTo);
  const log = (n: number): number => logs[n] ?? 0;
  const choose = (n: number, k: number): number => log(n) - log(k) - log(n - k);
  return (a, b) => {
    const reached = a.reached + b.reached;
    const all = choose(a.n + b.n, reached);
    const chance = (inA: number): number => choose(a.n, inA) + choose(b.n, reached - inA) - all;
    // Two that are equally likely differ in the last digits only.
    const seen = chance(a.reached) + 1e-7;
    let sum = 0;
    for (let inA = Math.max(0, reached - b.n); inA <= Math.min(a.n, reached); inA++) {
      const one = chance(inA);
      if (one <= seen) sum += Math.exp(one);
    }
    return Math.min(1, sum);
  };
}

/**
 * The same chances corrected for how many were tried (Holm 1979): below 0.05 all that are named hold together with
 * 95 % certainty. In the order given, each 0-1.
 */
export function holm(chances: readonly number[]): readonly number[] {
  const order = chances.map((chance, at) => ({ chance, at })).sort((a, b) => a.chance - b.chance);
  const corrected = new Array<number>(chances.length).fill(1);
  let highest = 0;
  for (const [place, { chance, at }] of order.entries()) {
    highest = Math.max(highest, Math.min(1, chance * (chances.length - place)));
    corrected[at] = highest;
  }
  return corrected;
}
