import { CHANNELS, type ChannelId } from '../domain/engagement/channel.js';
import type { PlanItem } from '../ports/state-store.js';
import { stepOf } from './engagement-item.js';

/** Steps carried out together at most: what the largest single call of any channel takes. */
export const MOST = 10_000;
/** Where every person is a call: consent and holds are read for each part anew. */
const ONE_BY_ONE = 100;
/** Of those that go one by one, so many are begun before the first is closed: what a killed worker leaves open is looked up. */
const BEGUN = 20;

/** Steps of a lane in the parts in which they are carried out, each of one target. */
export function inParts(items: readonly PlanItem[]): readonly (readonly PlanItem[])[] {
  return byTarget(items).flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : partsOf(group, sizeOf(stepOf(first).wish.step.channel));
  });
}

/** How many steps of a part are begun before any of them is closed. */
export function begunAtOnce(channel: ChannelId): number {
  return goesOneByOne(channel) ? BEGUN : MOST;
}

export function partsOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}

/** Lists, work and campaigns go in as few requests as they can. */
function sizeOf(channel: ChannelId): number {
  return goesOneByOne(channel) ? ONE_BY_ONE : MOST;
}

function goesOneByOne(channel: ChannelId): boolean {
  return CHANNELS[channel].exclusive || channel === 'webhook';
}

function byTarget(page: readonly PlanItem[]): readonly (readonly PlanItem[])[] {
  const keyOf = (item: PlanItem): string => {
    const { channel, target } = stepOf(item).wish.step;
    // A task's subject is no place that is prepared: all of them go together.
    return channel === 'salesforce-task' ? channel : `${channel}|${target}`;
  };
  return [...Map.groupBy(page, keyOf).values()];
}
