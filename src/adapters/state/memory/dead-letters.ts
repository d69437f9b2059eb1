import type { DeadLetter, DeadLetterStore } from '../../../ports/state-store.js';
import { mark } from './rows.js';
import { byText, kept, type MemoryState } from './state.js';

const latestFirst = byText<DeadLetter>(
  (letter) => -letter.day,
  (letter) => letter.record,
  (letter) => letter.object,
);
const latestLast = byText<DeadLetter>(
  (letter) => letter.day,
  (letter) => letter.object,
);

export function deadLetterStore(state: MemoryState): DeadLetterStore {
  const all = () => [...state.letters.values()];
  return {
    add: async (letters) => {
      for (const letter of letters) add(state, letter);
    },
    list: async (limit) => kept(all().sort(latestFirst).slice(0, limit)),
    count: async () => state.letters.size,
    waiting: async (records) => {
      const wanted = all().filter((letter) => records.includes(letter.record));
      return new Map(wanted.sort(latestLast).map((letter) => [letter.record, letter.content]));
    },
    known: async (ids) => new Set(all().flatMap(({ id }) => (ids.includes(id) ? [id] : []))),
    resolve: async (records) => {
      for (const [key, letter] of state.letters)
        if (records.includes(letter.record)) state.letters.delete(key);
    },
    retry: async (ids) => retry(state, ids),
    discard: async (ids) => {
      const gone = [...state.letters].filter(([, letter]) => ids.includes(letter.id));
      for (const [key] of gone) state.letters.delete(key);
      return gone.length;
    },
  };
}

function add(state: MemoryState, letter: Omit<DeadLetter, 'attempts'>): void {
  const key = JSON.stringify([letter.record, letter.object]);
  const before = state.letters.get(key);
  const again = before?.content === letter.content ? before : null;
  state.letters.set(key, {
    ...kept(letter),
    id: again?.id ?? letter.id,
    attempts: (again?.attempts ?? 0) + 1,
  });
}

function retry(state: MemoryState, ids: readonly string[] | 'all'): number {
  const taken = [...state.letters].filter(([, letter]) => ids === 'all' || ids.includes(letter.id));
  for (const [key, letter] of taken) {
    state.letters.delete(key);
    mark(state, [letter.account]);
  }
  return taken.length;
}
