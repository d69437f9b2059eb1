import type { FeedStatus } from '../../ports/change-feed.js';
import type { QueueCounts } from '../../ports/job-queue.js';
import type { RunRecord, StateStore } from '../../ports/state-store.js';
import type { Report } from '../../sync/report.js';
import { feedStatus } from '../changes/feed-note.js';
import type { Desk } from '../desk.js';
import { enginesSeen, SILENT_MS } from '../engines.js';

/** The service in numbers: what metrics and the system page show. */
export interface Vitals {
  /** Among the latest 100 runs. */
  readonly runs: Readonly<Record<RunRecord['status'], number>>;
  /** The latest run that has ended; null before. */
  readonly lastRun: LastRun | null;
  readonly queue: QueueCounts;
  /** Requests to Salesforce that our runs of the last 24 hours sent. */
  readonly salesforceCalls: number;
  readonly deadLetters: number;
  /** Usage readings that wait to be taken. */
  readonly usageWaiting: number;
  /** Engines that were heard of lately. */
  readonly engines: number;
  /** How the change feed stands; null where nobody ever followed one. */
  readonly feed: FeedStatus | null;
}

export interface LastRun {
  readonly id: string;
  readonly status: RunRecord['status'];
  readonly finishedAt: number;
  readonly seconds: number;
  readonly written: number;
  readonly refused: number;
}

const LOOKED_AT = 100;
const DAY_MS = 86_400_000;

export async function vitalsOf(desk: Desk, realNow: number): Promise<Vitals> {
  const { state, store, queue, clock } = desk;
  // All at once: the queue may have to wait for an engine that is in the middle of something.
  const [queued, runs, engines, deadLetters, usageWaiting, feed] = await Promise.all([
    queue.counts(),
    state.runs.list(LOOKED_AT),
    enginesSeen(state.notes),
    state.deadLetters.count(),
    store.usage.count(),
    feedStatus(state.notes),
  ]);
  return {
    runs: countByStatus(runs),
    lastRun: await lastRunOf(desk, runs),
    queue: queued,
    salesforceCalls: callsSince(runs, clock.now() - DAY_MS),
    deadLetters,
    usageWaiting,
    engines: engines.filter(({ at }) => realNow - at <= SILENT_MS).length,
    feed,
  };
}

function countByStatus(runs: readonly RunRecord[]): Vitals['runs'] {
  const counts = { running: 0, done: 0, rejected: 0, paused: 0, failed: 0, cancelled: 0, abandoned: 0 };
  for (const { status } of runs) counts[status] += 1;
  return counts;
}

async function lastRunOf({ state }: Desk, runs: readonly RunRecord[]): Promise<LastRun | null> {
  const run = runs.find(({ finishedAt }) => finishedAt !== null);
  if (run === undefined || run.finishedAt === null) return null;
  const { written, refused } = await countsOf(state, run.id);
  return {
    id: run.id,
    status: run.status,
    finishedAt: run.finishedAt,
    seconds: (run.finishedAt - run.startedAt) / 1000,
    written,
    refused,
  };
}

interface EndedCounts extends Pick<LastRun, 'written' | 'refused'> {
  readonly run: string;
}

/** Of the run that ended last, by state: its plan is as long as the book, and changes no more. */
const LAST_COUNTED = new WeakMap<StateStore, EndedCounts>();

async function countsOf(state: StateStore, run: string): Promise<EndedCounts> {
  const known = LAST_COUNTED.get(state);
  if (known?.run === run) return known;
  const counts = await state.plan.counts(run);
  const sum = (wanted: string): number =>
    counts.reduce((total, { status, count }) => (status === wanted ? total + count : total), 0);
  const counted = { run, written: sum('done'), refused: sum('rejected') };
  LAST_COUNTED.set(state, counted);
  return counted;
}

function callsSince(runs: readonly RunRecord[], since: number): number {
  return runs
    .filter(({ startedAt }) => startedAt > since)
    .flatMap(({ report }) => Object.values((report as Partial<Report> | null)?.calls?.salesforce ?? {}))
    .reduce((sum, calls) => sum + calls, 0);
}
