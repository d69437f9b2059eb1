import type { RunRecord, StateStore } from '../../ports/state-store.js';
import { isPaused } from '../../sync/asks.js';
import { type RunView, runView } from './runs.js';

/** How far a run is; `run` is null while it was asked for and no engine has begun it. */
export interface RunProgress {
  readonly id: string;
  readonly run: RunView | null;
  /** Paused by somebody: it can be gone on with. */
  readonly standsStill: boolean;
  /** Stages in order, with how far each is. */
  readonly stages: readonly StageProgress[];
}

export interface StageProgress {
  readonly stage: RunRecord['stage'];
  readonly word: string;
  readonly state: 'past' | 'now' | 'ahead';
  /** 0-1 where it is known. */
  readonly share: number | null;
}

const STAGES: readonly { readonly stage: RunRecord['stage']; readonly word: string }[] = [
  { stage: 'pull', word: 'Read' },
  { stage: 'assess', word: 'Assess' },
  { stage: 'settle', word: 'Settle' },
  { stage: 'apply', word: 'Write' },
  { stage: 'report', word: 'Report' },
];

export async function runProgress(state: StateStore, id: string): Promise<RunProgress> {
  const record = await state.runs.get(id);
  if (record === null) return { id, run: null, standsStill: false, stages: stagesOf(null, null) };
  const run = await runView(state, id);
  const held = run.brakes.length > 0;
  const share = record.status === 'running' ? await shareDone(state, id) : null;
  return {
    id,
    run,
    standsStill: isPaused(record),
    stages: stagesOf(held ? { ...record, apply: false } : record, share),
  };
}

function stagesOf(record: RunRecord | null, share: number | null): readonly StageProgress[] {
  const at = record === null ? -1 : STAGES.findIndex(({ stage }) => stage === record.stage);
  const ended = record !== null && record.status !== 'running' && record.finishedAt !== null;
  return STAGES.filter(({ stage }) => record === null || record.apply || stage !== 'apply').map((one) => {
    const place = STAGES.indexOf(one);
    const state = place < at || (ended && place === at) ? 'past' : place === at ? 'now' : 'ahead';
    return { ...one, state, share: state === 'now' ? share : null };
  });
}

/** Of the pieces of the stage that is under way, the share that is done. */
async function shareDone({ pieces }: StateStore, run: string): Promise<number | null> {
  const all = await pieces.standing(run, null);
  const stage = all.at(-1)?.stage;
  const own = all.filter((piece) => piece.stage === stage);
  const total = own.length;
  if (total === 0) return null;
  const done = own.reduce((sum, { status, done: some, total: of }) => {
    if (status === 'done') return sum + 1;
    return of === null || of === 0 ? sum : sum + Math.min(1, some / of);
  }, 0);
  return done / total;
}
