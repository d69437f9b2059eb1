import { CHANNELS, type ChannelId } from '../domain/engagement/channel.js';
import type { PieceToDo } from '../ports/piece-store.js';
import type { ItemStatus, LedgerEntry, PlanItem } from '../ports/state-store.js';
import type { Run } from './context.js';
import { stepOf } from './engagement-item.js';
import { keepSent } from './keep-sent.js';
import { readBackEntries } from './read-back.js';
import { requestOf } from './requests.js';

/** All that goes through one tool, in its order. What one tool can't do now does not keep the others waiting. */
export type Lane = 'hubspot' | 'outreach' | 'crm' | 'webhook';

export function laneOf(channel: ChannelId): Lane {
  return CHANNELS[channel].tool ?? (channel === 'webhook' ? 'webhook' : 'crm');
}

/** Lanes of the channels that are connected. */
export function lanesOf(run: Run): readonly PieceToDo[] {
  const lanes = new Set([...run.channels.keys()].map(laneOf));
  return [...lanes].map((lane) => ({ piece: lane, task: lane }));
}

const READ = 500;

/**
 * What a worker that was killed had begun is looked up before anything is repeated: who is in counts as enrolled,
 * the others are planned again. Gives how many are in.
 */
export async function readBackLane(run: Run, lane: Lane): Promise<number> {
  let found = 0;
  for await (const page of run.state.plan.items(run.id, { kind: 'enrolment', status: 'intended' }, READ)) {
    await run.checkpoint();
    const mine = page.filter((item) => laneOf(stepOf(item).wish.step.channel) === lane);
    const before = await entriesOf(run, mine);
    await readBackEntries(
      run,
      before.filter(({ status }) => status === 'intended'),
    );
    const now = new Map((await entriesOf(run, mine)).map((entry) => [entry.key, entry]));
    await keepFound(run, mine, now);
    const outcomes = mine.map(({ seq, key }) => ({ seq, status: statusAfter(now.get(key)?.status) }));
    await run.state.plan.setStatus(run.id, outcomes);
    found += outcomes.filter(({ status }) => status === 'done').length;
  }
  return found;
}

/** What was sent is known as it would be had nobody been killed. */
async function keepFound(
  run: Run,
  items: readonly PlanItem[],
  entries: ReadonlyMap<string, LedgerEntry>,
): Promise<void> {
  const due = new Map<string, number | null>();
  for (const item of items) {
    const { key, task } = await requestOf(run, item, '');
    due.set(key, task?.dueOn ?? null);
  }
  const sent = items
    .flatMap(({ key }) => entries.get(key) ?? [])
    .filter(({ status }) => status === 'enrolled');
  await keepSent(run, sent, due);
}

async function entriesOf(run: Run, items: readonly PlanItem[]): Promise<readonly LedgerEntry[]> {
  return [...(await run.state.ledger.get(items.map(({ key }) => key))).values()];
}

function statusAfter(status: LedgerEntry['status'] | undefined): ItemStatus {
  if (status === 'enrolled' || status === 'already') return 'done';
  if (status === 'unclear') return 'unclear';
  return status === 'refused' || status === 'deferred' ? 'stale' : 'planned';
}
