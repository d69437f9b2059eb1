import { makeId } from '../../ids.js';
import type { Org } from '../../store/org.js';
import { KINDS } from '../kinds/index.js';
import type { Component, StoredComponent } from './component.js';

/** Every component that was deployed, as it was written last. */
export interface ComponentStore {
  readonly find: (type: string, fullName: string) => StoredComponent | undefined;
  readonly byId: (id: string) => StoredComponent | undefined;
  readonly ofType: (type: string) => readonly StoredComponent[];
  readonly put: (component: Component) => StoredComponent;
  readonly remove: (type: string, fullName: string) => void;
}

export function startComponentStore(org: Org): ComponentStore {
  const components = new Map<string, StoredComponent>();
  let count = 0;
  const freshId = (type: string): string => {
    count += 1;
    // A permission set is a row too: its id comes from where other rows get theirs.
    return type === 'PermissionSet'
      ? org.nextId(type)
      : makeId(KINDS.get(type)?.keyPrefix ?? '000', count, 'Md1');
  };
  return {
    find: (type, fullName) => components.get(keyOf(type, fullName)),
    byId: (id) => [...components.values()].find((one) => one.id === id || one.id.slice(0, 15) === id),
    ofType: (type) => [...components.values()].filter((one) => one.type === type),
    put: (component) => {
      const key = keyOf(component.type, component.fullName);
      const known = components.get(key);
      const stored: StoredComponent = {
        ...component,
        id: known?.id ?? freshId(component.type),
        createdDate: known?.createdDate ?? org.stamp(),
        lastModifiedDate: org.stamp(),
      };
      components.set(key, stored);
      return stored;
    },
    remove: (type, fullName) => {
      components.delete(keyOf(type, fullName));
    },
  };
}

export function keyOf(type: string, fullName: string): string {
  return `${type} ${fullName.toLowerCase()}`;
}
