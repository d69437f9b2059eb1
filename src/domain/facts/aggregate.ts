import type { Day } from '../day.js';

/** How many of the rows answer yes. */
export function countOf<T>(rows: readonly T[], holds: (row: T) => boolean): number {
  let count = 0;
  for (const row of rows) if (holds(row)) count += 1;
  return count;
}

/** Sum of the known values, in the order of the numbers and not of the rows; null when none is known. */
export function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (known.length === 0) return null;
  return known.reduce((sum, value) => sum + value, 0);
}

/** Mean of the known values to two decimals, or null when none is known. */
export function meanOf(values: readonly (number | null)[]): number | null {
  const sum = sumOf(values);
  if (sum === null) return null;
  return rounded(sum / countOf(values, (value) => value !== null), 2);
}

/** Middle of the known values to one decimal (mean of the two middle ones), or null when none is known. */
export function medianOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const high = known[Math.floor(known.length / 2)];
  const low = known[Math.floor((known.length - 1) / 2)];
  return high === undefined || low === undefined ? null : rounded((low + high) / 2, 1);
}

/** Latest of the known days, or null. */
export function latestOf(days: readonly (Day | null)[]): Day | null {
  return days.reduce((best, day) => (day !== null && (best === null || day > best) ? day : best), null);
}

/** Earliest of the known days, or null. */
export function earliestOf(days: readonly (Day | null)[]): Day | null {
  return days.reduce((best, day) => (day !== null && (best === null || day < best) ? day : best), null);
}

/** `part` of `whole` in percent to one decimal; null when either is unknown or the whole is not above 0. */
export function percentOf(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole <= 0 ? null : rounded((part / whole) * 100, 1);
}

/** A number to so many decimals, halves away from zero, without a negative zero. */
export function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  const size = Math.round(Math.abs(value) * scale) / scale;
  return value < 0 && size !== 0 ? -size : size;
}
