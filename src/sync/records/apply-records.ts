import type { BookPart } from '../../domain/program/metrics/book.js';
import type { PieceToDo } from '../../ports/piece-store.js';
import type { PlanItem, SeqRange } from '../../ports/state-store.js';
import { PAGE, type Run } from '../context.js';
import { countedTogether } from '../count-program.js';
import { programMetrics, rangesToCount } from '../program-metrics.js';
import { publishDecisions } from './decisions.js';
import type { RecordsDetail } from './due.js';
import { publishErrors } from './errors.js';
import { publish, type RecordToPublish } from './publish.js';
import { pruneRecords } from './retention.js';
import { fulfil, intend, snapshotsOf } from './snapshots.js';
import { adding, type Tally } from './tally.js';

const KINDS = ['episode', 'advocate'] as const;

/** Tells the CRM of our work, last of all: history, decisions, errors. What a budget leaves undone is due in the next run. */
export async function applyRecords(run: Run): Promise<Tally> {
  const tally = adding();
  if (run.records.size === 0) return tally.total();
  run.progress.stage('Writing history', null);
  for (const part of await run.pieces.all<Tally>('records', () => ranges(run))) tally.add(part);
  const counted = await run.pieces.all<BookPart>('metrics', () => rangesToCount(run));
  tally.add(
    await run.pieces.one<Tally>('history', counted.length === 0 ? null : await countedTogether(run, counted)),
  );
  run.progress.done('History written');
  return tally.total();
}

async function ranges(run: Run): Promise<readonly PieceToDo[]> {
  const filter = { kind: 'record', status: 'planned' } as const;
  const found = await run.state.plan.ranges(run.id, filter, run.sizes.items);
  return found.map((range, at) => ({ piece: String(at + 1), task: range }));
}

/** Decisions name episodes, so they come after them; the rest of what is told is small. */
export async function historyPiece(run: Run, counted: unknown): Promise<Tally> {
  const tally = adding();
  tally.add(await publishDecisions(run));
  if (counted !== null) tally.add(await publishMetrics(run, counted as BookPart));
  tally.add(await publishErrors(run));
  await pruneRecords(run);
  return tally.total();
}

/**
 * Enough for a job of its own, and a bound on memory: a record takes about a kilobyte. Where pieces are small because
 * workers may be killed, so are the parts of one that are done for good.
 */
function sliceOf({ sizes }: Pick<Run, 'sizes'>): number {
  return Math.min(20_000, Math.ceil(sizes.items / 5));
}

/** Accounts are looked at in pages, and their records go out in slices: above 2,000 as one job. */
export async function recordsPiece(run: Run, task: unknown): Promise<Tally> {
  const filter = { kind: 'record', status: 'planned', range: task as SeqRange } as const;
  const tally = adding();
  let slice: Slice = NO_SLICE;
  for await (const page of run.state.plan.items(run.id, filter, PAGE)) {
    const bundles = await run.state.assessments.bundlesOf(
      page.map(({ account }) => account),
      { kinds: [], assessed: true },
    );
    slice = {
      items: [...slice.items, ...page],
      snapshots: [...slice.snapshots, ...(await snapshotsOf(run, bundles))],
      others: [...slice.others, ...page.flatMap(({ detail }) => (detail as RecordsDetail).records)],
    };
    if (slice.items.length < sliceOf(run)) continue;
    tally.add(await publishSlice(run, slice));
    slice = NO_SLICE;
  }
  tally.add(await publishSlice(run, slice));
  return tally.total();
}

interface Slice {
  readonly items: readonly PlanItem[];
  readonly snapshots: readonly RecordToPublish[];
  readonly others: readonly RecordToPublish[];
}

const NO_SLICE: Slice = { items: [], snapshots: [], others: [] };

async function publishSlice(run: Run, { items, snapshots, others }: Slice): Promise<Tally> {
  const tally = adding();
  await intend(run, snapshots);
  const made = await publish(run, 'snapshot', snapshots);
  await fulfil(run, snapshots, made.held);
  tally.add(made);
  for (const kind of KINDS) {
    const records = others.filter(({ wish }) => wish.kind === kind);
    tally.add(await publish(run, kind, records));
  }
  await run.state.plan.setStatus(
    run.id,
    items.map(({ seq }) => ({ seq, status: 'done' as const })),
  );
  return tally.total();
}

/** The numbers of the program. What was refused or had no room is worked out again by a later run. */
async function publishMetrics(run: Run, counted: BookPart): Promise<Tally> {
  const tally = adding();
  const pass = await programMetrics(run, counted);
  const done = await publish(
    run,
    'metric',
    pass.wishes.map((wish) => ({ wish, account: '' })),
  );
  tally.add(done);
  await pass.close({ held: new Set(done.held), again: done.refused > 0 });
  return tally.total();
}
