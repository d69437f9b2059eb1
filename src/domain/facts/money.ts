import type { Day } from '../day.js';

/** Units of a currency that one unit of the org's own currency buys, from `from` (a local day) on. */
export interface DatedRate {
  readonly from: Day;
  readonly rate: number;
}

/**
 * The org's rates, pulled each run. `null` in place of a table = the org knows one currency only.
 * A currency that is in no table has an unknown amount, never one taken at face value.
 */
export interface RateTable {
  /** ISO 4217 code of the org's own currency; its rate is 1. */
  readonly corporate: string;
  /** Today's rate by currency code, above zero. */
  readonly current: Readonly<Record<string, number>>;
  /** Rates by currency code, oldest first, for closed deals. */
  readonly dated: Readonly<Record<string, readonly DatedRate[]>>;
}

function rateOn(rates: RateTable, currency: string, on: Day | null): number | null {
  if (currency === rates.corporate) return 1;
  const dated = on === null ? undefined : rates.dated[currency]?.findLast((rate) => rate.from <= on);
  return dated?.rate ?? rates.current[currency] ?? null;
}

/** An amount as read, with the currency of its row. */
export interface ReadAmount {
  readonly amount: number | null;
  readonly currency: string | null;
}

/**
 * The amount in the org's currency, or null when amount, currency or rate is unknown. `on` is the
 * close date of a closed deal, which takes the rate of that day; null takes today's.
 */
export function inOrgCurrency(read: ReadAmount, rates: RateTable | null, on: Day | null): number | null {
  if (read.amount === null || rates === null) return read.amount;
  const rate = read.currency === null ? null : rateOn(rates, read.currency, on);
  return rate === null || !(rate > 0) ? null : Math.round((read.amount / rate) * 100) / 100;
}
