import { CHANNELS } from '../domain/engagement/channel.js';
import type { ExitReason } from '../domain/engagement/episode.js';
import type { LeaveWish, StepWish } from '../domain/engagement/wish.js';
import { removalWish } from '../domain/engagement/wishing.js';
import { isActive, isSent } from '../domain/settle/act.js';
import type { LedgerEntry, PlanItem } from '../ports/state-store.js';
import type { Run } from './context.js';
import type { LeaveItem } from './engagement-item.js';
import type { Numbering } from './numbering.js';

/** Exits at which every vendor stops by itself. */
const STOPS_BY_ITSELF: readonly ExitReason[] = [
  'replied',
  'meeting-booked',
  'unsubscribed',
  'bounced',
  'completed',
];

interface Leaves {
  readonly leaving: readonly LeaveItem[];
  readonly items: readonly PlanItem[];
  /** Tasks for people whom the vendor can't let go by itself. */
  readonly byHand: readonly StepWish[];
}

/** Who of an episode is still in a channel: out, where it lets people go; to be taken out by hand where it does not. */
export async function settleLeaves(
  run: Run,
  wishes: readonly LeaveWish[],
  numbering: Numbering,
): Promise<Leaves> {
  if (wishes.length === 0) return { leaving: [], items: [], byHand: [] };
  const entries = await run.state.ledger.ofEpisodes([...new Set(wishes.map(({ episode }) => episode))]);
  const byEpisode = Map.groupBy(entries.filter(mayBeIn), ({ episode }) => episode);
  const leaves = new Map<string, LeaveItem>();
  const byHand = new Map<string, StepWish>();
  for (const wish of wishes) {
    for (const entry of byEpisode.get(wish.episode) ?? []) {
      if (wish.person !== null && wish.person !== entry.person) continue;
      if (isKept(entry, wish)) continue;
      if (CHANNELS[entry.channel].leavable) leaves.set(entry.key, { entry, by: wish.by });
      else if (needsHand(run, entry, wish)) byHand.set(entry.key, byHandWish(run, entry, wish));
    }
  }
  return {
    leaving: [...leaves.values()],
    items: [...leaves.values()].map((leave) => leaveItem(leave, numbering)),
    byHand: [...byHand.values()],
  };
}

/** Who was in it before we came is not ours to take out. */
function mayBeIn(entry: LedgerEntry): boolean {
  return isSent(entry) && entry.leftOn === null && entry.status !== 'intended' && entry.status !== 'already';
}

const ENDED_WELL: readonly ExitReason[] = ['completed', 'goal', 'replied', 'meeting-booked', 'abandoned'];

/** A campaign's members tell who was asked and who answered: that stays when an episode ends well. */
function isKept(entry: LedgerEntry, { by }: LeaveWish): boolean {
  return CHANNELS[entry.channel].record && ENDED_WELL.includes(by);
}

function needsHand(run: Run, entry: LedgerEntry, { by }: LeaveWish): boolean {
  return CHANNELS[entry.channel].exclusive && isActive(entry, run.today) && !STOPS_BY_ITSELF.includes(by);
}

function byHandWish(run: Run, { step, target, person, contact }: LedgerEntry, wish: LeaveWish): StepWish {
  const held = { step, target, person: contact === null ? null : { key: person, contactId: contact } };
  return removalWish(wish, held, run.today);
}

export function leaveItem(detail: LeaveItem, numbering: Numbering): PlanItem {
  const { account, key } = detail.entry;
  return { seq: numbering.next(), kind: 'leave', account, key, detail };
}

/** What a playbook of lower priority still has under way for a person whom one of higher priority takes over. */
export function outranked(
  run: Run,
  { playbook, priority, person }: StepWish,
  {
    sent,
    priorities,
  }: { readonly sent: readonly LedgerEntry[]; readonly priorities: ReadonlyMap<string, number> },
): readonly LeaveItem[] {
  return sent
    .filter(
      (entry) =>
        entry.playbook !== playbook &&
        (entry.person === person?.key || (entry.contact !== null && entry.contact === person?.contactId)) &&
        (priorities.get(entry.playbook) ?? Infinity) < priority &&
        CHANNELS[entry.channel].leavable &&
        mayBeIn(entry) &&
        isActive(entry, run.today),
    )
    .map((entry) => ({ entry, by: 'outranked' }));
}
