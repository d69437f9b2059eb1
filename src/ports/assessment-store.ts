import type { Day } from '../domain/day.js';
import type { RecordKind } from '../domain/facts/record.js';
import type { StoredEpisode } from './episode-store.js';
import type { Candidate } from './plan-store.js';
import type { AccountStanding } from './standing-store.js';
import type { StoredRow } from './stored-row.js';

/** Everything we know of one account when it is assessed. */
export interface AccountBundle {
  readonly account: StoredRow;
  /** In id order; a kind of which the account has no row is absent. */
  readonly rows: Readonly<Partial<Record<Exclude<RecordKind, 'account'>, readonly StoredRow[]>>>;
  /** Latest assessment, or null when it was never assessed. */
  readonly assessed: StoredAssessment | null;
}

/** What is read of an account where not all of it is needed. */
export interface BundleParts {
  readonly kinds: readonly Exclude<RecordKind, 'account'>[];
  readonly assessed: boolean;
}

/**
 * The latest assessment of an account. `state` is what it carried out of its day, `base` what it
 * started that day from: the same day is always assessed again from `base`.
 */
export interface StoredAssessment {
  readonly account: string;
  readonly day: Day;
  /** The engine's own state documents; opaque to the store. */
  readonly state: unknown;
  readonly base: unknown;
  /** Next day on which time alone can change the result, or null. */
  readonly dueOn: Day | null;
  /** What `explain` shows; opaque to the store. */
  readonly result: unknown;
  /** Number by which books are ranked (the tier's measure), or null. */
  readonly measure: number | null;
  /** What lists and counts go by; null on what was kept before there were any, until the next assessment. */
  readonly standing: AccountStanding | null;
}

export interface HistoryEntry {
  readonly account: string;
  readonly day: Day;
  /** Hash of the entry: writing the same one again changes nothing. */
  readonly fingerprint: string;
  readonly entry: unknown;
}

export interface BundleFilter {
  /** `all`, or only accounts that changed, were never assessed, or are due by `day`. */
  readonly which: 'all' | 'changed';
  readonly day: Day;
  /** Continue after this account id. */
  readonly after: string | null;
  /** Not beyond this account id; null or absent = to the end. */
  readonly upTo?: string | null;
}

/** Accounts whose id is above `after` and not above `upTo`; null = no such end. */
export interface AccountRange {
  readonly after: string | null;
  readonly upTo: string | null;
}

export interface AssessmentStore {
  /** Pages in account-id order. Rows of an account always come together. */
  readonly bundles: (filter: BundleFilter, pageSize: number) => AsyncIterable<readonly AccountBundle[]>;
  /** The accounts of a filter, cut into ranges of at most `size` in id order; the last one has no end. None when there is no account. */
  readonly ranges: (filter: BundleFilter, size: number) => Promise<readonly AccountRange[]>;
  readonly bundle: (account: string) => Promise<AccountBundle | null>;
  /**
   * The same of many accounts at once, in the order asked for; those that are not there are left out. With `only`, what it
   * does not name is not read: rows of other kinds are absent, and `assessed` is null.
   */
  readonly bundlesOf: (accounts: readonly string[], only?: BundleParts) => Promise<readonly AccountBundle[]>;
  /** The latest assessment, also of an account that has left the CRM. */
  readonly latest: (account: string) => Promise<StoredAssessment | null>;
  /** The same of many accounts at once; those without one are absent. */
  readonly latestOf: (accounts: readonly string[]) => Promise<ReadonlyMap<string, StoredAssessment>>;
  /**
   * Saves a page, its history, its episodes and its candidates in one transaction. An episode replaces the
   * one with its id; one of these accounts that was first seen on `day` and is not among them is let go.
   * Accounts without a candidate are no longer marked as changed. The others stay marked, as assessed in `run`, until
   * `unmarkApplied`: a run that only plans, pauses or dies leaves them to the next.
   */
  readonly save: (page: {
    readonly assessments: readonly StoredAssessment[];
    readonly history: readonly HistoryEntry[];
    readonly candidates: readonly Candidate[];
    readonly episodes: readonly StoredEpisode[];
    readonly run: string;
    readonly day: Day;
  }) => Promise<void>;
  /** Replaces assessments and adds to history, in one transaction: marks, episodes and candidates stay as they are. */
  readonly restate: (
    assessments: readonly StoredAssessment[],
    history: readonly HistoryEntry[],
  ) => Promise<void>;
  /** Newest first. */
  readonly history: (account: string, limit: number) => Promise<readonly HistoryEntry[]>;
  /**
   * Entries of all accounts in the order in which they came, after a position (0 = the beginning), at most
   * `limit`; `position` is that of the last one, or the one that was given.
   */
  readonly historySince: (
    position: number,
    limit: number,
  ) => Promise<{ readonly entries: readonly HistoryEntry[]; readonly position: number }>;
  /** Position of the latest entry; 0 without any. */
  readonly historyEnd: () => Promise<number>;
  readonly markChanged: (accounts: readonly string[]) => Promise<void>;
  /** Clears the marks of accounts assessed in `run`, after its plan was carried out; what changed since stays marked. */
  readonly unmarkApplied: (run: string) => Promise<void>;
  /**
   * Account ids in id order, at most 100: for `explain`. By exact name without regard to case, by
   * the first characters of the id (15 or all 18), or by position in id order, counted from 1.
   */
  readonly find: (
    by: { readonly name: string } | { readonly idPrefix: string } | { readonly nth: number },
  ) => Promise<readonly string[]>;
  /** Measures of all accounts that are still in the CRM, highest first, ties by id: for lines drawn over the whole book. */
  readonly measures: (
    pageSize: number,
  ) => AsyncIterable<readonly { readonly account: string; readonly measure: number }[]>;
  /** Assessed accounts that are still in the CRM. */
  readonly count: () => Promise<number>;
}
