import type { RunRecord } from '../ports/state-store.js';
import { WHOLE_RUN } from '../sync/context.js';
import type { EngineParts } from './engine-parts.js';
import { askAgain } from './orders.js';
import { runJob } from './run-order.js';

const LOOKED_AT = 20;

/**
 * Runs whose leader is gone are asked for again, from where they stopped: the queue may have lost them, the
 * state has not. Each taking of the lease is another job, so that a leader that dies twice is followed twice.
 */
export async function recoverRuns({ state, queue, log, ...engine }: EngineParts): Promise<void> {
  await askAgain({ state, queue }, engine.clock.now());
  for (const run of await state.runs.list(LOOKED_AT)) {
    if (run.status !== 'running') continue;
    const lease = await state.leases.holder(`run:${run.org}`);
    const held = lease !== null && lease.expiresAt > engine.realNow() && !engine.holderIsGone(lease.holder);
    if (held) continue;
    log.warn('A run has lost its leader', { run: run.id, stage: run.stage });
    await queue.add(runJob(orderOf(run), run.trace, `resume:${run.id}:${lease?.fence ?? 0}`));
  }
}

/** What it does is kept with it, unless it was killed before that was known. */
function orderOf({ id: runId, apply, trigger }: RunRecord) {
  return { runId, apply, parts: WHOLE_RUN, trigger };
}
