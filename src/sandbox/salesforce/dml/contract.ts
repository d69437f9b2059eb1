/** A write of many rows to one object, however it came: REST, collections, tree or Bulk. */
export interface DmlRequest {
  readonly operation: 'insert' | 'update' | 'upsert' | 'delete' | 'hardDelete' | 'undelete';
  readonly object: string;
  readonly rows: readonly DmlRow[];
  /** Upsert only. */
  readonly externalIdField?: string;
  /** One refused row refuses all. */
  readonly allOrNone?: boolean;
  /** Lets alert-type duplicate rules pass. */
  readonly allowDuplicates?: boolean;
}

/**
 * Field name (any case) -> value as received. Numbers and booleans may come as text. A parent by
 * external id comes nested (`Account: {Ext__c: 'A1'}`) or dotted (`'Account.Ext__c': 'A1'`).
 * Null clears; an absent field stays.
 */
export type DmlRow = Readonly<Record<string, unknown>>;

export interface DmlError {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
  /** Only with DUPLICATES_DETECTED. */
  readonly duplicateResult?: unknown;
}

export interface DmlResult {
  /** Null for a row that was never there. */
  readonly id: string | null;
  readonly success: boolean;
  readonly created: boolean;
  readonly errors: readonly DmlError[];
}
