import type { Instant } from '../domain/day.js';
import type { JobName, JobToDo } from '../ports/job-queue.js';
import type { ScheduledTask } from '../ports/service-names.js';
import type { RunParts } from '../sync/context.js';
import type { EngineParts } from './engine-parts.js';
import { askForRun } from './orders.js';
import { runJob } from './run-order.js';
import { type DueTask, dueTasks, type Slots, startingSlots } from './schedule.js';

const NOTE = 'schedule';

/** Asks for what the schedule says is due by now. Several engines may ask: the same slot is one job. */
export async function askForDue(parts: EngineParts): Promise<void> {
  const { settings, crm } = await parts.tools();
  const { timeZone } = await crm.org();
  const now = parts.clock.now();
  const last = await slotsDone(parts, now);
  const due = dueTasks(settings.service.schedule, last, now, timeZone);
  for (const job of jobsFor(due, parts.newRunId()))
    await (job.name === 'run' ? askForRun(parts, job, now) : parts.queue.add(job));
  if (due.length === 0) return;
  const done = Object.assign({}, ...due.map((task) => task.done));
  await parts.state.notes.set(NOTE, { ...last, ...done });
}

/** When each task was last asked for: the first look takes everything but a first run as done. */
async function slotsDone({ state }: Pick<EngineParts, 'state'>, now: Instant): Promise<Slots> {
  const noted = (await state.notes.get(NOTE)) as Slots | null;
  if (noted !== null) return noted;
  const first = startingSlots(now);
  await state.notes.set(NOTE, first);
  return first;
}

const RUN_TASKS: ReadonlySet<ScheduledTask> = new Set(['incremental', 'full', 'reconciliation', 'metrics']);

/** Tasks that are jobs of their own. */
const JOBS: Readonly<Partial<Record<ScheduledTask, JobName>>> = {
  readBack: 'read-back',
  digest: 'digest',
  housekeeping: 'housekeeping',
  drift: 'drift',
};

/** What is due at once becomes one run that does all of it, and the jobs beside it. */
export function jobsFor(due: readonly DueTask[], runId: string): readonly JobToDo[] {
  const runs = due.filter(({ task }) => RUN_TASKS.has(task));
  const alone = due.filter(({ task }) => !RUN_TASKS.has(task) && !(task === 'readBack' && runs.length > 0));
  const others = alone.map(({ task, id, slot }): JobToDo => {
    const name = JOBS[task] ?? 'housekeeping';
    return { name, id, payload: { slot, trigger: 'schedule' }, delayMs: 0, priority: 6, trace: id };
  });
  if (runs.length === 0) return others;
  const order = { runId, apply: true, parts: partsOf(due), trigger: 'schedule' };
  const id = runs.map((run) => run.id).join('+');
  return [runJob(order, id, id), ...others];
}

function partsOf(due: readonly DueTask[]): RunParts {
  const has = (task: ScheduledTask): boolean => due.some((one) => one.task === task);
  return {
    full: has('full') || 'when due',
    engagement: has('readBack'),
    reconcile: has('reconciliation'),
    metrics: has('metrics') || 'when due',
  };
}
