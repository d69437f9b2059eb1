import { CHANNEL_IDS, type ChannelId } from '../domain/engagement/channel.js';
import type { NoteStore } from '../ports/state-store.js';

/** What people have stopped by hand, until they let it go on. */
export interface Controls {
  /** The kill switch: nothing is sent, no task opened. */
  readonly all: boolean;
  /** Account fields are not written. */
  readonly fields: boolean;
  readonly playbooks: readonly string[];
  readonly channels: readonly ChannelId[];
  /** Episodes or accounts that were stopped: they end, and do not go on later. */
  readonly stopped: readonly string[];
}

export const NO_CONTROLS: Controls = { all: false, fields: false, playbooks: [], channels: [], stopped: [] };

const NOTE = 'engagement-controls';

export async function readControls(notes: NoteStore): Promise<Controls> {
  const kept = (await notes.get(NOTE)) as Partial<Controls> | null;
  return { ...NO_CONTROLS, ...(kept ?? {}) };
}

export async function keepControls(notes: NoteStore, controls: Controls): Promise<void> {
  await notes.set(NOTE, controls);
}

/** What is paused, in words; empty when nothing is. */
export function holdsOf({ all, fields, playbooks, channels }: Controls): readonly string[] {
  return [
    ...(all ? ['everything that is sent'] : []),
    ...(fields ? ['account fields'] : []),
    ...playbooks.map((id) => `the playbook ${id}`),
    ...channels.map((id) => `the channel ${id}`),
  ];
}

/** What somebody asks to pause or to resume. */
export interface Hold {
  readonly all: boolean;
  readonly fields: boolean;
  readonly playbook: string | null;
  readonly channel: string | null;
}

/** Controls with one more, or one less, hold. */
export function changed(controls: Controls, hold: Hold, on: boolean): Controls {
  const channel = CHANNEL_IDS.find((id) => id === hold.channel);
  return {
    ...controls,
    all: hold.all ? on : controls.all,
    fields: hold.fields ? on : controls.fields,
    playbooks: withOrWithout(controls.playbooks, hold.playbook, on),
    channels: withOrWithout(controls.channels, channel ?? null, on),
  };
}

/** Pauses or resumes, and keeps that. */
export async function keepHold(notes: NoteStore, hold: Hold, on: boolean): Promise<Controls> {
  const controls = changed(await readControls(notes), hold, on);
  await keepControls(notes, controls);
  // What was not written meanwhile is looked at by the next run.
  if (hold.fields && !on) await notes.remove('full-assessment');
  return controls;
}

function withOrWithout<T>(list: readonly T[], item: T | null, on: boolean): readonly T[] {
  if (item === null) return list;
  const others = list.filter((one) => one !== item);
  return on ? [...others, item] : others;
}

/** Why a step may not be carried out now, in words, or null. */
export function holdOn(
  controls: Controls,
  policy: { readonly enabled: boolean },
  step: { readonly playbook: string; readonly channel: ChannelId },
): string | null {
  if (!policy.enabled) return 'config/engagement.yaml says enabled: false';
  if (controls.all) return 'everything is paused (truenorth resume --all)';
  if (controls.playbooks.includes(step.playbook)) return `the playbook ${step.playbook} is paused`;
  return controls.channels.includes(step.channel) ? `the channel ${step.channel} is paused` : null;
}
