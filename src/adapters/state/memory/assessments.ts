import { RECORD_KINDS, type RecordKind } from '../../../domain/facts/record.js';
import type {
  AccountBundle,
  AccountRange,
  AssessmentStore,
  BundleFilter,
  BundleParts,
  HistoryEntry,
  StoredRow,
} from '../../../ports/state-store.js';
import { saveEpisodes } from './episodes.js';
import { mark } from './rows.js';
import { byText, kept, type MemoryState, type PlacedEntry, pagesAfter, rowsOf } from './state.js';

type ChildKind = Exclude<RecordKind, 'account'>;

export function assessmentStore(state: MemoryState): AssessmentStore {
  return {
    bundles: (filter, pageSize) => bundles(state, filter, pageSize),
    ranges: async (filter, size) => ranges(state, filter, size),
    bundle: async (account) => kept(bundleOf(state, account)),
    bundlesOf: async (accounts, only) =>
      kept(accounts.flatMap((account) => partsOf(bundleOf(state, account), only) ?? [])),
    latest: async (account) => kept(state.assessments.get(account) ?? null),
    latestOf: async (accounts) =>
      new Map(
        accounts.flatMap((account) => {
          const assessed = state.assessments.get(account);
          return assessed === undefined ? [] : [[account, kept(assessed)] as const];
        }),
      ),
    save: async (page) => savePage(state, page),
    restate: async (assessments, entries) => {
      for (const one of assessments) state.assessments.set(one.account, kept(one));
      appendHistory(state, entries);
    },
    history: async (account, limit) => {
      const entries = state.history.filter((entry) => entry.account === account).reverse();
      return kept(entries.sort((a, b) => b.day - a.day).slice(0, limit)).map(unplaced);
    },
    historySince: async (position, limit) => {
      const found = state.history.filter((entry) => entry.position > position).slice(0, limit);
      return { entries: kept(found).map(unplaced), position: found.at(-1)?.position ?? position };
    },
    historyEnd: async () => state.history.at(-1)?.position ?? 0,
    markChanged: async (accounts) => mark(state, accounts),
    unmarkApplied: async (run) => {
      for (const [account, assessedIn] of state.changed)
        if (assessedIn === run) state.changed.delete(account);
    },
    find: async (by) => find(state, by),
    measures: (pageSize) => pagesAfter(() => measures(state), byMeasure, pageSize),
    count: async () => assessedAccounts(state).length,
  };
}

async function* bundles(
  state: MemoryState,
  filter: BundleFilter,
  pageSize: number,
): AsyncGenerator<readonly AccountBundle[]> {
  for await (const page of pagesAfter(() => chosen(state, filter), byText<string>(String), pageSize)) {
    yield kept(page.flatMap((id) => bundleOf(state, id) ?? []));
  }
}

function partsOf(bundle: AccountBundle | null, only: BundleParts | undefined): AccountBundle | null {
  if (bundle === null || only === undefined) return bundle;
  const rows = Object.entries(bundle.rows).filter(([kind]) => only.kinds.some((one) => one === kind));
  return { ...bundle, rows: Object.fromEntries(rows), assessed: only.assessed ? bundle.assessed : null };
}

function chosen(state: MemoryState, filter: BundleFilter): readonly string[] {
  const { after, upTo = null } = filter;
  const within = (id: string): boolean => id > (after ?? '') && (upTo === null || id <= upTo);
  return accountIds(state).filter((id) => within(id) && wanted(state, id, filter));
}

function ranges(state: MemoryState, filter: BundleFilter, size: number): readonly AccountRange[] {
  const ids = chosen(state, filter);
  const ends = ids.filter((_, at) => (at + 1) % size === 0 && at + 1 < ids.length);
  if (ids.length === 0) return [];
  const { after, upTo = null } = filter;
  return [...ends, upTo].map((end, at) => ({ after: ends[at - 1] ?? after, upTo: end }));
}

function wanted(state: MemoryState, account: string, { which, day }: BundleFilter): boolean {
  const assessed = state.assessments.get(account);
  if (which === 'all' || !assessed || state.changed.has(account)) return true;
  return assessed.dueOn !== null && assessed.dueOn <= day;
}

function bundleOf(state: MemoryState, id: string): AccountBundle | null {
  const account = rowsOf(state, 'account').byId.get(id);
  if (!account) return null;
  const rows: Partial<Record<ChildKind, readonly StoredRow[]>> = {};
  for (const kind of RECORD_KINDS) {
    if (kind === 'account') continue;
    const found = [...rowsOf(state, kind).byId.values()].filter((row) => row.accountId === id);
    if (found.length > 0) rows[kind] = found.sort(byText((row) => row.id));
  }
  return { account, rows, assessed: state.assessments.get(id) ?? null };
}

function savePage(state: MemoryState, page: Parameters<AssessmentStore['save']>[0]): void {
  const asking = new Set(page.candidates.map((candidate) => candidate.account));
  for (const assessment of page.assessments) {
    state.assessments.set(assessment.account, kept(assessment));
    if (asking.has(assessment.account)) state.changed.set(assessment.account, page.run);
    else state.changed.delete(assessment.account);
  }
  saveEpisodes(state, page);
  appendHistory(state, page.history);
  const accounts = new Set(page.assessments.map((assessment) => assessment.account));
  const others = (state.candidates.get(page.run) ?? []).filter(({ account }) => !accounts.has(account));
  const distinct = new Map(
    [...others, ...kept(page.candidates)].map((each) => [
      JSON.stringify([each.account, each.kind, each.key]),
      each,
    ]),
  );
  state.candidates.set(page.run, [...distinct.values()]);
}

function appendHistory(state: MemoryState, entries: readonly HistoryEntry[]): void {
  for (const entry of entries) {
    const known = state.history.some(
      (other) =>
        other.account === entry.account && other.day === entry.day && other.fingerprint === entry.fingerprint,
    );
    if (!known) state.history.push({ ...kept(entry), position: (state.history.at(-1)?.position ?? 0) + 1 });
  }
}

function find(state: MemoryState, by: Parameters<AssessmentStore['find']>[0]): readonly string[] {
  const ids = accountIds(state);
  if ('nth' in by) return ids.slice(by.nth - 1, by.nth).slice(0, by.nth >= 1 ? 1 : 0);
  if ('idPrefix' in by) return ids.filter((id) => id.startsWith(by.idPrefix)).slice(0, 100);
  const { byId } = rowsOf(state, 'account');
  return ids.filter((id) => nameKey(byId.get(id)?.values.name) === nameKey(by.name)).slice(0, 100);
}

function nameKey(name: unknown): unknown {
  return typeof name === 'string' ? name.trim().normalize('NFC').toLowerCase() : Symbol('unnamed');
}

function accountIds(state: MemoryState): readonly string[] {
  return [...rowsOf(state, 'account').byId.keys()].sort(byText(String));
}

function assessedAccounts(state: MemoryState): readonly string[] {
  return accountIds(state).filter((id) => state.assessments.has(id));
}

interface Measured {
  readonly account: string;
  readonly measure: number;
}

const byMeasure = byText<Measured>(
  (each) => -each.measure,
  (each) => each.account,
);

function measures(state: MemoryState): readonly Measured[] {
  return assessedAccounts(state).flatMap((account) => {
    const measure = state.assessments.get(account)?.measure ?? null;
    return measure === null ? [] : [{ account, measure }];
  });
}

function unplaced({ position: _, ...entry }: PlacedEntry): HistoryEntry {
  return entry;
}
