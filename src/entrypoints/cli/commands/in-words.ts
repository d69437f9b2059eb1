import type { Estimate } from '../../../domain/insight/intervals.js';
import { count } from '../numbers.js';

/** `12.5 % (10 % to 15 %)`. */
export function between({ value, low, high }: Estimate, inWords: (number: number) => string): string {
  return `${inWords(value)} (${inWords(low)} to ${inWords(high)})`;
}

/** Whole units: `12,400`. */
export function money(amount: number): string {
  return count(Math.round(amount));
}

/** A difference of shares in percentage points with its sign: `+4.2`. */
export function points(share: number): string {
  return `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)}`;
}
