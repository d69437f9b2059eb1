import type { StoredObject } from './stored-object.js';

export type UniqueValues = (object: StoredObject) => readonly (readonly [property: string, value: string])[];

/** Which written record holds which unique value, without regard to case. */
export interface UniqueIndex {
  readonly claim: (object: StoredObject) => void;
  readonly release: (object: StoredObject) => void;
  readonly owner: (property: string, value: string) => string | null;
}

export function startUniqueIndex(uniqueValues: UniqueValues): UniqueIndex {
  const owners = new Map<string, string>();
  return {
    claim: (object) => {
      for (const [property, value] of object.archived ? [] : uniqueValues(object)) {
        owners.set(keyOf(property, value), object.id);
      }
    },
    release: (object) => {
      for (const [property, value] of uniqueValues(object)) {
        const key = keyOf(property, value);
        if (owners.get(key) === object.id) owners.delete(key);
      }
    },
    owner: (property, value) => owners.get(keyOf(property, value)) ?? null,
  };
}

function keyOf(property: string, value: string): string {
  return `${property}\n${value.trim().toLowerCase()}`;
}
