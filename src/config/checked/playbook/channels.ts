import { CHANNEL_IDS, CHANNELS, type ChannelId, ONE_TOUCH } from '../../../domain/engagement/channel.js';
import { touchDays } from '../../../domain/engagement/touches.js';
import type { WrittenStep } from '../../normalised/step.js';

/** The channel that a step names; a step with a task needs to name none. Null = unknown or missing. */
export function channelOf({ channel, task }: WrittenStep): ChannelId | null {
  if (channel === undefined) return task === undefined ? null : 'salesforce-task';
  return CHANNEL_IDS.find((id) => id === channel) ?? null;
}

export function isExclusive(step: WrittenStep): boolean {
  const channel = channelOf(step);
  return channel !== null && CHANNELS[channel].exclusive;
}

export function reachesPerson(step: WrittenStep): boolean {
  const channel = channelOf(step);
  return channel !== null && CHANNELS[channel].reaches === 'person';
}

/** Days of the episode on which a step touches a person. */
export function daysTouched(step: WrittenStep): readonly number[] {
  return reachesPerson(step) ? touchDays(step.touches ?? ONE_TOUCH, step.day) : [];
}
