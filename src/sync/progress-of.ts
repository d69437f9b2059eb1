import type { PieceStanding } from '../ports/piece-store.js';
import type { RunRecord, StateStore } from '../ports/state-store.js';
import { STAGES, type StageName } from './context.js';

/** How far a run has come, as any process reads it from the state. */
export interface RunProgress {
  readonly run: string;
  readonly status: RunRecord['status'];
  /** The stage that is worked on or was worked on last, in words; null before the first. */
  readonly stage: string | null;
  /** Steps of that stage done, and how many there are; null where nobody knows. */
  readonly done: number;
  readonly total: number | null;
  /** Pieces of that stage. */
  readonly pieces: readonly PieceAtWork[];
  /** Who has worked on the run, and how many pieces of it each has done. */
  readonly workers: readonly { readonly holder: string; readonly done: number; readonly atWork: number }[];
}

export interface PieceAtWork {
  readonly piece: string;
  readonly status: PieceStanding['status'];
  readonly holder: string | null;
  readonly done: number;
  readonly total: number | null;
}

const WORDS: Readonly<Record<StageName, string>> = {
  pull: 'Reading what changed',
  reconcile: 'Comparing ids',
  listen: 'Reading what people did',
  scope: 'Looking over the book',
  assess: 'Assessing accounts',
  settle: 'Settling the plan',
  brakes: 'Checking the brakes',
  fields: 'Writing accounts',
  refusals: 'Writing refusals down',
  lanes: 'Enrolling',
  mirror: 'Noting enrolments',
  carry: 'Carrying facts over',
  check: 'Reading back',
  records: 'Writing history',
  metrics: 'Counting the program',
  history: 'Telling decisions',
  close: 'Closing',
};

/** Null when there is no such run. */
export async function progressOf(state: StateStore, id: string): Promise<RunProgress | null> {
  const run = await state.runs.get(id);
  if (run === null) return null;
  const all = await state.pieces.standing(id, null);
  const stage = STAGES.findLast((name) => all.some((piece) => piece.stage === name)) ?? null;
  const now = all.filter((piece) => piece.stage === stage);
  const totals = now.map(({ total }) => total);
  return {
    run: id,
    status: run.status,
    stage: stage === null ? null : WORDS[stage],
    done: now.reduce((sum, { done }) => sum + done, 0),
    total: totals.includes(null) ? null : totals.reduce<number>((sum, total) => sum + (total ?? 0), 0),
    pieces: now.map(({ piece, status, holder, done, total }) => ({ piece, status, holder, done, total })),
    workers: workersIn(all),
  };
}

function workersIn(pieces: readonly PieceStanding[]): RunProgress['workers'] {
  const byHolder = Map.groupBy(pieces, ({ holder }) => holder);
  return [...byHolder].flatMap(([holder, theirs]) =>
    holder === null ? [] : [{ holder, done: count(theirs, 'done'), atWork: count(theirs, 'taken') }],
  );
}

function count(pieces: readonly PieceStanding[], status: PieceStanding['status']): number {
  return pieces.filter((piece) => piece.status === status).length;
}
