import type { Row } from '../schema/types.js';

/**
 * The rows an object starts with: computed from a seed and an index, or read from a CSV file.
 * Immutable; what is written later lies over it in the table. `rowAt` must be cheap and give an
 * equal row each time, so that a million rows need no memory.
 */
export interface BaseRows {
  readonly count: number;
  /** 0 <= index < count. */
  readonly rowAt: (index: number) => Row;
  /** Index of an 18-character id, or -1. */
  readonly indexOf: (id: string) => number;
  /** Indexes of rows whose reference field holds `parentId`; null when the base keeps no such index (scan then). */
  readonly childrenOf: (field: string, parentId: string) => readonly number[] | null;
  /** Highest SystemModstamp of any row, ISO; '' when there is none. Lets a delta query skip the base. */
  readonly newestStamp: string;
  /** True when some rows are in the recycle bin (IsDeleted true); absent = none is, and no row need be read to know it. */
  readonly holdsDeleted?: boolean;
}

/** No rows at all. */
export const NO_ROWS: BaseRows = {
  count: 0,
  rowAt: (index) => {
    throw new RangeError(`no row ${index} in an empty base`);
  },
  indexOf: () => -1,
  childrenOf: () => [],
  newestStamp: '',
};

/** What a new org is filled with: objects beyond the standard ones, fields beyond the standard ones, and rows. */
export interface Book {
  /** Object name -> rows. Objects not named start empty. */
  readonly rows: ReadonlyMap<string, BaseRows>;
  /** Definitions of custom objects, and of custom fields on standard ones (by object name). */
  readonly customObjects: readonly import('../schema/types.js').ObjectDefinition[];
  readonly customFields: ReadonlyMap<string, readonly import('../schema/types.js').FieldDefinition[]>;
  /** What was inferred, refused or odd, one sentence each, for the one who loads an export. */
  readonly notes: readonly string[];
  readonly orgName: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly multiCurrency: boolean;
}
