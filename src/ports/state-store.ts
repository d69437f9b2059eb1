import type { Day, Instant } from '../domain/day.js';
import type { Episode } from '../domain/engagement/episode.js';
import type { ObservedKind, RecordKind } from '../domain/facts/record.js';
import type { CrmValue } from './crm.js';
import type { Refusal } from './errors.js';
import type { Held } from './holds.js';
import type { KeepingStore } from './keeping-store.js';
import type { LedgerStore } from './ledger-store.js';
import type { PersonStore } from './person-store.js';
import type { PieceMark, PieceStore } from './piece-store.js';
import type { SentRowStore } from './sent-rows.js';
import type { AccountStanding, StandingStore } from './standing-store.js';
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

export interface RowStore {
  /**
   * Inserts or replaces by record id. Marks an account as changed when a row's content really
   * differs, both accounts when it moved. Returns how many rows differed; a new stamp alone is
   * kept but is no difference. While a full read of the kind is open, saved rows count as seen.
   */
  readonly save: (kind: RecordKind, rows: readonly StoredRow[]) => Promise<number>;
  /**
   * Keeps rows of our own making (what was sent, a task that was opened) like `save`, but marks nobody: an
   * account does not change by what we have just done for it. Returns how many rows differed.
   */
  readonly keep: (kind: ObservedKind, rows: readonly StoredRow[]) => Promise<number>;
  /** Removes rows by record id, wherever they were, and marks their accounts as changed. */
  readonly remove: (kind: RecordKind, ids: readonly string[]) => Promise<number>;
  /**
   * Starts a full read or a reconciliation: rows neither saved nor noted as seen before `endFull`
   * are gone from the CRM. The same mark again resumes it, another one starts afresh.
   */
  readonly beginFull: (kind: RecordKind, mark: string) => Promise<void>;
  /** Removes the rows that were not seen and marks their accounts; nothing when `mark` is not the open one. Returns how many. */
  readonly endFull: (kind: RecordKind, mark: string) => Promise<number>;
  /** Notes that rows still exist, without their content; nothing when `mark` is not the open one. */
  readonly noteSeen: (kind: RecordKind, mark: string, ids: readonly string[]) => Promise<void>;
  readonly count: (kind: RecordKind) => Promise<number>;
  /** Account of each of these rows; rows that are not kept, or are nobody's, are absent. */
  readonly accountsOf: (kind: RecordKind, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** What was last known of the fields that we write, by account; accounts that are not kept are absent. */
  readonly heldOf: (
    accounts: readonly string[],
  ) => Promise<ReadonlyMap<string, Readonly<Record<string, CrmValue>>>>;
  /** Takes over the fields that the CRM confirmed as written; other held fields stay as they were. Marks nothing. */
  readonly setHeld: (
    values: readonly { readonly id: string; readonly held: Readonly<Record<string, CrmValue>> }[],
  ) => Promise<void>;
  /**
   * Latest value (as a number), not above `upTo`, of an attribute over all rows of a kind: how far a
   * feed reaches. A row dated in the future says nothing of whether the feed still runs.
   */
  readonly newest: (kind: RecordKind, attribute: string, upTo: number) => Promise<number | null>;
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
  /** Replaces assessments alone: marks, history, episodes and candidates stay as they are. */
  readonly restate: (assessments: readonly StoredAssessment[]) => Promise<void>;
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

/** Something an account asks for that only the whole book can grant. Sorted by `order`, then account, then key. */
export interface Candidate {
  readonly account: string;
  readonly kind: 'fields' | 'tier' | 'enrolment' | 'carry' | 'record';
  readonly key: string;
  /** Sortable text: the lower, the earlier. */
  readonly order: string;
  readonly detail: unknown;
}

/** Where a candidate stands in their order. */
export type CandidatePlace = Pick<Candidate, 'order' | 'account' | 'key'>;

export interface PlanItem {
  readonly seq: number;
  /**
   * `enrolment`: also a task. `leave`: out of a channel. `carry`: properties of somebody whom the tool knows.
   * `record`: an account whose records of ours in the CRM are due.
   */
  readonly kind: 'field' | 'enrolment' | 'refusal' | 'leave' | 'carry' | 'record';
  readonly account: string;
  readonly key: string;
  readonly detail: unknown;
}

export type ItemStatus = 'planned' | 'intended' | 'done' | 'rejected' | 'stale' | 'unclear';

/** Items from `from` to `upTo`, both included. */
export interface SeqRange {
  readonly from: number;
  readonly upTo: number;
}

export interface ItemFilter {
  readonly kind: PlanItem['kind'];
  readonly status: ItemStatus;
  /** Absent = the whole plan. */
  readonly range?: SeqRange;
}

export interface StoredItem extends PlanItem {
  readonly status: ItemStatus;
}

export interface PlanStore {
  /** In their order, those behind `after` alone where it is given. */
  readonly candidates: (
    run: string,
    kind: Candidate['kind'],
    pageSize: number,
    after?: CandidatePlace | null,
  ) => AsyncIterable<readonly Candidate[]>;
  readonly clearCandidates: (run: string) => Promise<void>;
  /**
   * New items are `planned`. A `seq` that is there already is replaced only while it is still `planned`. A `mark` is kept
   * in the same step; RUN_PIECE_LOST, with nothing kept, when its piece is somebody else's by now.
   */
  readonly add: (run: string, items: readonly PlanItem[], mark?: PieceMark) => Promise<void>;
  readonly items: (run: string, filter: ItemFilter, pageSize: number) => AsyncIterable<readonly PlanItem[]>;
  /** The items of a filter, cut into ranges of at most `size` in their order. */
  readonly ranges: (run: string, filter: ItemFilter, size: number) => Promise<readonly SeqRange[]>;
  /** Lets go of what is still only planned. */
  readonly clearPlanned: (run: string) => Promise<void>;
  /** Lets go of all that is planned and asked for in a run. */
  readonly remove: (run: string) => Promise<void>;
  /** A single page in the order of `seq`, of any kind or status where those are null; for people to look at. */
  readonly page: (
    run: string,
    filter: { readonly kind: PlanItem['kind'] | null; readonly status: ItemStatus | null },
    page: { readonly after: number | null; readonly limit: number },
  ) => Promise<readonly StoredItem[]>;
  readonly setStatus: (
    run: string,
    outcomes: readonly { readonly seq: number; readonly status: ItemStatus }[],
  ) => Promise<void>;
  readonly counts: (
    run: string,
  ) => Promise<
    readonly { readonly kind: PlanItem['kind']; readonly status: ItemStatus; readonly count: number }[]
  >;
}

/** What was last confirmed of a record of ours in the CRM. */
export interface Published {
  readonly key: string;
  /** Hash of what it holds, or a text by which it is known whether another one is due. */
  readonly content: string;
  readonly day: Day;
}

/** What the CRM is known to hold of our records, by kind of record and key. */
export interface PublishedStore {
  readonly of: (kind: string, keys: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  readonly set: (kind: string, published: readonly Published[]) => Promise<void>;
  readonly remove: (kind: string, keys: readonly string[]) => Promise<void>;
  /** By key. */
  readonly list: (kind: string, pageSize: number) => AsyncIterable<readonly Published[]>;
  /** Lets go of what was last confirmed before a day. Returns how many. */
  readonly prune: (kind: string, before: Day) => Promise<number>;
}

export type { LedgerEntry, LedgerStore } from './ledger-store.js';
export type { KnownContact, Merge, PersonStore } from './person-store.js';
export type { SentRowStore } from './sent-rows.js';
export type { StoredRow } from './stored-row.js';

export interface StoredEpisode extends Episode {
  readonly account: string;
  /** Last day on which its goal counts; null without a goal. */
  readonly goalUntil: Day | null;
}

export interface EpisodeStore {
  readonly ofAccount: (account: string) => Promise<readonly StoredEpisode[]>;
  /** Pages by (account, edge, id). `running`: only those that have not ended and were not refused. */
  readonly list: (
    filter: { readonly playbook: string | null; readonly running: boolean },
    pageSize: number,
  ) => AsyncIterable<readonly StoredEpisode[]>;
}

export interface DeadLetter {
  readonly id: string;
  readonly run: string;
  readonly object: string;
  readonly record: string;
  readonly account: string;
  /** Hash of what was to be written: the same refusal of the same content is one letter. */
  readonly content: string;
  readonly refusal: Refusal;
  readonly day: Day;
  readonly attempts: number;
}

/** One letter waits per object and record: the same content again is one more attempt, other content replaces it. */
export interface DeadLetterStore {
  readonly add: (letters: readonly Omit<DeadLetter, 'attempts'>[]) => Promise<void>;
  /** Latest day first. */
  readonly list: (limit: number) => Promise<readonly DeadLetter[]>;
  readonly count: () => Promise<number>;
  /** Content hash of the waiting letter of each record, if any. */
  readonly waiting: (records: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Those of these letter ids that wait. */
  readonly known: (ids: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly resolve: (records: readonly string[]) => Promise<void>;
  /** Takes letters out and marks their accounts as changed, so that the next run tries again. */
  readonly retry: (ids: readonly string[] | 'all') => Promise<number>;
  /** Takes letters out and marks nobody: what was refused is tried again only when its content changes. Returns how many. */
  readonly discard: (ids: readonly string[]) => Promise<number>;
}

export interface RunRecord {
  readonly id: string;
  readonly org: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly day: Day;
  readonly apply: boolean;
  readonly stage: 'pull' | 'assess' | 'settle' | 'apply' | 'report';
  /** `paused` without an end = somebody paused it, and it can be gone on with. */
  readonly status: 'running' | 'done' | 'rejected' | 'paused' | 'cancelled' | 'failed' | 'abandoned';
  /** What asked for it: `cli`, `schedule`, `change`, `user:<name>` or `api:<token id>`. */
  readonly trigger: string;
  /** Links everything that it leads to, from what asked for it to every write. */
  readonly trace: string;
  /** What stays the same for its whole length, for whoever works on it; opaque to the store. */
  readonly fixed: unknown;
  /** What `runs` and `--json` show; opaque to the store. */
  readonly report: unknown;
}

export interface RunStore {
  /** Inserts or replaces. When a run finishes, plans, candidates and pieces of all but the latest 20 runs are let go. */
  readonly save: (run: RunRecord) => Promise<void>;
  /** Newest first. */
  readonly list: (limit: number) => Promise<readonly RunRecord[]>;
  readonly get: (id: string) => Promise<RunRecord | null>;
}

/** Small named values that outlive a run: cursors, frozen lines, the salt, the describe cache. */
export interface NoteStore {
  /** The value as JSON keeps it; null when there is none. */
  readonly get: (name: string) => Promise<unknown>;
  readonly set: (name: string, value: unknown) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
}

/** One run at a time per org. The fence grows with each taking; a holder with an older fence has lost it. */
export interface LeaseStore {
  /** Null while anybody, the same holder included, holds it and its time is not over. */
  readonly take: (
    name: string,
    holder: string,
    now: Instant,
    ttlMs: number,
  ) => Promise<{ readonly fence: number } | null>;
  /** False when somebody else has taken it since, or it was released. */
  readonly renew: (
    name: string,
    holder: string,
    fence: number,
    now: Instant,
    ttlMs: number,
  ) => Promise<boolean>;
  readonly release: (name: string, holder: string, fence: number) => Promise<void>;
  /** Who holds it or held it last without releasing it; null when it is free. To tell people, or to free a dead one's. */
  readonly holder: (
    name: string,
  ) => Promise<{ readonly holder: string; readonly fence: number; readonly expiresAt: Instant } | null>;
}

/** All that outlives a process. Each method is one short transaction. Throws only `IntegrationError`. */
export interface StateStore {
  readonly rows: RowStore;
  readonly sent: SentRowStore;
  readonly assessments: AssessmentStore;
  readonly standings: StandingStore;
  readonly plan: PlanStore;
  readonly ledger: LedgerStore;
  readonly episodes: EpisodeStore;
  readonly persons: PersonStore;
  readonly deadLetters: DeadLetterStore;
  readonly runs: RunStore;
  readonly pieces: PieceStore;
  readonly published: PublishedStore;
  readonly notes: NoteStore;
  readonly leases: LeaseStore;
  readonly keeping: KeepingStore;
  /**
   * The same state in the hands of whoever holds something: each write first makes sure, in its own transaction, that
   * it is still theirs. RUN_PIECE_LOST or RUN_LEASE_LOST, with nothing written, when it is somebody else's by now.
   */
  readonly whileHeld: (held: Held) => StateStore;
  readonly close: () => Promise<void>;
}
