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

/** The revenue of some customers, in a currency where it is named; null = it is known of none of them. */
export function knownMoney(amount: number | null, currency = ''): string {
  if (amount === null) return 'revenue not known';
  return currency === '' ? money(amount) : `${money(amount)} ${currency}`;
}

/** Of how many the revenue is not known, where it is known of others; else nothing. */
export function exceptFor(amount: number | null, unknown: number): string {
  return amount === null || unknown === 0 ? '' : `, of ${count(unknown)} not known`;
}

/** A difference of shares in percentage points with its sign: `+4.2`. */
export function points(share: number): string {
  return `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)}`;
}
