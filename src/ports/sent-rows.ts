import type { Instant } from '../domain/day.js';
import type { StoredRow } from './stored-row.js';

/** The kinds of rows that other systems may send us. */
export const SENT_KINDS = ['usage'] as const;
export type SentKind = (typeof SENT_KINDS)[number];

/** What became of rows that were sent. */
export interface SentOutcome {
  /** Rows that were not there, or said something else. */
  readonly differing: number;
  /** Accounts that are not kept, by id: their rows wait for them. */
  readonly strangers: readonly string[];
}

/**
 * Rows that other systems sent us, beside those that are read from the CRM. They are rows of their account like
 * any other, but no full read and no reconciliation removes them. When an account is merged away, they go over to
 * the one that stayed. Throws only `IntegrationError`.
 */
export interface SentRowStore {
  /** Inserts or replaces by row id, which no CRM id may equal, and marks the accounts whose rows differ. */
  readonly save: (kind: SentKind, rows: readonly StoredRow[]) => Promise<SentOutcome>;
  /**
   * Removes rows that came before `all`, and those of accounts that are not kept that came before `strangers`;
   * marks their accounts. Returns how many of each.
   */
  readonly prune: (
    kind: SentKind,
    before: { readonly all: Instant; readonly strangers: Instant },
  ) => Promise<{ readonly old: number; readonly strangers: number }>;
}
