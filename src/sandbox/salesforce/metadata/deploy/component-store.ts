import { makeId } from '../../ids.js';
import type { Org } from '../../store/org.js';
import { KINDS } from '../kinds/index.js';
import type { Component, StoredComponent } from './component.js';

/** Every component that was deployed, as it was written last. */
export interface ComponentStore {
  readonly find: (type: string, fullName: string) => StoredComponent | undefined;
  /** The id of a component, also of one that was never deployed; made on first use. */
  readonly idOf: (type: string, fullName: string) => string;
  /** Goes up with each change. */
  readonly version: () => number;
  readonly ofType: (type: string) => readonly StoredComponent[];
  readonly put: (component: Component) => StoredComponent;
  readonly remove: (type: string, fullName: string) => void;
}

export function startComponentStore(org: Org): ComponentStore {
  const components = new Map<string, StoredComponent>();
  const ids = new Map<string, string>();
  let version = 0;
  let count = 0;
  const nextNumber = (): number => {
    count += 1;
    return count;
  };
  const idOf = (type: string, fullName: string): string => {
    const key = keyOf(type, fullName);
    const id = ids.get(key) ?? freshId(type, org, nextNumber());
    ids.set(key, id);
    return id;
  };
  return {
    idOf,
    version: () => version,
    find: (type, fullName) => components.get(keyOf(type, fullName)),
    ofType: (type) => [...components.values()].filter((one) => one.type === type),
    put: (component) => {
      const { type, fullName } = component;
      const known = components.get(keyOf(type, fullName));
      const stored: StoredComponent = {
        ...component,
        id: idOf(type, fullName),
        createdDate: known?.createdDate ?? org.stamp(),
        lastModifiedDate: org.stamp(),
      };
      components.set(keyOf(type, fullName), stored);
      version += 1;
      return stored;
    },
    remove: (type, fullName) => {
      components.delete(keyOf(type, fullName));
      // What comes back under the old name is another component.
      ids.delete(keyOf(type, fullName));
      version += 1;
    },
  };
}

/** A permission set is a row too: its id comes from where other rows get theirs. */
function freshId(type: string, org: Org, n: number): string {
  return type === 'PermissionSet' ? org.nextId(type) : makeId(KINDS.get(type)?.keyPrefix ?? '000', n, 'Md1');
}

export function keyOf(type: string, fullName: string): string {
  return `${type} ${fullName.toLowerCase()}`;
}
