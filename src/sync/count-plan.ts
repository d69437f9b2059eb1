import { CHANNELS, type ChannelId } from '../domain/engagement/channel.js';
import type { ItemStatus } from '../ports/state-store.js';
import { PAGE, type Run } from './context.js';
import { isTask, stepOf } from './engagement-item.js';
import type { FieldsDetail } from './field-item.js';

/** What a plan holds, and what became of it. */
export interface PlanCounts {
  readonly fields: number;
  readonly records: number;
  readonly enrolments: number;
  readonly tasks: number;
  readonly leaves: number;
  /** Enrolments, tasks and leaves that were asked for without a clear answer. */
  readonly unclear: number;
  /** Accounts for which a record of ours is due. */
  readonly crmRecords: number;
  /** Records that the CRM refused. */
  readonly rejected: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly deferred: Readonly<Record<string, number>>;
  readonly marketingCalls: number;
}

export async function countPlan(run: Run): Promise<PlanCounts> {
  let fields = 0;
  for await (const page of eachItem(run, 'field', ['planned', 'intended', 'done', 'unclear']))
    for (const item of page) fields += (item.detail as FieldsDetail).differences.length;
  const counts = await run.state.plan.counts(run.id);
  const sum = (kind: string, status?: string): number =>
    counts
      .filter((row) => row.kind === kind && (status === undefined || row.status === status))
      .reduce((total, { count }) => total + count, 0);
  const steps = await countSteps(run);
  return {
    fields,
    // What was refused was not changed.
    records: sum('field') - sum('field', 'rejected') - sum('field', 'stale'),
    ...steps,
    leaves: sum('leave') - sum('leave', 'unclear'),
    unclear: sum('enrolment', 'unclear') + sum('leave', 'unclear'),
    crmRecords: sum('record'),
    rejected: sum('field', 'rejected'),
    ...(await countRefusals(run)),
    marketingCalls: await forecastSteps(run, steps.byChannel),
  };
}

async function countRefusals(run: Run): Promise<Pick<PlanCounts, 'refused' | 'deferred'>> {
  const refused: Record<string, number> = {};
  const deferred: Record<string, number> = {};
  for await (const page of eachItem(run, 'refusal')) {
    for (const item of page) {
      const { refused: reason, tryOn } = stepOf(item);
      const code = reason?.code ?? 'unknown';
      refused[code] = (refused[code] ?? 0) + 1;
      if (tryOn !== null) deferred[code] = (deferred[code] ?? 0) + 1;
    }
  }
  return { refused, deferred };
}

interface StepCounts {
  readonly enrolments: number;
  readonly tasks: number;
  readonly byChannel: ReadonlyMap<ChannelId, number>;
}

/** What was refused when it came to it is no enrolment. */
async function countSteps(run: Run): Promise<StepCounts> {
  const byChannel = new Map<ChannelId, number>();
  let [enrolments, tasks] = [0, 0];
  for (const status of ['planned', 'intended', 'done', 'rejected'] as const) {
    for await (const page of run.state.plan.items(run.id, { kind: 'enrolment', status }, PAGE)) {
      for (const item of page) {
        const step = stepOf(item);
        const { channel } = step.wish.step;
        byChannel.set(channel, (byChannel.get(channel) ?? 0) + 1);
        if (isTask(step)) tasks += 1;
        else enrolments += 1;
      }
    }
  }
  return { enrolments, tasks, byChannel };
}

/** The batch size in which marketing tools read and upsert people. */
const PEOPLE_A_CALL = 100;
/** Consent by stamp and by address, and the upsert. */
const CALLS_PER_BATCH = 3;

/** What enrolling the planned persons costs: consent again, making them known, and each channel's own calls. */
async function forecastSteps(run: Run, byChannel: StepCounts['byChannel']): Promise<number> {
  let calls = 0;
  for (const [id, count] of byChannel) {
    if (CHANNELS[id].tool === null) continue;
    const batches = Math.ceil(count / PEOPLE_A_CALL);
    calls += CALLS_PER_BATCH * batches + (run.channels.get(id)?.forecastCalls(count) ?? 0);
  }
  return calls;
}

const EVERY: readonly ItemStatus[] = ['planned', 'intended', 'done', 'rejected', 'unclear', 'stale'];

async function* eachItem(run: Run, kind: 'field' | 'refusal', statuses = EVERY) {
  for (const status of statuses) {
    yield* run.state.plan.items(run.id, { kind, status }, PAGE);
  }
}
