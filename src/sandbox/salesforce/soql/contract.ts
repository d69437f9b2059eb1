import type { Value } from '../schema/types.js';

/** A record as REST answers it: attributes, values, nested parents and child results. */
export interface QueryRecord {
  readonly [field: string]: unknown;
}

/** One selected column, flat: `Name`, `Owner.Name`, `expr0`. */
export interface Column {
  /** With the letter case of the object's own definition. */
  readonly name: string;
  /** Describe type of the value: `string`, `datetime`, `double` …; `subquery` for a child result. */
  readonly type: string;
}

/** A query worked out as far as which rows match; the rows themselves are read when asked for. */
export interface SoqlResult {
  /** The FROM object, in its own letter case. */
  readonly object: string;
  readonly columns: readonly Column[];
  /** Rows (groups, for an aggregate) in the whole result. */
  readonly total: number;
  /** REST records [from, to), read now; can be asked again. */
  readonly records: (from: number, to: number) => Iterable<QueryRecord>;
  /** The values of rows [from, to) in the order of `columns`, for CSV; datetimes `…T12:34:56.000Z`. Subqueries give null. */
  readonly values: (from: number, to: number) => Iterable<readonly Value[]>;
  /** True for GROUP BY, aggregate functions, OFFSET, TYPEOF or a child subquery: what Bulk refuses. */
  readonly tooRichForBulk: boolean;
  /** Rows in one REST page: 2,000, or 200 with two long texts selected. */
  readonly pageSize: number;
}
