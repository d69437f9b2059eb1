import type { LedgerEntry, LedgerStore } from '../../../ports/state-store.js';
import { byText, kept, type MemoryState, pagesAfter } from './state.js';

export function ledgerStore(state: MemoryState): LedgerStore {
  return {
    write: async (entries) => {
      for (const entry of entries) {
        const before = state.ledger.get(entry.key);
        if (!before || isOpen(before)) state.ledger.set(entry.key, kept(entry));
      }
    },
    get: async (keys) => {
      const found = keys.flatMap((key) => state.ledger.get(key) ?? []);
      return new Map(found.map((entry) => [entry.key, kept(entry)]));
    },
    open: (pageSize) =>
      pagesAfter(
        () => [...state.ledger.values()].filter(isOpen),
        byText((entry) => entry.key),
        pageSize,
      ),
    ofAccount: async (account) => {
      const found = [...state.ledger.values()].filter((entry) => entry.account === account);
      return kept(
        found.sort(
          byText(
            (entry) => entry.day,
            (entry) => entry.key,
          ),
        ),
      );
    },
  };
}

function isOpen(entry: LedgerEntry): boolean {
  return entry.status === 'intended' || entry.status === 'unclear';
}
