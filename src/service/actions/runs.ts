import { randomBytes } from 'node:crypto';
import type { RunRecord } from '../../ports/state-store.js';
import { askCancel, askPause, askResume } from '../../sync/asks.js';
import { type RunParts, WHOLE_RUN } from '../../sync/context.js';
import { noteChange } from '../audited.js';
import type { Asker, Desk } from '../desk.js';
import { askForRun } from '../orders.js';
import { conflict } from '../refusal.js';
import { newRunId } from '../run-id.js';
import { type RunOrder, runJob } from '../run-order.js';
import { knownRun } from '../views/runs.js';

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
  await askForRun(desk, runJob(order, asker.trace), desk.clock.now());
  await noteChange(desk, asker, {
    what: asked.apply ? 'start run' : 'start plan',
    subject: runId,
    particulars: { reconcile: asked.reconcile, full: asked.full },
  });
  return runId;
}

/** Asks a run to stop where it stands, until it is resumed. */
export async function pauseRun(desk: Desk, id: string, asker: Asker): Promise<RunRecord> {
  const run = await knownRun(desk.state, id);
  if (!(await askPause(desk.state, id, askingOf(desk, asker)))) throw cannot('pause', run);
  return noted(desk, asker, { what: 'pause run', id });
}

/** Lets a paused run go on from where it stands. */
export async function resumeRun(desk: Desk, id: string, asker: Asker): Promise<RunRecord> {
  const run = await knownRun(desk.state, id);
  const standsStill = await askResume(desk.state, id);
  if (!standsStill && run.status !== 'running') throw cannot('resume', run);
  if (standsStill) {
    const order: RunOrder = { runId: id, apply: run.apply, parts: WHOLE_RUN, trigger: run.trigger };
    // Each time another job: one that ended is remembered by its id for a while.
    await desk.queue.add(runJob(order, asker.trace, `resume:${id}:${randomBytes(4).toString('hex')}`));
  }
  return noted(desk, asker, { what: 'resume run', id });
}

/** Asks a run to stop for good; what was written stays. */
export async function cancelRun(desk: Desk, id: string, asker: Asker): Promise<RunRecord> {
  const run = await knownRun(desk.state, id);
  if (!(await askCancel(desk.state, id, askingOf(desk, asker)))) throw cannot('cancel', run);
  return noted(desk, asker, { what: 'cancel run', id });
}

function askingOf({ clock }: Desk, { who }: Asker) {
  return { by: who, at: clock.now() };
}

async function noted(
  desk: Desk,
  asker: Asker,
  { what, id }: { readonly what: string; readonly id: string },
): Promise<RunRecord> {
  await noteChange(desk, asker, { what, subject: id, particulars: {} });
  return knownRun(desk.state, id);
}

function cannot(verb: 'pause' | 'resume' | 'cancel', { id, status }: RunRecord) {
  return conflict({
    code: 'RUN_NOT_RUNNING',
    message: `The run ${id} can't be asked to ${verb}: it is ${status}.`,
    action: 'Look at the run: one that has ended stays as it is, and another one plans anew what is left.',
    operation: `${verb} run`,
  });
}
