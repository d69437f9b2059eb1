import type { Day } from '../domain/day.js';

/** How an account stands by its latest assessment: what people choose, sort and count accounts by. */
export interface AccountStanding {
  /** 0-100, or null where too little is known. */
  readonly score: number | null;
  readonly band: string;
  readonly bandSince: Day;
  readonly tier: string;
  readonly tierSince: Day;
  /** Share of the model that could be seen, 0-100. */
  readonly coverage: number;
}

export interface ListedAccount extends AccountStanding {
  /** 18-character id. */
  readonly account: string;
  readonly name: string;
  /** The number by which tiers are drawn, or null. */
  readonly measure: number | null;
}

export interface StandingFilter {
  /** Part of a name without regard to case, or the first characters (at least 4) of an id; null = every account. */
  readonly search: string | null;
  readonly band: string | null;
  readonly tier: string | null;
  /** Only those that are in their band since this day or later; null = since whenever. */
  readonly bandSince: Day | null;
}

/** `score`: lowest first, unknown last. `measure`: highest first, unknown last. `band-since`: latest first. Ties by id. */
export const STANDING_ORDERS = ['name', 'score', 'measure', 'band-since'] as const;
export type StandingOrder = (typeof STANDING_ORDERS)[number];

export interface StandingTally {
  readonly band: string;
  readonly tier: string;
  readonly accounts: number;
  /** Sum of the scores of those that have one, and how many have one. */
  readonly scores: number;
  readonly scored: number;
  /** Sum of the coverage of all of them, in percent. */
  readonly coverage: number;
}

/** Accounts that are assessed and still in the CRM, as lists and counts show them: narrow, and quick on a large book. */
export interface StandingStore {
  readonly list: (
    filter: StandingFilter,
    page: { readonly order: StandingOrder; readonly offset: number; readonly limit: number },
  ) => Promise<readonly ListedAccount[]>;
  readonly count: (filter: StandingFilter) => Promise<number>;
  /** Names of accounts in the CRM by id, assessed or not; those that are not there are absent. */
  readonly names: (accounts: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** One line for each band and tier that occurs. One scan over the whole book: once a run, not once a request. */
  readonly tally: () => Promise<readonly StandingTally[]>;
}
