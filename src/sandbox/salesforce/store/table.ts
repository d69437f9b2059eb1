import type { SObject } from '../schema/schema.js';
import type { Row, Value } from '../schema/types.js';
import type { BaseRows } from './base-rows.js';
import { ChildIndex, StampIndex, ValueIndex } from './indexes.js';

/**
 * The rows of one object: what was written lies over an immutable base. A row is found under its
 * slot: base index, or base count + n for the n-th row added since. Slots never move, so a cursor
 * over a million rows can be kept as numbers.
 */
export interface Table {
  readonly object: string;
  readonly slotCount: () => number;
  /** Null when the row was hard-deleted or is not visible yet. Recycled rows are given, with IsDeleted true. */
  readonly rowAt: (slot: number) => Row | null;
  /** True for a row that is in sight and not in the recycle bin; reads the row only where it must. */
  readonly isLive: (slot: number) => boolean;
  /** -1 when there is none. */
  readonly slotOf: (id: string) => number;
  /** By 18-character id; recycled rows too. */
  readonly get: (id: string) => Row | null;
  /** Slots whose reference field holds `parentId`; recycled rows too. */
  readonly childrenOf: (field: string, parentId: string) => readonly number[];
  /** Slots whose field holds this value (text in any case), from an index made on first use; recycled rows too. */
  readonly withValue: (field: string, value: Value) => readonly number[];
  /** Slots of rows with SystemModstamp >= stamp (ISO, ms, Z); recycled rows too. */
  readonly changedSince: (stamp: string) => readonly number[];
  /** Rows not in the recycle bin. */
  readonly liveCount: () => number;
  /** Adds a row, or replaces the one of the same Id. No checks, no stamps: DML does those. */
  readonly put: (row: Row) => void;
  /** Removes without trace. */
  readonly erase: (id: string) => void;
  /** Goes up with each write. */
  readonly version: () => number;
}

export interface TableOptions {
  readonly object: SObject;
  readonly base: BaseRows;
  /** ISO time after which created rows are out of sight, or null when every row is in sight. */
  readonly horizon: () => string | null;
  /** Told of each write, with what was there before. */
  readonly noted?: ((id: string, before: Row | null) => void) | undefined;
}

export function startTable(options: TableOptions): Table {
  const { base, object } = options;
  /** Slot -> written row, or null where a row was erased. */
  const written = new Map<number, Row | null>();
  const added = new Map<string, number>();
  let next = base.count;
  let version = 0;
  const baseRow = remembering(base);
  const stored = (slot: number): Row | null => {
    const row = written.size === 0 ? undefined : written.get(slot);
    return row === undefined ? (slot < base.count ? baseRow(slot) : null) : row;
  };
  const slotOf = (id: string): number => added.get(id) ?? base.indexOf(id);
  const source = { base, written, stored };
  const children = new ChildIndex(source);
  const values = new ValueIndex(source);
  const stamps = new StampIndex(source);
  const put = (slot: number, row: Row | null): void => {
    const before = stored(slot);
    options.noted?.(String(row?.Id ?? before?.Id), before);
    written.set(slot, row);
    children.moved(slot, before, row);
    values.moved(slot, before, row);
    stamps.moved();
    version += 1;
  };
  const rowAt = (slot: number): Row | null => {
    const row = stored(slot);
    const horizon = options.horizon();
    return row !== null && horizon !== null && String(row.CreatedDate ?? '') > horizon ? null : row;
  };
  const plain = (slot: number): boolean =>
    slot < base.count && base.holdsDeleted !== true && !written.has(slot) && options.horizon() === null;
  const isLive = (slot: number): boolean => {
    const row = plain(slot) ? ALIVE : rowAt(slot);
    return row !== null && row.IsDeleted !== true;
  };
  const live = liveCounter({
    base,
    written,
    isLive,
    hidden: () => options.horizon() !== null,
    slotCount: () => next,
  });
  return {
    object: object.name,
    slotCount: () => next,
    rowAt,
    isLive,
    slotOf,
    get: (id) => {
      const slot = slotOf(id);
      return slot < 0 ? null : rowAt(slot);
    },
    childrenOf: (name, parentId) => children.find(name, parentId),
    withValue: (name, value) => values.find(name, value),
    changedSince: (stamp) => stamps.since(stamp),
    liveCount: live,
    put: (row) => {
      const id = String(row.Id);
      let slot = slotOf(id);
      if (slot < 0) {
        slot = next;
        next += 1;
        added.set(id, slot);
      }
      put(slot, row);
    },
    erase: (id) => {
      const slot = slotOf(id);
      if (slot >= 0) {
        put(slot, null);
      }
    },
    version: () => version,
  };
}

const ALIVE: Row = {};

/** The last row read is asked for again at once by every write: no need to compute it three times. */
function remembering(base: BaseRows): (slot: number) => Row {
  let last: { readonly slot: number; readonly row: Row } | null = null;
  return (slot) => {
    if (last?.slot !== slot) {
      last = { slot, row: base.rowAt(slot) };
    }
    return last.row;
  };
}

interface Counting {
  readonly base: BaseRows;
  readonly written: ReadonlyMap<number, Row | null>;
  readonly isLive: (slot: number) => boolean;
  readonly hidden: () => boolean;
  readonly slotCount: () => number;
}

/** Counts written rows only, wherever the base is known to hold no recycled row. */
function liveCounter({ base, written, isLive, hidden, slotCount }: Counting): () => number {
  const countAll = (): number => {
    let count = 0;
    for (let slot = 0; slot < slotCount(); slot += 1) {
      count += isLive(slot) ? 1 : 0;
    }
    return count;
  };
  return () => {
    if (hidden() || base.holdsDeleted === true) {
      return countAll();
    }
    let count = base.count;
    for (const slot of written.keys()) {
      count += (isLive(slot) ? 1 : 0) - (slot < base.count ? 1 : 0);
    }
    return count;
  };
}

/** The rows at these slots, without those that are erased or out of sight. */
export function rowsOf(table: Table, slots: readonly number[]): readonly Row[] {
  return slots.flatMap((slot) => {
    const row = table.rowAt(slot);
    return row === null ? [] : [row];
  });
}
