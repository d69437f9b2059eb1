import type { FeedStatus } from '../../ports/change-feed.js';
import type { QueueCounts } from '../../ports/job-queue.js';
import type { RunRecord } from '../../ports/state-store.js';
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
  const runs = await state.runs.list(LOOKED_AT);
  const engines = await enginesSeen(state.notes);
  return {
    runs: countByStatus(runs),
    lastRun: await lastRunOf(desk, runs),
    queue: await queue.counts(),
    salesforceCalls: callsSince(runs, clock.now() - DAY_MS),
    deadLetters: await state.deadLetters.count(),
    usageWaiting: await store.usage.count(),
    engines: engines.filter(({ at }) => realNow - at <= SILENT_MS).length,
    feed: await feedStatus(state.notes),
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
  const counts = await state.plan.counts(run.id);
  const sum = (wanted: string): number =>
    counts.reduce((total, { status, count }) => (status === wanted ? total + count : total), 0);
  return {
    id: run.id,
    status: run.status,
    finishedAt: run.finishedAt,
    seconds: (run.finishedAt - run.startedAt) / 1000,
    written: sum('done'),
    refused: sum('rejected'),
  };
}

function callsSince(runs: readonly RunRecord[], since: number): number {
  return runs
    .filter(({ startedAt }) => startedAt > since)
    .flatMap(({ report }) => Object.values((report as Partial<Report> | null)?.calls?.salesforce ?? {}))
    .reduce((sum, calls) => sum + calls, 0);
}
