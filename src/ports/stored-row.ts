import type { Instant } from '../domain/day.js';
import type { CrmRow } from '../domain/facts/record.js';
import type { CrmValue } from './crm.js';

/** A row to keep: our narrow copy of a CRM row. */
export interface StoredRow extends CrmRow {
  readonly stamp: Instant;
  /** What the CRM holds in the fields that we write; on account rows only. */
  readonly held: Readonly<Record<string, CrmValue>> | null;
}
