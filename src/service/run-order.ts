import type { JobToDo } from '../ports/job-queue.js';
import type { RunParts } from '../sync/context.js';

/** A run as it is asked for: payload of a `run` job, and kept with the run. */
export interface RunOrder {
  readonly runId: string;
  /** False = plan only. */
  readonly apply: boolean;
  readonly parts: RunParts;
  /** `schedule`, `user:name`, `token:id`, `cli` or `change`. */
  readonly trigger: string;
}

/** Reads what changed and writes the difference: the small run between the others. */
export const INCREMENTAL_RUN: RunParts = {
  full: 'when due',
  engagement: false,
  reconcile: false,
  metrics: 'when due',
};

/** The job that carries an order out, with the trace of what asked for it. The same order twice is one job. */
export function runJob(order: RunOrder, trace: string, id = `run:${order.runId}`): JobToDo {
  return {
    name: 'run',
    id,
    payload: order,
    delayMs: 0,
    priority: order.trigger === 'schedule' ? 5 : 1,
    trace,
  };
}
