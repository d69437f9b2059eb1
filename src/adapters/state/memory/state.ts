import { RECORD_KINDS, type RecordKind } from '../../../domain/facts/record.js';
import type { StoredPiece } from '../../../ports/piece-store.js';
import type {
  Candidate,
  DeadLetter,
  HistoryEntry,
  ItemStatus,
  KnownContact,
  LedgerEntry,
  Merge,
  PlanItem,
  Published,
  RunRecord,
  StoredAssessment,
  StoredEpisode,
  StoredRow,
} from '../../../ports/state-store.js';

export interface PlannedItem extends PlanItem {
  readonly status: ItemStatus;
}

export interface KindRows {
  readonly byId: Map<string, StoredRow>;
  /** The full read under way, if any, and what it has seen. */
  full: { readonly mark: string; readonly seen: Set<string> } | null;
}

/** An entry of the history, and its place in the order in which all came. */
export interface PlacedEntry extends HistoryEntry {
  readonly position: number;
}

export interface Lease {
  readonly holder: string;
  readonly fence: number;
  readonly expiresAt: number;
}

/** A removed contact is remembered for the sake of those it was merged into. */
export interface RememberedContact extends KnownContact {
  readonly living: boolean;
}

/** What a contact was, as known last, before it became `next`. */
export interface PastContact extends RememberedContact {
  readonly next: string;
}

/** Everything the store knows; each method works on it without a pause, which makes it a transaction. */
export interface MemoryState {
  readonly rows: ReadonlyMap<RecordKind, KindRows>;
  /** Ids of rows that were sent to us: no full read looks for them. */
  readonly sent: Set<string>;
  /** Marked accounts, and the run that has assessed them since, if any. */
  readonly changed: Map<string, string | null>;
  readonly assessments: Map<string, StoredAssessment>;
  readonly history: PlacedEntry[];
  /** Persons who were forgotten. */
  readonly forgotten: Set<string>;
  readonly candidates: Map<string, readonly Candidate[]>;
  readonly items: Map<string, Map<number, PlannedItem>>;
  readonly ledger: Map<string, LedgerEntry>;
  readonly episodes: Map<string, StoredEpisode>;
  readonly contacts: Map<string, RememberedContact>;
  readonly past: PastContact[];
  readonly merges: Merge[];
  readonly letters: Map<string, DeadLetter>;
  readonly runs: Map<string, RunRecord>;
  readonly pieces: Map<string, StoredPiece>;
  readonly published: Map<string, Map<string, Published>>;
  /** Keys of the ledger that were told in the CRM since they were last written. */
  readonly told: Set<string>;
  readonly notes: Map<string, unknown>;
  readonly leases: Map<string, Lease>;
}

export function emptyState(): MemoryState {
  return {
    rows: new Map(RECORD_KINDS.map((kind) => [kind, { byId: new Map(), full: null }])),
    sent: new Set(),
    changed: new Map(),
    assessments: new Map(),
    history: [],
    forgotten: new Set(),
    candidates: new Map(),
    items: new Map(),
    ledger: new Map(),
    episodes: new Map(),
    contacts: new Map(),
    past: [],
    merges: [],
    letters: new Map(),
    runs: new Map(),
    pieces: new Map(),
    published: new Map(),
    told: new Set(),
    notes: new Map(),
    leases: new Map(),
  };
}

export function rowsOf(state: MemoryState, kind: RecordKind): KindRows {
  const rows = state.rows.get(kind);
  if (!rows) throw new Error(`No such kind of row: ${kind}`);
  return rows;
}

/** What a database would hand back: a copy, as JSON keeps it. */
export function kept<T>(value: T): T {
  return JSON.parse(JSON.stringify(value ?? null));
}

export function byText<T>(...keys: readonly ((item: T) => string | number)[]): (a: T, b: T) => number {
  return (a, b) => {
    for (const key of keys) {
      const [x, y] = [key(a), key(b)];
      if (x !== y) return x < y ? -1 : 1;
    }
    return 0;
  };
}

/** Pages by place, read anew for each page: what is written between pages is seen as a database would show it. */
export async function* pagesAfter<T>(
  read: () => readonly T[],
  compare: (a: T, b: T) => number,
  pageSize: number,
): AsyncGenerator<readonly T[]> {
  let last: T | null = null;
  for (;;) {
    const place: T | null = last;
    const all = [...read()].sort(compare);
    const page: readonly T[] = all
      .filter((item) => place === null || compare(item, place) > 0)
      .slice(0, pageSize);
    if (page.length > 0) yield kept(page);
    last = page.at(-1) ?? null;
    if (last === null || page.length < pageSize) return;
  }
}
