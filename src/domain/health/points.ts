import type { Cents } from './model.js';

/** A score as people see it: hundredths rounded half up to whole points. */
export function shownPoints(cents: Cents): number {
  return Math.floor((cents + 50) / 100);
}

/**
 * Whole numbers that are as close to the quotas as can be and sum to `total`: each is rounded down,
 * and what is left goes to the largest remainders; ties to the larger quota, then to the earlier.
 */
export function apportion(quotas: readonly number[], total: number): readonly number[] {
  const floors = quotas.map(Math.floor);
  const left = total - floors.reduce((sum, floor) => sum + floor, 0);
  const each = quotas.length === 0 ? 0 : Math.floor(left / quotas.length);
  const extra = left - each * quotas.length;
  const takers = new Set(byRemainder(quotas).slice(0, extra));
  return floors.map((floor, index) => floor + each + (takers.has(index) ? 1 : 0));
}

function byRemainder(quotas: readonly number[]): readonly number[] {
  const remainder = (quota: number) => quota - Math.floor(quota);
  return quotas
    .map((quota, index) => ({ quota, index }))
    .sort(
      (a, b) =>
        remainder(b.quota) - remainder(a.quota) || Math.abs(b.quota) - Math.abs(a.quota) || a.index - b.index,
    )
    .map(({ index }) => index);
}
