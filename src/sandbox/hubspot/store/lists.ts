import { notFound, validation } from '../errors.js';

export interface StoredList {
  readonly listId: string;
  readonly name: string;
  readonly objectTypeId: string;
  readonly processingType: string;
  readonly filterBranch: unknown;
  readonly listVersion: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Record id -> when it joined, in milliseconds since 1970; in the order of joining. */
  readonly members: Map<string, number>;
}

/** One record joined one list: kept although it may leave again. */
export interface Addition {
  readonly listId: string;
  readonly recordId: string;
  readonly at: number;
}

type NewList = Pick<StoredList, 'name' | 'objectTypeId' | 'processingType' | 'filterBranch'>;

export interface ListStore {
  readonly all: () => readonly StoredList[];
  readonly byId: (listId: string) => StoredList;
  readonly byName: (objectTypeId: string, name: string) => StoredList;
  readonly add: (list: NewList, at: number) => StoredList;
  readonly rename: (listId: string, name: string, at: number) => StoredList;
  readonly remove: (listId: string) => void;
  readonly ofRecord: (objectTypeId: string, recordId: string) => readonly StoredList[];
  /** The record becomes a member; nothing happens when it is one. */
  readonly join: (list: StoredList, recordId: string, at: number) => void;
  /** Everyone who ever joined a list, in order. */
  readonly additions: () => readonly Addition[];
}

type Lists = Map<string, StoredList>;

export function startLists(): ListStore {
  const lists: Lists = new Map();
  const additions: Addition[] = [];
  let lastId = 0;
  return {
    all: () => [...lists.values()],
    byId: (listId) => existing(lists, listId),
    byName: (objectTypeId, name) => {
      const list = named(lists, objectTypeId, name);
      if (list === undefined) throw noSuchList(`List does not exist with name ${name}.`);
      return list;
    },
    add: (list, at) => {
      if (named(lists, list.objectTypeId, list.name) !== undefined) throw duplicateName(list.name);
      lastId += 1;
      const listId = String(lastId);
      const stored = { ...list, listId, listVersion: 1, createdAt: at, updatedAt: at, members: new Map() };
      lists.set(listId, stored);
      return stored;
    },
    rename: (listId, name, at) => renamed(lists, existing(lists, listId), { name, at }),
    remove: (listId) => {
      lists.delete(existing(lists, listId).listId);
    },
    ofRecord: (objectTypeId, recordId) =>
      [...lists.values()].filter((list) => list.objectTypeId === objectTypeId && list.members.has(recordId)),
    join: (list, recordId, at) => {
      if (list.members.has(recordId)) return;
      list.members.set(recordId, at);
      additions.push({ listId: list.listId, recordId, at });
    },
    additions: () => additions,
  };
}

function existing(lists: Lists, listId: string): StoredList {
  const list = lists.get(listId);
  if (list === undefined) throw noSuchList(`List does not exist with ID ${listId}.`);
  return list;
}

function named(lists: Lists, objectTypeId: string, name: string): StoredList | undefined {
  return [...lists.values()].find((list) => list.objectTypeId === objectTypeId && sameName(list.name, name));
}

interface NewName {
  readonly name: string;
  readonly at: number;
}

function renamed(lists: Lists, list: StoredList, { name, at }: NewName): StoredList {
  const other = named(lists, list.objectTypeId, name);
  if (other !== undefined && other !== list) throw duplicateName(name);
  const changed = { ...list, name, updatedAt: at, listVersion: list.listVersion + 1 };
  lists.set(list.listId, changed);
  return changed;
}

function sameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function noSuchList(message: string): Error {
  return notFound(message, { subCategory: 'ILS.LIST_NOT_FOUND' });
}

/** The sub-category is known from production code elsewhere; that the status is 400 is an assumption. */
function duplicateName(name: string): Error {
  return validation(`The name "${name}" is already in use by another list.`, {
    subCategory: 'ILS.DUPLICATE_LIST_NAMES',
    context: { name: [name] },
  });
}
