import type { ItemStatus, PlanItem } from '../ports/state-store.js';
import type { Run } from './context.js';
import { leaveOf } from './engagement-item.js';
import { decideAgain } from './engagement-outcomes.js';
import { type Lane, laneOf } from './lanes.js';
import { requestAgain } from './requests.js';

const GROUP = 10_000;

/** Takes people out of the channels that still hold them; who could not be taken out is tried again. */
export async function applyLeaves(run: Run, lane: Lane): Promise<void> {
  for await (const page of run.state.plan.items(run.id, { kind: 'leave', status: 'planned' }, GROUP)) {
    const mine = page.filter((item) => laneOf(leaveOf(item).entry.channel) === lane);
    for (const group of byTarget(mine)) {
      await run.checkpoint();
      await leaveGroup(run, group);
    }
  }
}

function byTarget(page: readonly PlanItem[]): readonly (readonly PlanItem[])[] {
  const keyOf = (item: PlanItem): string => {
    const { channel, target } = leaveOf(item).entry;
    return `${channel}|${target}`;
  };
  return [...Map.groupBy(page, keyOf).values()];
}

async function leaveGroup(run: Run, group: readonly PlanItem[]): Promise<void> {
  const [first] = group;
  const entry = first && leaveOf(first).entry;
  const channel = entry && run.channels.get(entry.channel);
  if (entry === undefined || channel === undefined) return;
  const requests = group.map((item) => requestAgain(leaveOf(item).entry));
  const outcomes = await channel.leave(entry.target, requests);
  const out = new Set(
    outcomes.flatMap(({ key, outcome }) => (outcome === 'left' || outcome === 'absent' ? [key] : [])),
  );
  const left = group.filter(({ key }) => out.has(key));
  await run.state.ledger.leave(left.map((item) => ({ key: item.key, on: run.today, by: leaveOf(item).by })));
  await decideAgain(
    run,
    group.filter(({ key }) => !out.has(key)),
  );
  await run.state.plan.setStatus(
    run.id,
    group.map(({ seq, key }): { seq: number; status: ItemStatus } => ({
      seq,
      status: out.has(key) ? 'done' : 'unclear',
    })),
  );
}
