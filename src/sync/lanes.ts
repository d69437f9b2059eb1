import { CHANNELS, type ChannelId } from '../domain/engagement/channel.js';
import type { PieceToDo } from '../ports/piece-store.js';
import type { ItemStatus, LedgerEntry, PlanItem } from '../ports/state-store.js';
import type { Run } from './context.js';
import { stepOf } from './engagement-item.js';
import { readBackEntries } from './read-back.js';

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
    const now = new Map((await entriesOf(run, mine)).map(({ key, status }) => [key, status]));
    const outcomes = mine.map(({ seq, key }) => ({ seq, status: statusAfter(now.get(key)) }));
    await run.state.plan.setStatus(run.id, outcomes);
    found += outcomes.filter(({ status }) => status === 'done').length;
  }
  return found;
}

async function entriesOf(run: Run, items: readonly PlanItem[]): Promise<readonly LedgerEntry[]> {
  return [...(await run.state.ledger.get(items.map(({ key }) => key))).values()];
}

function statusAfter(status: LedgerEntry['status'] | undefined): ItemStatus {
  if (status === 'enrolled' || status === 'already') return 'done';
  if (status === 'unclear') return 'unclear';
  return status === 'refused' || status === 'deferred' ? 'stale' : 'planned';
}
