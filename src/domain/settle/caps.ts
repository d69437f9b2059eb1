import type { Day } from '../day.js';
import { CHANNELS } from '../engagement/channel.js';
import type { Cap, EngagementPolicy } from '../engagement/policy.js';
import { businessDayAfter } from '../engagement/send-time.js';
import { firstFit, fits, touchDays } from '../engagement/touches.js';
import type { StepWish } from '../engagement/wish.js';
import { type Act, isSent } from './act.js';
import type { Evidence } from './evidence.js';
import { type Open, open } from './open-reason.js';

/** No person, account or sender gets past a cap, whatever channel the touches came through. */
export function capReasons(wish: StepWish, evidence: Evidence): readonly Open[] {
  const { policy, toPerson, toAccount, touches, today, otherMailOn, sender } = evidence;
  const added = touchDays(touches, today);
  const days = (acts: readonly Act[]): readonly Day[] =>
    acts.filter((act) => isSent(act) && act.leftOn === null).flatMap((act) => act.touchDays);
  const found: Open[] = [];
  const mine = [...days(withoutLeft(toPerson)), ...(otherMailOn === null ? [] : [otherMailOn])];
  const { person, account } = policy.caps;
  if (!fits(mine, added, person))
    found.push(
      open('recently_contacted', capWords(added, person), firstFit(mine, touches, { cap: person, today })),
    );
  else if (isTouchedToday(wish, evidence))
    found.push(open('recently_contacted', 'another playbook writes to them today', nextDay(policy, today)));
  const all = days(withoutLeft(toAccount));
  if (!fits(all, added, account))
    found.push(
      open(
        'account_cap',
        `more than ${account.touches} touches of the account in ${account.days} days`,
        firstFit(all, touches, { cap: account, today }),
      ),
    );
  return [...found, ...senderReasons(wish, evidence, sender)];
}

/** Two programs on one day are one too many, whatever the cap allows; a service notice may overlook it. */
function isTouchedToday(wish: StepWish, { toPerson, playbook, today }: Evidence): boolean {
  if (playbook.ignore.includes('active_elsewhere')) return false;
  return withoutLeft(toPerson).some(
    (act) => act.playbook !== wish.playbook && isSent(act) && act.touchDays.includes(today),
  );
}

function nextDay({ calendar }: EngagementPolicy, today: Day): Day {
  return businessDayAfter(calendar, today, 1);
}

function capWords(added: readonly Day[], cap: Cap): string {
  const words = `more than ${cap.touches} touches in ${cap.days} days`;
  return fits([], added, cap)
    ? words
    : `the step alone means ${words}: raise caps.person, or say its touches`;
}

/** Touches that had happened before somebody left still count; those that did not come about do not. */
function withoutLeft(acts: readonly Act[]): readonly Act[] {
  return acts.map((act) =>
    act.leftOn === null
      ? act
      : { ...act, leftOn: null, touchDays: act.touchDays.filter((day) => day <= (act.leftOn ?? day)) },
  );
}

function senderReasons(
  wish: StepWish,
  { policy, today }: Evidence,
  sender: Evidence['sender'],
): readonly Open[] {
  const next = nextDay(policy, today);
  const exclusive = CHANNELS[wish.step.channel].exclusive;
  if (sender.address === null) {
    // A list's workflow has a sender of its own; a sequence goes out from somebody's inbox.
    return exclusive ? [open('sender_unavailable', senderEvidence(wish), today + 1)] : [];
  }
  const full = sender.used >= policy.caps.senderPerDay;
  const none = sender.room !== null && sender.room <= 0;
  if (!full && !none) return [];
  const words = none
    ? 'the vendor takes no more from this sender today'
    : `${policy.caps.senderPerDay} messages in this name today`;
  return [open('sender_cap', words, next)];
}

/** Who is missing, in words. */
export function senderEvidence({ step }: StepWish): string {
  const rule = step.task?.owner ?? step.sender;
  return rule.kind === 'pool'
    ? `nobody of the pool ${rule.pool} is active`
    : `no active ${rule.kind} is known`;
}
