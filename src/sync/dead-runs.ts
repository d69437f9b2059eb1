import type { RunRecord } from '../ports/state-store.js';
import { forgetAsks, isPaused } from './asks.js';
import type { Run } from './context.js';
import { noteAnswers } from './quarrels.js';

const LOOKED_AT = 20;

/**
 * Runs that were killed could not write down their end. Whoever holds the lease knows that they are
 * over, as nobody goes on with them: says so in the list of runs and lets go of what they had left for `settle`.
 */
export async function closeDeadRuns(run: Run): Promise<void> {
  const others = (await run.state.runs.list(LOOKED_AT)).filter(
    ({ id, org }) => org === run.org.id && id !== run.id,
  );
  // One that broke off could be gone on with until now.
  const [before] = others;
  if (before !== undefined) await run.state.plan.clearCandidates(before.id);
  for (const dead of others) {
    if (isPaused(dead)) await close(run, dead, { status: 'cancelled', how: 'it was paused' });
    if (dead.status === 'running') {
      await close(run, dead, { status: 'failed', how: 'it ended in the middle' });
      run.log.warn('A run had ended in the middle', { run: dead.id, stage: dead.stage });
    }
  }
}

async function close(
  run: Run,
  dead: RunRecord,
  { status, how }: { readonly status: 'cancelled' | 'failed'; readonly how: string },
): Promise<void> {
  await run.state.plan.clearCandidates(dead.id);
  await noteAnswers(run.state, dead.id);
  await forgetAsks(run.state, dead.id);
  const error = `RUN_INTERRUPTED: ${how}; run ${run.id} went on from there.`;
  await run.state.runs.save({ ...dead, status, finishedAt: run.clock.now(), report: { error } });
}
