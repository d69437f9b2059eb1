import { formatDay } from '../../domain/day.js';
import type { Band } from '../../domain/health/model.js';
import type { ListedAccount, StandingOrder } from '../../ports/standing-store.js';
import type { StateStore } from '../../ports/state-store.js';

/** An account in a line of a list. */
export interface AccountLine extends Omit<ListedAccount, 'band' | 'bandSince' | 'tierSince'> {
  readonly band: Band;
  readonly bandSince: string;
  readonly tierSince: string;
}

export interface AccountsQuestion {
  readonly band?: Band | undefined;
  readonly tier?: string | undefined;
  readonly search?: string | undefined;
  readonly order: StandingOrder;
  readonly limit: number;
  /** How many come before; null = none. */
  readonly place: number | null;
}

export interface AccountsPage {
  /** All that fit the question, on every page. */
  readonly total: number;
  readonly accounts: readonly AccountLine[];
  /** Place of the next page; null = this is the last. */
  readonly next: number | null;
}

/** Accounts that fit, a page of them, and how many there are in all. */
export async function accountsPage(state: StateStore, question: AccountsQuestion): Promise<AccountsPage> {
  const { band = null, tier = null, search = null, order, limit, place } = question;
  const filter = { band, tier, search, bandSince: null };
  const offset = place ?? 0;
  const [accounts, total] = await Promise.all([
    state.standings.list(filter, { order, offset, limit }),
    state.standings.count(filter),
  ]);
  const end = offset + accounts.length;
  return {
    total,
    accounts: accounts.map(lineOf),
    next: accounts.length < limit || end >= total ? null : end,
  };
}

function lineOf({ band, bandSince, tierSince, ...same }: ListedAccount): AccountLine {
  return {
    ...same,
    band: band as Band,
    bandSince: formatDay(bandSince),
    tierSince: formatDay(tierSince),
  };
}
