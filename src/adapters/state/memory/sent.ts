import type { SentRowStore } from '../../../ports/sent-rows.js';
import { keepRows, mark } from './rows.js';
import { kept, type MemoryState, rowsOf } from './state.js';

export function sentRowStore(state: MemoryState): SentRowStore {
  return {
    save: async (kind, rows) => {
      const placed = rows.map((row) => ({ ...row, accountId: placeOf(state, row.accountId) }));
      for (const { id } of placed) state.sent.add(id);
      const strangers = placed.flatMap(({ accountId }) => accountId ?? []).filter((id) => !isKept(state, id));
      const differing = keepRows(state, kind, { rows: placed, marks: true });
      return { differing, strangers: [...new Set(strangers)] };
    },
    prune: async (kind, before) => {
      const { byId } = rowsOf(state, kind);
      const mine = [...byId.values()].filter(({ id }) => state.sent.has(id));
      const old = mine.filter(({ stamp }) => stamp < before.all);
      const strangers = mine.filter(
        ({ stamp, accountId }) =>
          stamp >= before.all && stamp < before.strangers && !isKept(state, accountId ?? ''),
      );
      for (const { id } of [...old, ...strangers]) byId.delete(id);
      mark(
        state,
        old.map(({ accountId }) => accountId),
      );
      return { old: old.length, strangers: strangers.length };
    },
  };
}

function isKept(state: MemoryState, account: string): boolean {
  return rowsOf(state, 'account').byId.has(account);
}

function placeOf(state: MemoryState, account: string | null): string | null {
  return account === null || isKept(state, account) ? account : lastWinner(state, account);
}

function lastWinner({ merges }: MemoryState, account: string): string {
  const met = new Set([account]);
  for (const each of met) {
    const merge = merges.findLast(({ kind, loser }) => kind === 'account' && loser === each);
    if (merge) met.add(merge.winner);
  }
  return [...met].at(-1) ?? account;
}

/** What was sent for accounts that were merged away is the business of those that stayed. */
export function followMerges(state: MemoryState, losers: readonly string[]): void {
  const { byId } = rowsOf(state, 'usage');
  for (const row of byId.values()) {
    const { accountId } = row;
    if (accountId === null || !state.sent.has(row.id) || !losers.includes(accountId)) continue;
    const winner = lastWinner(state, accountId);
    byId.set(row.id, kept({ ...row, accountId: winner }));
    mark(state, [winner]);
  }
}
