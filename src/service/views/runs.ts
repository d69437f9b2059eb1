import { formatDay } from '../../domain/day.js';
import type { PieceStanding } from '../../ports/piece-store.js';
import type { PlanItem, RunRecord, StateStore } from '../../ports/state-store.js';
import type { Report } from '../../sync/report.js';
import { absent } from '../refusal.js';

/** A run in a line of a list. */
export interface RunLine {
  readonly id: string;
  readonly status: RunRecord['status'];
  readonly stage: RunRecord['stage'];
  /** False = it plans only. */
  readonly apply: boolean;
  /** Local day that it counts as. */
  readonly day: string;
  /** What asked for it. */
  readonly trigger: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** Null until it has ended. */
  readonly seconds: number | null;
  readonly changes: Report['changes'] | null;
  /** Why it stopped early, or what held it back; null where nothing did. */
  readonly why: string | null;
}

export type PlanCount = {
  readonly kind: PlanItem['kind'];
  readonly status: string;
  readonly count: number;
};

/** How far a part of a run is. */
export interface StageProgress {
  readonly stage: string;
  /** Pieces in which it is done, and those that are. */
  readonly pieces: number;
  readonly ended: number;
  /** Accounts, rows or items that are done, and how many there are; null where nobody knows. */
  readonly done: number;
  readonly total: number | null;
}

export interface RunView extends RunLine {
  /** In the order in which the parts began. */
  readonly progress: readonly StageProgress[];
  /** What its plan holds, and what became of it so far. */
  readonly plan: readonly PlanCount[];
  /** What held the plan back until somebody approves it. */
  readonly brakes: Report['brakes'];
}

export async function listRuns(state: StateStore, limit: number): Promise<readonly RunLine[]> {
  return (await state.runs.list(limit)).map(runLine);
}

export async function runView(state: StateStore, id: string): Promise<RunView> {
  const run = await knownRun(state, id);
  return {
    ...runLine(run),
    progress: progressOf(await state.pieces.standing(id, null)),
    plan: await state.plan.counts(id),
    brakes: reportOf(run)?.brakes ?? [],
  };
}

function progressOf(pieces: readonly PieceStanding[]): readonly StageProgress[] {
  return [...Map.groupBy(pieces, ({ stage }) => stage)].map(([stage, of]) => ({
    stage,
    pieces: of.length,
    ended: of.filter(({ status }) => status === 'done' || status === 'failed').length,
    done: of.reduce((sum, { done }) => sum + done, 0),
    total: of.reduce<number | null>(
      (sum, { total }) => (sum === null || total === null ? null : sum + total),
      0,
    ),
  }));
}

/** Throws what to do where there is none. */
export async function knownRun(state: StateStore, id: string): Promise<RunRecord> {
  const run = await state.runs.get(id);
  if (run !== null) return run;
  throw absent({
    code: 'RUN_NOT_FOUND',
    message: `There is no run ${JSON.stringify(id)}.`,
    action:
      'Take an id from the list of runs; one that was just asked for is there once an engine has begun it.',
    operation: 'look at a run',
  });
}

/** What it ended in; null while it runs, and where it broke off. */
export function reportOf({ report }: Pick<RunRecord, 'report'>): Report | null {
  return report !== null && typeof report === 'object' && 'changes' in report ? (report as Report) : null;
}

/** The whole report of a run. Throws what to do while there is none. */
export async function runReport(state: StateStore, id: string): Promise<Report> {
  const report = reportOf(await knownRun(state, id));
  if (report !== null) return report;
  throw absent({
    code: 'NO_REPORT',
    message: `The run ${JSON.stringify(id)} has no report: it is under way, or it broke off.`,
    action: 'Look at the run itself: it says how far it is, or why it ended.',
    operation: 'read a report',
  });
}

function runLine(run: RunRecord): RunLine {
  const { id, status, stage, apply, day, trigger, startedAt, finishedAt } = run;
  return {
    id,
    status,
    stage,
    apply,
    day: formatDay(day),
    trigger,
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: finishedAt === null ? null : new Date(finishedAt).toISOString(),
    seconds: finishedAt === null ? null : Math.round((finishedAt - startedAt) / 100) / 10,
    changes: reportOf(run)?.changes ?? null,
    why: whyOf(run),
  };
}

function whyOf(run: RunRecord): string | null {
  const report = reportOf(run);
  if (report !== null) return report.pausedBecause;
  const broken = run.report as { readonly error?: unknown } | null;
  return typeof broken?.error === 'string' ? broken.error : null;
}
