import type { Day, Instant } from '../domain/day.js';
import type { AssessmentStore } from './assessment-store.js';
import type { EpisodeStore } from './episode-store.js';
import type { Refusal } from './errors.js';
import type { Held } from './holds.js';
import type { KeepingStore } from './keeping-store.js';
import type { LedgerStore } from './ledger-store.js';
import type { PersonStore } from './person-store.js';
import type { PieceStore } from './piece-store.js';
import type { PlanStore } from './plan-store.js';
import type { RowStore } from './row-store.js';
import type { SentRowStore } from './sent-rows.js';
import type { StandingStore } from './standing-store.js';

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

export type * from './assessment-store.js';
export type * from './episode-store.js';
export type { LedgerEntry, LedgerStore } from './ledger-store.js';
export type { KnownContact, Merge, PersonStore } from './person-store.js';
export type * from './plan-store.js';
export type * from './row-store.js';
export type { SentRowStore } from './sent-rows.js';
export type { StoredRow } from './stored-row.js';

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
