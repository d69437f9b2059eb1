import type {
  Candidate,
  CandidatePlace,
  ItemFilter,
  ItemStatus,
  PlanItem,
  PlanStore,
  SeqRange,
  StoredItem,
} from '../../../ports/state-store.js';
import { batches, lastOfEach, pagesOf } from '../../database/batches.js';
import { candidatesAfter } from './candidates.js';
import type { StateClient } from './client.js';
import { toJson } from './convert.js';
import { keepMark } from './pieces.js';
import type { Connection } from './schema.js';

export function planStore(client: StateClient): PlanStore {
  return {
    candidates: (run, kind, pageSize, after = null) =>
      pagesOf<Candidate, CandidatePlace>(
        (last) => client.read('plan.candidates', (db) => candidatesAfter(db, { run, kind, last }, pageSize)),
        pageSize,
        after,
      ),
    clearCandidates: (run) =>
      client.write('plan.clearCandidates', async (db) => {
        await db.deleteFrom('candidates').where('run', '=', run).execute();
      }),
    add: (run, items, mark) =>
      client.write('plan.add', async (db) => {
        if (mark !== undefined) await keepMark(db, mark);
        await addItems(db, run, items);
      }),
    items: (run, filter, pageSize) =>
      pagesOf<PlanItem>(
        (last) =>
          client.read('plan.items', (db) =>
            itemsAfter(db, { run, ...filter, after: last?.seq ?? null }, pageSize),
          ),
        pageSize,
      ),
    ranges: (run, filter, size) => client.read('plan.ranges', (db) => ranges(db, { run, ...filter }, size)),
    clearPlanned: (run) =>
      client.write('plan.clearPlanned', async (db) => {
        await db.deleteFrom('plan_items').where('run', '=', run).where('status', '=', 'planned').execute();
      }),
    page: (run, filter, page) => client.read('plan.page', (db) => onePage(db, { run, ...filter, ...page })),
    remove: (run) =>
      client.write('plan.remove', async (db) => {
        await db.deleteFrom('plan_items').where('run', '=', run).execute();
        await db.deleteFrom('candidates').where('run', '=', run).execute();
      }),
    setStatus: (run, outcomes) => client.write('plan.setStatus', (db) => setStatus(db, run, outcomes)),
    counts: (run) => client.read('plan.counts', (db) => counts(db, run)),
  };
}

/** Planning again replaces what is still only planned; what has begun keeps its place. */
async function addItems(db: Connection, run: string, items: readonly PlanItem[]): Promise<void> {
  const rows = lastOfEach(items, (item) => item.seq).map((item) => ({
    ...item,
    run,
    detail: toJson(item.detail),
    status: 'planned' as const,
  }));
  for (const batch of batches(rows, 7)) {
    await db
      .insertInto('plan_items')
      .values(batch)
      .onConflict((conflict) =>
        conflict
          .columns(['run', 'seq'])
          .doUpdateSet((eb) => ({
            kind: eb.ref('excluded.kind'),
            account: eb.ref('excluded.account'),
            key: eb.ref('excluded.key'),
            detail: eb.ref('excluded.detail'),
          }))
          .where('plan_items.status', '=', 'planned'),
      )
      .execute();
  }
}

interface ItemPlace extends ItemFilter {
  readonly run: string;
  readonly after: number | null;
}

async function itemsAfter(db: Connection, place: ItemPlace, limit: number): Promise<readonly PlanItem[]> {
  const rows = await matching(db, place).select(['kind', 'account', 'key', 'detail']).limit(limit).execute();
  return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) }));
}

function matching(db: Connection, { run, kind, status, range, after }: ItemPlace) {
  let items = db
    .selectFrom('plan_items')
    .select('seq')
    .where('run', '=', run)
    .where('kind', '=', kind)
    .where('status', '=', status)
    .orderBy('seq');
  if (range !== undefined) items = items.where('seq', '>=', range.from).where('seq', '<=', range.upTo);
  return after === null ? items : items.where('seq', '>', after);
}

async function ranges(
  db: Connection,
  place: Omit<ItemPlace, 'after'>,
  size: number,
): Promise<readonly SeqRange[]> {
  const found: SeqRange[] = [];
  for (let after: number | null = null; ; ) {
    const items = matching(db, { ...place, after });
    const [first] = await items.limit(1).execute();
    if (first === undefined) return found;
    const [end] = await items
      .offset(size - 1)
      .limit(1)
      .execute();
    if (end === undefined) {
      const last = await items.clearOrderBy().orderBy('seq', 'desc').limit(1).executeTakeFirst();
      return [...found, { from: first.seq, upTo: last?.seq ?? first.seq }];
    }
    found.push({ from: first.seq, upTo: end.seq });
    after = end.seq;
  }
}

interface PageWanted {
  readonly run: string;
  readonly kind: PlanItem['kind'] | null;
  readonly status: ItemStatus | null;
  readonly after: number | null;
  readonly limit: number;
}

async function onePage(db: Connection, wanted: PageWanted): Promise<readonly StoredItem[]> {
  const { run, kind, status, after, limit } = wanted;
  let page = db
    .selectFrom('plan_items')
    .select(['seq', 'kind', 'account', 'key', 'detail', 'status'])
    .where('run', '=', run)
    .orderBy('seq')
    .limit(limit);
  if (kind !== null) page = page.where('kind', '=', kind);
  if (status !== null) page = page.where('status', '=', status);
  if (after !== null) page = page.where('seq', '>', after);
  return (await page.execute()).map((row) => ({ ...row, detail: JSON.parse(row.detail) }));
}

async function setStatus(
  db: Connection,
  run: string,
  outcomes: Parameters<PlanStore['setStatus']>[1],
): Promise<void> {
  const last = lastOfEach(outcomes, (outcome) => outcome.seq);
  const byStatus = Map.groupBy(last, (outcome) => outcome.status);
  for (const [status, together] of byStatus) {
    for (const batch of batches(
      together.map((outcome) => outcome.seq),
      1,
    )) {
      await db
        .updateTable('plan_items')
        .set({ status })
        .where('run', '=', run)
        .where('seq', 'in', batch)
        .execute();
    }
  }
}

async function counts(db: Connection, run: string): ReturnType<PlanStore['counts']> {
  return db
    .selectFrom('plan_items')
    .select(['kind', 'status'])
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('run', '=', run)
    .groupBy(['kind', 'status'])
    .orderBy('kind')
    .orderBy('status')
    .execute();
}
