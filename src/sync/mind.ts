import type { Touches } from '../domain/engagement/channel.js';
import type { ExitReason } from '../domain/engagement/episode.js';
import type { Playbook } from '../domain/engagement/playbook.js';
import type { StepWish } from '../domain/engagement/wish.js';
import type { Act } from '../domain/settle/act.js';
import type { Run } from './context.js';
import type { Controls } from './controls.js';
import { entryOf, isTask, type LeaveItem, leaveOf, type StepItem, stepOf } from './engagement-item.js';
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
  /** Messages that the vendor still takes of a sender today, as it told before this run gave any. */
  readonly room: Map<string, number | null>;
  /** What this run has given of that. */
  readonly spent: Map<string, number>;
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

/** Keeps in mind what was decided for a step, so that the next wish of this run sees it. */
export function rememberStep(run: Run, mind: Mind, item: StepItem): void {
  const { wish, refused, tryOn } = item;
  const status = refused === null ? 'intended' : tryOn === null ? 'refused' : 'deferred';
  remember(mind, wish, entryOf(run, item, { status }));
  if (refused === null) spend(mind, item);
}

/** Whoever leaves makes room; whom a higher playbook takes over counts as there until it is done. */
export function rememberLeave(mind: Mind, { entry, by }: LeaveItem): void {
  if (by !== 'outranked') mind.left.set(entry.key, by);
}

function remember(mind: Mind, wish: StepWish, act: Act): void {
  const put = (map: Map<string, Act[]>, key: string): void => {
    const acts = map.get(key);
    if (acts === undefined) map.set(key, [act]);
    else acts.push(act);
  };
  put(mind.acts.episode, wish.episode);
  if (wish.person !== null) put(mind.acts.person, wish.person.key);
  put(mind.acts.account, wish.account);
}

/** What was granted is used up: the sender's day, the vendor's room, the pool's turn. */
function spend(mind: Mind, item: StepItem): void {
  const { wish, sender } = item;
  if (sender === null) return;
  if (isTask(item)) mind.owners.gaveWork(sender);
  const name = senderName(wish.step.channel, sender);
  for (const given of [mind.bySender, mind.spent]) given.set(name, (given.get(name) ?? 0) + 1);
}

const READ = 2_000;

/** Everything that a pass decided before it was broken off lies in the plan behind this number, in the order of deciding. */
export async function recall(run: Run, mind: Mind, behind: number): Promise<void> {
  let after = behind;
  for (;;) {
    const page = await run.state.plan.page(run.id, { kind: null, status: null }, { after, limit: READ });
    for (const item of page) {
      if (item.kind === 'leave') rememberLeave(mind, leaveOf(item));
      else rememberStep(run, mind, stepOf(item));
    }
    after = page.at(-1)?.seq ?? after;
    if (page.length < READ) return;
  }
}
