import type { ObservedKind, RecordKind } from '../domain/facts/record.js';
import type { CrmValue } from './crm.js';
import type { StoredRow } from './stored-row.js';

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
