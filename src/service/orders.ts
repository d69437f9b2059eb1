import type { Instant } from '../domain/day.js';
import type { JobQueue, JobToDo } from '../ports/job-queue.js';
import type { StateStore } from '../ports/state-store.js';
import type { RunOrder } from './run-order.js';

/** A run that was asked for and may not have begun. */
interface KeptOrder {
  readonly job: JobToDo;
  readonly at: Instant;
}

interface Asking {
  readonly state: Pick<StateStore, 'notes' | 'runs'>;
  readonly queue: Pick<JobQueue, 'add'>;
}

const NOTE = 'runs-asked-for';
/** An order that nobody could begin for so long is let go. */
const KEPT_MS = 24 * 60 * 60_000;

/** Asks for a run. The order is kept in the state until the run has begun: a queue in one process forgets with it. */
export async function askForRun({ state, queue }: Asking, job: JobToDo, at: Instant): Promise<void> {
  const others = (await keptOrders(state)).filter((kept) => kept.job.id !== job.id);
  await state.notes.set(NOTE, [...others, { job, at }]);
  await queue.add(job);
}

/** Asks again for what was asked for and has not begun; lets go of what has, and of what is too old. */
export async function askAgain({ state, queue }: Asking, now: Instant): Promise<void> {
  const kept = await keptOrders(state);
  const open: KeptOrder[] = [];
  for (const order of kept) {
    const begun = (await state.runs.get((order.job.payload as RunOrder).runId)) !== null;
    if (!begun && order.at > now - KEPT_MS) open.push(order);
  }
  if (open.length < kept.length) await state.notes.set(NOTE, open);
  for (const { job } of open) await queue.add(job);
}

async function keptOrders({ notes }: Asking['state']): Promise<readonly KeptOrder[]> {
  return ((await notes.get(NOTE)) ?? []) as readonly KeptOrder[];
}
