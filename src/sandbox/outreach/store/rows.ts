import type { ApiRecord } from './record.js';

/** Records that are computed, not kept. */
export interface BaseRows {
  /** Slots; a slot may be empty. */
  readonly count: number;
  readonly firstId: number;
  readonly at: (index: number) => ApiRecord | null;
}

/** Ids of what a filter value names: `emails` -> prospects. */
export type Lookups = Readonly<Record<string, (value: string) => readonly number[]>>;

export interface RowsOptions {
  readonly base?: BaseRows;
  /** Ids handed out later lie above this, and above every id of the base. */
  readonly lastId: number;
  readonly lookups?: Lookups;
  /** Told of every write, so that an index can follow: what was there, what is there now. */
  readonly onWrite?: (before: ApiRecord | null, after: ApiRecord | null) => void;
}

export interface Rows {
  readonly byId: (id: number) => ApiRecord | null;
  readonly write: (record: ApiRecord) => ApiRecord;
  readonly remove: (id: number) => void;
  readonly newId: () => number;
  /** In the order of their ids, those above `afterId`. */
  readonly scan: (afterId: number) => Iterable<ApiRecord>;
  /** Those that a call made, in order. */
  readonly made: () => Iterable<ApiRecord>;
  readonly lookups: Lookups;
}

interface Room {
  readonly base: BaseRows;
  /** Written records; null = a computed one that was removed. */
  readonly written: Map<number, ApiRecord | null>;
  readonly created: Set<number>;
}

const NO_BASE: BaseRows = { count: 0, firstId: 0, at: () => null };

/** Computed records with an overlay of what was written. */
export function startRows(options: RowsOptions): Rows {
  const room: Room = { base: options.base ?? NO_BASE, written: new Map(), created: new Set() };
  const byId = (id: number): ApiRecord | null => latest(room, id);
  const put = (id: number, record: ApiRecord | null): void => {
    options.onWrite?.(byId(id), record);
    if (record !== null && byId(id) === null) room.created.add(id);
    if (record === null) room.created.delete(id);
    room.written.set(id, record);
  };
  let lastId = options.lastId;
  return {
    byId,
    write: (record) => {
      put(record.id, record);
      return record;
    },
    remove: (id) => put(id, null),
    newId: () => {
      lastId += 1;
      return lastId;
    },
    scan: (afterId) => scan(room, afterId),
    made: () => made(room, 0),
    lookups: { id: (value) => [Number(value)], ...options.lookups },
  };
}

function latest({ base, written }: Room, id: number): ApiRecord | null {
  const record = written.get(id);
  if (record !== undefined) return record;
  const index = id - base.firstId;
  return Number.isInteger(index) && index >= 0 && index < base.count ? base.at(index) : null;
}

function* scan(room: Room, afterId: number): Iterable<ApiRecord> {
  const { base } = room;
  for (let index = Math.max(0, afterId + 1 - base.firstId); index < base.count; index += 1) {
    const record = latest(room, base.firstId + index);
    if (record !== null) yield record;
  }
  yield* made(room, afterId);
}

function* made(room: Room, afterId: number): Iterable<ApiRecord> {
  for (const id of room.created) {
    const record = id > afterId ? latest(room, id) : null;
    if (record !== null) yield record;
  }
}
