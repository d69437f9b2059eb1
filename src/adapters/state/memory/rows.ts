import type { RecordKind } from '../../../domain/facts/record.js';
import type { RowStore, StoredRow } from '../../../ports/state-store.js';
import { type KindRows, kept, type MemoryState, rowsOf } from './state.js';

export function rowStore(state: MemoryState): RowStore {
  return {
    save: async (kind, rows) => keepRows(state, kind, { rows, marks: true }),
    keep: async (kind, rows) => keepRows(state, kind, { rows, marks: false }),
    remove: async (kind, ids) => removeRows(state, kind, ids),
    beginFull: async (kind, mark) => {
      const rows = rowsOf(state, kind);
      if (rows.full?.mark !== mark) rows.full = { mark, seen: new Set() };
    },
    endFull: async (kind, mark) => endFull(state, kind, mark),
    noteSeen: async (kind, mark, ids) => {
      const { full } = rowsOf(state, kind);
      if (full?.mark === mark) for (const id of ids) full.seen.add(id);
    },
    count: async (kind) => rowsOf(state, kind).byId.size,
    accountsOf: async (kind, ids) => {
      const { byId } = rowsOf(state, kind);
      return new Map(
        ids.flatMap((id) => {
          const account = byId.get(id)?.accountId ?? null;
          return account === null ? [] : [[id, account] as const];
        }),
      );
    },
    heldOf: async (accounts) => {
      const { byId } = rowsOf(state, 'account');
      return new Map(
        accounts.flatMap((id) => {
          const row = byId.get(id);
          return row === undefined ? [] : [[id, row.held ?? {}] as const];
        }),
      );
    },
    setHeld: async (values) => {
      const { byId } = rowsOf(state, 'account');
      for (const { id, held } of values) {
        const row = byId.get(id);
        if (row) byId.set(id, { ...row, held: kept({ ...row.held, ...held }) });
      }
    },
    newest: async (kind, attribute, upTo) => newest(rowsOf(state, kind), attribute, upTo),
  };
}

export function keepRows(
  state: MemoryState,
  kind: RecordKind,
  { rows, marks }: { readonly rows: readonly StoredRow[]; readonly marks: boolean },
): number {
  const { byId, full } = rowsOf(state, kind);
  let differing = 0;
  for (const row of new Map(rows.map((each) => [each.id, each])).values()) {
    const next = kept(kind === 'account' ? { ...row, accountId: row.id } : row);
    const before = byId.get(row.id);
    if (!before || content(before) !== content(next)) {
      differing += 1;
      if (marks) mark(state, [before?.accountId ?? null, next.accountId]);
    }
    byId.set(row.id, next);
    full?.seen.add(row.id);
  }
  return differing;
}

function content({ accountId, values, held }: StoredRow): string {
  const sorted = (record: Readonly<Record<string, unknown>> | null) =>
    record && Object.entries(record).sort();
  return JSON.stringify([accountId, sorted(values), sorted(held)]);
}

export function mark(state: MemoryState, accounts: readonly (string | null)[]): void {
  for (const account of accounts) if (account !== null) state.changed.set(account, null);
}

function removeRows(state: MemoryState, kind: RecordKind, ids: readonly string[]): number {
  const { byId } = rowsOf(state, kind);
  const gone = [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
  for (const row of gone) byId.delete(row.id);
  mark(
    state,
    gone.map((row) => row.accountId),
  );
  return gone.length;
}

function endFull(state: MemoryState, kind: RecordKind, markName: string): number {
  const rows = rowsOf(state, kind);
  const { full } = rows;
  if (full?.mark !== markName) return 0;
  rows.full = null;
  return removeRows(
    state,
    kind,
    [...rows.byId.keys()].filter((id) => !full.seen.has(id) && !state.sent.has(id)),
  );
}

function newest({ byId }: KindRows, attribute: string, upTo: number): number | null {
  let latest: number | null = null;
  for (const { values } of byId.values()) {
    const value = values[attribute];
    if (typeof value !== 'number' || value > upTo) continue;
    if (latest === null || value > latest) latest = value;
  }
  return latest;
}
