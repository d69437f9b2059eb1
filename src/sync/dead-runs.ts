import type { Run } from './context.js';

const LOOKED_AT = 20;

/**
 * Runs that were killed could not write down their end. Whoever holds the lease knows that they are
 * over: says so in the list of runs and lets go of what they had left for `settle`.
 */
export async function closeDeadRuns(run: Run): Promise<void> {
  for (const dead of await run.state.runs.list(LOOKED_AT)) {
    if (dead.status !== 'running' || dead.org !== run.org.id || dead.id === run.id) continue;
    await run.state.plan.clearCandidates(dead.id);
    await run.state.runs.save({
      ...dead,
      status: 'failed',
      finishedAt: run.clock.now(),
      report: { error: `RUN_INTERRUPTED: it ended in the middle; run ${run.id} went on from there.` },
    });
    run.log.warn('A run had ended in the middle', { run: dead.id, stage: dead.stage });
  }
}
