import { type RunParts, WHOLE_RUN } from '../../sync/context.js';
import { noteChange } from '../audited.js';
import type { Asker, Desk } from '../desk.js';
import { newRunId } from '../run-id.js';
import { type RunOrder, runJob } from '../run-order.js';

export interface RunAsked {
  /** False = plan only. */
  readonly apply: boolean;
  /** Compare all record ids, whatever day it is. */
  readonly reconcile: boolean;
  /** Assess every account, not only those that changed. */
  readonly full: boolean;
}

/** Asks for a run; an engine begins it as soon as none is under way. Gives its id. */
export async function startRun(desk: Desk, asked: RunAsked, asker: Asker): Promise<string> {
  const runId = newRunId(desk.clock.now());
  const parts: RunParts = {
    ...WHOLE_RUN,
    ...(asked.reconcile ? { reconcile: true } : {}),
    ...(asked.full ? { full: true } : {}),
  };
  const order: RunOrder = { runId, apply: asked.apply, parts, trigger: asker.who };
  await desk.queue.add(runJob(order, asker.trace));
  await noteChange(desk, asker, {
    what: asked.apply ? 'start run' : 'start plan',
    subject: runId,
    particulars: { reconcile: asked.reconcile, full: asked.full },
  });
  return runId;
}
