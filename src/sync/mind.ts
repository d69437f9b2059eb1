import type { Touches } from '../domain/engagement/channel.js';
import type { ExitReason } from '../domain/engagement/episode.js';
import type { Playbook } from '../domain/engagement/playbook.js';
import type { StepWish } from '../domain/engagement/wish.js';
import type { Act } from '../domain/settle/act.js';
import type { Controls } from './controls.js';
import type { LeaveItem } from './engagement-item.js';
import type { Owners } from './owners.js';

/** What one settling pass keeps in mind: everything decided so far in this run. */
export interface Mind {
  readonly playbooks: ReadonlyMap<string, Playbook>;
  readonly priorities: ReadonlyMap<string, number>;
  readonly groups: ReadonlyMap<string, string>;
  readonly controls: Controls;
  readonly owners: Owners;
  /** Messages by `channel|sender` today. */
  readonly bySender: Map<string, number>;
  readonly touches: Map<string, Touches>;
  readonly room: Map<string, number | null>;
  /** Acts of this run by episode, by person and by account. */
  readonly acts: {
    readonly episode: Map<string, Act[]>;
    readonly person: Map<string, Act[]>;
    readonly account: Map<string, Act[]>;
  };
  /** Keys of enrolments that end in this run, and why. */
  readonly left: Map<string, ExitReason>;
  /** Enrolments of lower playbooks that somebody was taken out of in this run, by key. */
  readonly outranked: Map<string, LeaveItem>;
}

export function senderName(channel: string, sender: string): string {
  return `${channel}|${sender}`;
}

/** Keeps in mind what was just decided, so that the next wish of this run sees it. */
export function remember(mind: Mind, wish: StepWish, act: Act): void {
  const put = (map: Map<string, Act[]>, key: string): void =>
    void map.set(key, [...(map.get(key) ?? []), act]);
  put(mind.acts.episode, wish.episode);
  if (wish.person !== null) put(mind.acts.person, wish.person.key);
  put(mind.acts.account, wish.account);
}
