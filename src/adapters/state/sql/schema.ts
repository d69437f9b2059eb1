import type { Generated, Transaction } from 'kysely';
import type { RecordKind } from '../../../domain/facts/record.js';
import type { StoredPiece } from '../../../ports/piece-store.js';
import type { ItemStatus, LedgerEntry, Merge, PlanItem, RunRecord } from '../../../ports/state-store.js';

export type RowTableName = `rows_${RecordKind}`;

/** One CRM row. All kinds share one shape, so that one piece of SQL serves them all. */
export interface RowTable {
  readonly id: string;
  /** Empty for an orphan. */
  readonly account_id: string;
  readonly stamp: number;
  readonly doc: string;
  /** On accounts only. */
  readonly held: string | null;
  /** On accounts only: the name as `find` compares it. */
  readonly name_key: string | null;
  /** Number of the full read in which the row was last written, 0 for none; `SENT` where no read finds it. */
  readonly seen: number;
}

/** Stands for the number of the full read in rows that were sent to us: no full read removes them. */
export const SENT = -1;

/** The latest full read of a kind; `open` is 1 until it ends. */
export interface FullReadTable {
  readonly kind: string;
  readonly mark: string;
  readonly number: number;
  readonly open: number;
}

/**
 * Rows that the full read under way met without having to write them. Kept apart: touching every
 * unchanged row would rewrite the whole book.
 */
export interface SeenRowTable {
  readonly kind: string;
  readonly id: string;
}

/** Accounts to assess: because they changed, or because what their last assessment asked for is not applied yet. */
export interface ChangedAccountTable {
  readonly account: string;
  /** Run that has assessed it since it changed, and not yet applied the outcome. */
  readonly assessed_in: string | null;
}

export interface AssessmentTable {
  readonly account: string;
  readonly day: number;
  readonly due_on: number | null;
  readonly measure: number | null;
  readonly score: number | null;
  /** Null, with all that follow, on rows from before there were standings. */
  readonly band: string | null;
  readonly band_since: number | null;
  readonly tier: string | null;
  readonly tier_since: number | null;
  readonly coverage: number | null;
}

/** What an assessment carries, apart from it: choosing and ranking accounts must not read through this. */
export interface AssessmentDocumentTable {
  readonly account: string;
  readonly state: string;
  readonly base: string;
  readonly result: string;
}

export interface HistoryTable {
  /** Grows with each entry. */
  readonly position: Generated<number>;
  readonly account: string;
  readonly day: number;
  readonly fingerprint: string;
  readonly entry: string;
}

export interface CandidateTable {
  readonly run: string;
  readonly kind: string;
  readonly sort_order: string;
  readonly account: string;
  readonly key: string;
  readonly detail: string;
}

export interface PlanItemTable {
  readonly run: string;
  readonly seq: number;
  readonly kind: PlanItem['kind'];
  readonly account: string;
  readonly key: string;
  readonly detail: string;
  readonly status: ItemStatus;
}

export interface LedgerTable {
  readonly key: string;
  readonly episode: string;
  readonly step: string;
  readonly person: string;
  readonly contact: string | null;
  readonly account: string;
  readonly playbook: string;
  readonly channel: LedgerEntry['channel'];
  readonly target: string;
  readonly status: LedgerEntry['status'];
  readonly code: string | null;
  readonly evidence: string | null;
  readonly record_id: string | null;
  readonly made: string | null;
  readonly sender: string | null;
  /** Days as a JSON array. */
  readonly touch_days: string;
  readonly day: number;
  readonly at: number;
  readonly busy_until: number;
  readonly try_on: number | null;
  readonly left_on: number | null;
  readonly left_by: LedgerEntry['leftBy'];
  readonly run: string;
  /** 1 once the CRM holds the decision as it is here. */
  readonly told: number;
}

/** What a record of ours in the CRM was last known to hold. */
export interface PublishedTable {
  readonly kind: string;
  readonly key: string;
  readonly content: string;
  readonly day: number;
}

/** An episode as a whole, and what it is looked up by. */
export interface EpisodeTable {
  readonly id: string;
  readonly account: string;
  readonly playbook: string;
  readonly edge: number;
  readonly seen_on: number;
  /** 1 until it ends or is refused. */
  readonly running: number;
  readonly doc: string;
}

/** Every contact that was ever known; one that was removed stays for the sake of those it was merged into. */
export interface ContactTable {
  readonly contact: string;
  readonly account: string;
  readonly person: string;
  readonly opted_out: number;
  readonly bounced: number;
  readonly living: number;
}

/** A contact that was `alias` became `person`; the flags are those that it had last as `alias`. */
export interface PersonAliasTable {
  readonly person: string;
  readonly alias: string;
  readonly contact: string;
  readonly opted_out: number;
  readonly bounced: number;
}

/** A keyed hash, and nothing else: all that is left of somebody who was forgotten. */
export interface ForgottenPersonTable {
  readonly person: string;
}

export interface MergeTable {
  readonly kind: Merge['kind'];
  readonly winner: string;
  readonly loser: string;
}

export interface DeadLetterTable {
  readonly id: string;
  readonly run: string;
  readonly object: string;
  readonly record: string;
  readonly account: string;
  readonly content: string;
  readonly refusal: string;
  readonly day: number;
  readonly attempts: number;
}

export interface RunTable {
  readonly id: string;
  readonly org: string;
  readonly started_at: number;
  readonly finished_at: number | null;
  readonly day: number;
  readonly apply: number;
  readonly stage: RunRecord['stage'];
  readonly status: RunRecord['status'];
  readonly trigger: string;
  readonly trace: string;
  readonly fixed: string;
  readonly report: string;
}

export interface RunPieceTable {
  /** Grows with each insert. */
  readonly position: Generated<number>;
  readonly run: string;
  readonly stage: string;
  readonly piece: string;
  readonly task: string;
  readonly status: StoredPiece['status'];
  readonly holder: string | null;
  readonly fence: number;
  readonly expires_at: number;
  readonly done: number;
  readonly total: number | null;
  readonly note: string;
  readonly result: string;
}

export interface LeaseTable {
  readonly name: string;
  readonly holder: string;
  readonly fence: number;
  readonly expires_at: number;
}

export type StateTables = Readonly<Record<RowTableName, RowTable>> & {
  readonly schema_versions: { readonly version: number };
  readonly full_reads: FullReadTable;
  readonly seen_rows: SeenRowTable;
  readonly changed_accounts: ChangedAccountTable;
  readonly assessments: AssessmentTable;
  readonly assessment_documents: AssessmentDocumentTable;
  readonly history: HistoryTable;
  readonly candidates: CandidateTable;
  readonly plan_items: PlanItemTable;
  readonly ledger: LedgerTable;
  readonly episodes: EpisodeTable;
  readonly contacts: ContactTable;
  readonly person_aliases: PersonAliasTable;
  readonly forgotten_persons: ForgottenPersonTable;
  readonly merges: MergeTable;
  readonly dead_letters: DeadLetterTable;
  readonly runs: RunTable;
  readonly run_pieces: RunPieceTable;
  readonly published: PublishedTable;
  readonly notes: { readonly name: string; readonly value: string };
  readonly leases: LeaseTable;
};

/** What every statement runs on: nothing is read or written outside a transaction. */
export type Connection = Transaction<StateTables>;

export function rowTable(kind: RecordKind): RowTableName {
  return `rows_${kind}`;
}
