import type {
  Candidate,
  CandidatePlace,
  ItemFilter,
  PlanItem,
  PlanStore,
  SeqRange,
} from '../../../ports/state-store.js';
import { keepMark } from './pieces.js';
import { byText, kept, type MemoryState, type PlannedItem, pagesAfter } from './state.js';

const inOrder = byText<CandidatePlace>(
  (each) => each.order,
  (each) => each.account,
  (each) => each.key,
);

export function planStore(state: MemoryState): PlanStore {
  return {
    candidates: (run, kind, pageSize, after = null) =>
      pagesAfter(() => candidatesAfter(state, { run, kind, after }), inOrder, pageSize),
    clearCandidates: async (run) => {
      state.candidates.delete(run);
    },
    add: async (run, items, mark) => {
      if (mark !== undefined) keepMark(state, mark);
      add(state, run, items);
    },
    items: (run, filter, pageSize) => items(state, run, { ...filter, pageSize }),
    ranges: async (run, filter, size) => ranges(matching(state, run, filter), size),
    clearPlanned: async (run) => {
      const planned = itemsOf(state, run);
      for (const [seq, { status }] of planned) if (status === 'planned') planned.delete(seq);
    },
    remove: async (run) => {
      state.items.delete(run);
      state.candidates.delete(run);
    },
    page: async (run, { kind, status }, { after, limit }) => {
      const fits = (item: PlannedItem): boolean =>
        (kind === null || item.kind === kind) &&
        (status === null || item.status === status) &&
        (after === null || item.seq > after);
      const inPlan = [...itemsOf(state, run).values()].filter(fits).sort(byText((item) => item.seq));
      return kept(inPlan.slice(0, limit));
    },
    setStatus: async (run, outcomes) => {
      const planned = itemsOf(state, run);
      for (const { seq, status } of outcomes) {
        const item = planned.get(seq);
        if (item) planned.set(seq, { ...item, status });
      }
    },
    counts: async (run) => counts([...itemsOf(state, run).values()]),
  };
}

interface CandidatesWanted {
  readonly run: string;
  readonly kind: Candidate['kind'];
  readonly after: CandidatePlace | null;
}

function candidatesAfter(
  { candidates }: MemoryState,
  { run, kind, after }: CandidatesWanted,
): readonly Candidate[] {
  const found = candidates.get(run) ?? [];
  return found.filter((each) => each.kind === kind && (after === null || inOrder(each, after) > 0));
}

function itemsOf(state: MemoryState, run: string): Map<number, PlannedItem> {
  const found = state.items.get(run) ?? new Map<number, PlannedItem>();
  state.items.set(run, found);
  return found;
}

function add(state: MemoryState, run: string, added: readonly PlanItem[]): void {
  const planned = itemsOf(state, run);
  for (const item of added) {
    if ((planned.get(item.seq)?.status ?? 'planned') !== 'planned') continue;
    planned.set(item.seq, { ...kept(item), status: 'planned' });
  }
}

function matching(state: MemoryState, run: string, filter: ItemFilter): readonly PlannedItem[] {
  const { kind, status, range } = filter;
  return [...itemsOf(state, run).values()].filter(
    (item) =>
      item.kind === kind &&
      item.status === status &&
      (range === undefined || (item.seq >= range.from && item.seq <= range.upTo)),
  );
}

function ranges(items: readonly PlannedItem[], size: number): readonly SeqRange[] {
  const seqs = items.map(({ seq }) => seq).sort((a, b) => a - b);
  const found: SeqRange[] = [];
  for (let at = 0; at < seqs.length; at += size) {
    const some = seqs.slice(at, at + size);
    found.push({ from: some[0] ?? 0, upTo: some.at(-1) ?? 0 });
  }
  return found;
}

async function* items(
  state: MemoryState,
  run: string,
  { pageSize, ...filter }: ItemFilter & { readonly pageSize: number },
): AsyncGenerator<readonly PlanItem[]> {
  const pages = pagesAfter(
    () => matching(state, run, filter),
    byText((item) => item.seq),
    pageSize,
  );
  for await (const page of pages) yield page.map(({ status: _, ...item }) => item);
}

function counts(all: readonly PlannedItem[]): Awaited<ReturnType<PlanStore['counts']>> {
  const groups = Map.groupBy(all, ({ kind, status }) => `${kind} ${status}`);
  return [...groups]
    .sort(byText(([name]) => name))
    .flatMap(([, [first, ...rest]]) =>
      first ? [{ kind: first.kind, status: first.status, count: rest.length + 1 }] : [],
    );
}
