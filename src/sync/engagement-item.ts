import type { Day } from '../domain/day.js';
import { CHANNELS } from '../domain/engagement/channel.js';
import type { RefusalReason } from '../domain/engagement/codes.js';
import type { ExitReason } from '../domain/engagement/episode.js';
import { taskSubject } from '../domain/engagement/task-subject.js';
import type { StepWish } from '../domain/engagement/wish.js';
import type { LedgerEntry, PlanItem } from '../ports/state-store.js';
import type { Run } from './context.js';
import { ledgerKey } from './engagement-candidate.js';

/** `detail` of a plan item of kind `enrolment` or `refusal`; no name and no address, those stay in the rows. */
export interface StepItem {
  readonly wish: StepWish;
  /** Address of the sender, or the user id of a task's owner; null = the channel has a sender of its own. */
  readonly sender: string | null;
  readonly touchDays: readonly Day[];
  /** Null for an enrolment. */
  readonly refused: RefusalReason | null;
  /** Day from which a deferred step is decided again; null = final. */
  readonly tryOn: Day | null;
}

/** `detail` of a plan item of kind `leave`. */
export interface LeaveItem {
  readonly entry: LedgerEntry;
  readonly by: ExitReason;
}

export function stepOf(item: PlanItem): StepItem {
  return item.detail as StepItem;
}

export function leaveOf(item: PlanItem): LeaveItem {
  return item.detail as LeaveItem;
}

export function isTask({ wish }: StepItem): boolean {
  return CHANNELS[wish.step.channel].reaches === 'owner';
}

interface Now {
  readonly status: LedgerEntry['status'];
  readonly recordId?: string | null;
  readonly made?: string | null;
}

/** The ledger's line for a step. */
export function entryOf(
  run: Pick<Run, 'today' | 'id' | 'clock'>,
  { wish, sender, touchDays, refused, tryOn }: StepItem,
  now: Now,
): LedgerEntry {
  return {
    key: ledgerKey(wish),
    episode: wish.episode,
    step: wish.step.id,
    person: wish.person?.key ?? '-',
    contact: wish.person?.contactId ?? null,
    account: wish.account,
    playbook: wish.playbook,
    channel: wish.step.channel,
    target: wish.step.task === null ? wish.step.target : taskSubject(wish),
    status: now.status,
    code: refused?.code ?? null,
    evidence: refused?.evidence ?? null,
    recordId: now.recordId ?? null,
    made: now.made ?? null,
    sender,
    touchDays,
    busyUntil: wish.busyUntil,
    day: run.today,
    at: run.clock.now(),
    tryOn: now.status === 'deferred' ? tryOn : null,
    leftOn: null,
    leftBy: null,
    run: run.id,
  };
}
