import type { Published, PublishedStore } from '../../../ports/state-store.js';
import { byText, kept, type MemoryState, pagesAfter } from './state.js';

const byKey = byText<Published>(({ key }) => key);

export function publishedStore({ published }: MemoryState): PublishedStore {
  const ofKind = (kind: string): Map<string, Published> => {
    const known = published.get(kind) ?? new Map<string, Published>();
    published.set(kind, known);
    return known;
  };
  return {
    of: async (kind, keys) =>
      new Map(
        keys.flatMap((key) => {
          const found = ofKind(kind).get(key);
          return found === undefined ? [] : [[key, found.content] as const];
        }),
      ),
    set: async (kind, entries) => {
      for (const entry of entries) ofKind(kind).set(entry.key, kept(entry));
    },
    remove: async (kind, keys) => {
      for (const key of keys) ofKind(kind).delete(key);
    },
    list: (kind, pageSize) => pagesAfter(() => [...ofKind(kind).values()], byKey, pageSize),
    prune: async (kind, before) => {
      const gone = [...ofKind(kind).values()].filter(({ day }) => day < before);
      for (const { key } of gone) ofKind(kind).delete(key);
      return gone.length;
    },
  };
}
