import type { StoredObject } from './stored-object.js';
import { startUniqueIndex, type UniqueIndex, type UniqueValues } from './unique-index.js';

/** Records that are computed, not kept. */
export interface BaseObjects {
  /** Slots; a slot may be empty. */
  readonly count: number;
  readonly at: (index: number) => StoredObject | null;
  /** Slot of an id, or -1. */
  readonly indexOf: (id: string) => number;
  /** Slot of the record that holds this value of a unique property, or -1. */
  readonly indexWhere: (property: string, value: string) => number;
}

export const NO_OBJECTS: BaseObjects = { count: 0, at: () => null, indexOf: () => -1, indexWhere: () => -1 };

export interface ObjectStore {
  /** Archived ones too. */
  readonly byId: (id: string) => StoredObject | null;
  /** The live record that holds this value of a unique property, without regard to case. */
  readonly idWhere: (property: string, value: string) => string | null;
  /** Keeps the record; what it returns takes the write back. */
  readonly write: (object: StoredObject) => () => void;
  readonly forget: (id: string) => void;
  readonly newId: () => string;
  /** Live records in id order, beginning at `fromId` when given. */
  readonly scan: (fromId?: string) => Iterable<StoredObject>;
  /** What the search index holds: live records as they were at `asOf`. */
  readonly scanAsOf: (asOf: number) => Iterable<StoredObject>;
}

export interface StoreOptions {
  readonly base: BaseObjects;
  /** Ids of records that are created later lie above this, and above every id of the base. */
  readonly firstNewId: number;
  /** Unique properties and their values in a record: a contact has several addresses. */
  readonly uniqueValues: UniqueValues;
}

/** Enough for any index lag that a test sets. */
const KEPT_VERSIONS = 4;

interface Room {
  readonly base: BaseObjects;
  /** Versions of what was written, oldest first; a base record's first version is its own. */
  readonly written: Map<string, readonly StoredObject[]>;
  readonly forgotten: Set<string>;
  readonly created: Set<string>;
  readonly unique: UniqueIndex;
}

/** Computed records with an overlay of what was written. */
export function startObjectStore(options: StoreOptions): ObjectStore {
  const room: Room = {
    base: options.base,
    written: new Map(),
    forgotten: new Set(),
    created: new Set(),
    unique: startUniqueIndex(options.uniqueValues),
  };
  let lastId = options.firstNewId;
  return {
    byId: (id) => room.written.get(id)?.at(-1) ?? fromBase(room, id),
    idWhere: (property, value) => idWhere(room, property, value),
    write: (object) => write(room, object),
    forget: (id) => forget(room, id),
    newId: () => {
      lastId += 1;
      return String(lastId);
    },
    scan: (fromId) => scan(room, (versions) => versions.at(-1), fromId),
    scanAsOf: (asOf) => scan(room, (versions) => versions.findLast((one) => one.updatedAt <= asOf)),
  };
}

function fromBase(room: Room, id: string): StoredObject | null {
  const index = room.base.indexOf(id);
  return index < 0 || room.forgotten.has(id) ? null : room.base.at(index);
}

function idWhere(room: Room, property: string, value: string): string | null {
  const owner = room.unique.owner(property, value);
  if (owner !== null) return owner;
  const index = room.base.indexWhere(property, value.trim().toLowerCase());
  const found = index < 0 ? null : room.base.at(index);
  return found === null || room.written.has(found.id) || room.forgotten.has(found.id) ? null : found.id;
}

function write(room: Room, object: StoredObject): () => void {
  const { id } = object;
  const before = room.written.get(id);
  const first = before === undefined ? fromBase(room, id) : null;
  const versions = before ?? (first === null ? [] : [first]);
  const latest = before?.at(-1);
  if (latest !== undefined) room.unique.release(latest);
  room.unique.claim(object);
  room.written.set(id, [...versions, object].slice(-KEPT_VERSIONS));
  if (versions.length === 0) room.created.add(id);
  return () => {
    room.unique.release(object);
    if (latest !== undefined) room.unique.claim(latest);
    if (before === undefined) room.written.delete(id);
    else room.written.set(id, before);
    if (versions.length === 0) room.created.delete(id);
  };
}

function forget(room: Room, id: string): void {
  const latest = room.written.get(id)?.at(-1);
  if (latest !== undefined) room.unique.release(latest);
  room.written.delete(id);
  room.created.delete(id);
  room.forgotten.add(id);
}

type ChosenVersion = (versions: readonly StoredObject[]) => StoredObject | undefined;

function* scan(room: Room, choose: ChosenVersion, fromId?: string): Iterable<StoredObject> {
  const { base, written, forgotten } = room;
  const start = fromId === undefined ? 0 : base.indexOf(fromId);
  for (let index = start < 0 ? base.count : start; index < base.count; index += 1) {
    const object = base.at(index);
    if (object === null || forgotten.has(object.id)) continue;
    const versions = written.get(object.id);
    const chosen = versions === undefined ? object : choose(versions);
    if (chosen !== undefined && !chosen.archived) yield chosen;
  }
  for (const id of room.created) {
    const chosen = Number(id) < Number(fromId ?? 0) ? undefined : choose(written.get(id) ?? []);
    if (chosen !== undefined && !chosen.archived) yield chosen;
  }
}
