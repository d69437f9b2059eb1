/** What differs between orgs, and what tests make small. */
export interface BulkSettings {
  /** Rows in one page of query results; a client may ask for fewer. */
  readonly pageRows: number;
  /** Rows in one internal batch of an upload. */
  readonly batchRows: number;
  /** Real milliseconds until a job may be done before anybody has asked. */
  readonly leastMs: number;
  /** Largest upload. */
  readonly maxBytes: number;
}

export const BULK_SETTINGS: BulkSettings = {
  pageRows: 100_000,
  batchRows: 10_000,
  leastMs: 150,
  maxBytes: 100_000_000,
};
