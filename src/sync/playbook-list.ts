import type { ChannelId } from '../domain/engagement/channel.js';
import type { Playbook } from '../domain/engagement/playbook.js';
import type { StateStore } from '../ports/state-store.js';
import { PAGE, type Tools } from './context.js';
import { type Controls, holdOn, readControls } from './controls.js';

/** A playbook as `playbooks list` shows it: a contract, fields are added, never changed. */
export interface ListedPlaybook {
  readonly id: string;
  readonly label: string;
  readonly priority: number;
  /** The trigger in words. */
  readonly trigger: string;
  readonly channels: readonly ChannelId[];
  /** Share of accounts kept out, 0-1. */
  readonly holdout: number;
  /** Episodes that run, and that are held out meanwhile. */
  readonly running: number;
  readonly heldOut: number;
  /** Why nothing of it, or nothing through one of its channels, is carried out now; null = it goes on. */
  readonly paused: string | null;
}

export async function listPlaybooks({
  state,
  settings,
}: Pick<Tools, 'state' | 'settings'>): Promise<readonly ListedPlaybook[]> {
  const controls = await readControls(state.notes);
  const counts = await countEpisodes(state);
  return settings.playbooks.map((playbook) => {
    const { id, label, priority, holdout, steps } = playbook;
    const channels = [...new Set(steps.map(({ channel }) => channel))];
    const paused = pauseOf(controls, settings.engagement, { id, channels });
    const { running, heldOut } = counts.get(id) ?? { running: 0, heldOut: 0 };
    return {
      id,
      label,
      priority,
      trigger: triggerInWords(playbook),
      channels,
      holdout,
      running,
      heldOut,
      paused,
    };
  });
}

async function countEpisodes({ episodes }: StateStore) {
  const counts = new Map<string, { running: number; heldOut: number }>();
  for await (const page of episodes.list({ playbook: null, running: true }, PAGE)) {
    for (const { playbook, heldOut } of page) {
      const count = counts.get(playbook) ?? { running: 0, heldOut: 0 };
      counts.set(
        playbook,
        heldOut ? { ...count, heldOut: count.heldOut + 1 } : { ...count, running: count.running + 1 },
      );
    }
  }
  return counts;
}

function pauseOf(
  controls: Controls,
  policy: { readonly enabled: boolean },
  { id, channels }: Pick<ListedPlaybook, 'id' | 'channels'>,
): string | null {
  const holds = channels.map((channel) => holdOn(controls, policy, { playbook: id, channel }));
  return holds.find((hold) => hold !== null) ?? null;
}

/** `each time account.daysToRenewal falls to 120, 90 or 30`, `every month, where …`. */
export function triggerInWords({ trigger }: Pick<Playbook, 'trigger'>): string {
  const { per, when, countdown, every } = trigger;
  const condition = when.source.replace(/\s+/g, ' ').trim();
  const where = condition === 'true' ? '' : `, where ${condition}`;
  const whose = per === 'account' ? '' : `for each ${per}: `;
  if (countdown !== null)
    return `${whose}when ${countdown.of.source} falls to ${either(countdown.marks)}${where}`;
  if (every !== null) return `${whose}every ${every}${where}`;
  return `${whose}when ${condition}`;
}

function either(marks: readonly number[]): string {
  const last = marks.at(-1) ?? '';
  return marks.length < 2 ? String(last) : `${marks.slice(0, -1).join(', ')} or ${last}`;
}
