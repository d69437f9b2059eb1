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
    ofAccount: async (account) => inOrder(state, (entry) => entry.account === account),
    sent: async (playbook, subjects) => {
      const persons = new Set(subjects.persons);
      const accounts = new Set(subjects.accounts);
      return inOrder(
        state,
        (entry) =>
          entry.playbook === playbook &&
          entry.status !== 'refused' &&
          (persons.has(entry.person) || accounts.has(entry.account)),
      );
    },
  };
}

function inOrder(state: MemoryState, wanted: (entry: LedgerEntry) => boolean): readonly LedgerEntry[] {
  const found = [...state.ledger.values()].filter(wanted);
  return kept(
    found.sort(
      byText(
        (entry) => entry.day,
        (entry) => entry.key,
      ),
    ),
  );
}

function isOpen(entry: LedgerEntry): boolean {
  return entry.status === 'intended' || entry.status === 'unclear';
}
