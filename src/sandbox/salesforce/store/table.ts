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
  const stored = (slot: number): Row | null => {
    const row = written.size === 0 ? undefined : written.get(slot);
    return row === undefined ? (slot < base.count ? base.rowAt(slot) : null) : row;
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
  const live = liveCounter({
    base,
    written,
    rowAt,
    hidden: () => options.horizon() !== null,
    slotCount: () => next,
  });
  return {
    object: object.name,
    slotCount: () => next,
    rowAt,
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

interface Counting {
  readonly base: BaseRows;
  readonly written: ReadonlyMap<number, Row | null>;
  readonly rowAt: (slot: number) => Row | null;
  readonly hidden: () => boolean;
  readonly slotCount: () => number;
}

/** Counts without reading the base again: the base's own recycled rows are found once, then only written rows count. */
function liveCounter({ base, written, rowAt, hidden, slotCount }: Counting): () => number {
  let baseLive: number | null = null;
  const isLive = (row: Row | null): boolean => row !== null && row.IsDeleted !== true;
  const countAll = (): number => {
    let count = 0;
    for (let slot = 0; slot < slotCount(); slot += 1) {
      count += isLive(rowAt(slot)) ? 1 : 0;
    }
    return count;
  };
  const countBase = (): number => {
    let count = 0;
    for (let index = 0; index < base.count; index += 1) {
      count += base.rowAt(index).IsDeleted === true ? 0 : 1;
    }
    return count;
  };
  return () => {
    if (hidden()) {
      return countAll();
    }
    baseLive ??= countBase();
    let count = baseLive;
    for (const [slot, row] of written) {
      const was = slot < base.count && base.rowAt(slot).IsDeleted !== true;
      count += (isLive(row) ? 1 : 0) - (was ? 1 : 0);
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
