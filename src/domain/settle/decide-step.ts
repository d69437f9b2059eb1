import { type Day, spokenDay } from '../day.js';
import { CHANNELS } from '../engagement/channel.js';
import { firstReason, type RefusalReason } from '../engagement/codes.js';
import { businessDayAfter } from '../engagement/send-time.js';
import { touchDays } from '../engagement/touches.js';
import type { StepWish } from '../engagement/wish.js';
import { type Act, isClosed, isSent } from './act.js';
import { capReasons, senderEvidence } from './caps.js';
import { doorReasons, hasEntered, isSpare, isTheirs } from './door.js';
import type { Evidence } from './evidence.js';
import { type Open, open } from './open-reason.js';
import { protection } from './protection.js';
import { timeReasons } from './timing.js';

/** `drop`: nothing to decide (done already, not due yet for this person, somebody's spare). */
export type Decision =
  | { readonly verdict: 'enrol'; readonly touchDays: readonly Day[] }
  | { readonly verdict: 'refuse'; readonly reason: RefusalReason }
  | { readonly verdict: 'defer'; readonly reason: RefusalReason; readonly tryOn: Day }
  | { readonly verdict: 'drop' };

const DROP: Decision = { verdict: 'drop' };

/** One decision for one person (or account) at one step. */
export function decideStep(wish: StepWish, evidence: Evidence): Decision {
  const [refused = null] = wish.entry;
  const key = actOf(wish, evidence);
  if (key !== null && isClosed(key)) return DROP;
  if (refused !== null && wish.person === null) return { verdict: 'refuse', reason: refused };
  const due = dueFor(wish, evidence);
  if (due > evidence.today || isHeldUp(wish, evidence)) return DROP;
  const last = due + wish.step.lateBy;
  if (evidence.today <= last && isWaiting(key, evidence.today)) return DROP;
  const message = CHANNELS[wish.step.channel].reaches === 'person';
  const reasons =
    message && wish.person !== null ? messageReasons(wish, evidence) : workReasons(wish, evidence);
  if (reasons === null) return DROP;
  const asked = reasons.filter((reason) => !evidence.playbook.ignore.includes(reason.code));
  const decision = concluded(wish, evidence, { reason: worst(asked), due });
  // What may have been sent is sent again or left open: a refusal written over it would take it out of every cap.
  return key !== null && isSent(key) && decision.verdict !== 'enrol' ? DROP : decision;
}

/** What is final goes before what may pass; among equals the documented order. */
function worst(reasons: readonly Open[]): Open | null {
  const final = firstReason(reasons.filter(({ tryOn }) => tryOn === null));
  return reasons.find((reason) => reason === (final ?? firstReason(reasons))) ?? null;
}

function concluded(
  wish: StepWish,
  evidence: Evidence,
  { reason, due }: { readonly reason: Open | null; readonly due: Day },
): Decision {
  const { today } = evidence;
  const last = due + wish.step.lateBy;
  if (reason !== null && reason.tryOn === null)
    return { verdict: 'refuse', reason: { code: reason.code, evidence: reason.evidence } };
  if (today > last) return { verdict: 'refuse', reason: expired(reason, due, last) };
  if (reason === null) return { verdict: 'enrol', touchDays: touchDays(evidence.touches, today) };
  const { code, evidence: words } = reason;
  return { verdict: 'defer', reason: { code, evidence: words }, tryOn: reason.tryOn ?? today + 1 };
}

function expired(reason: Open | null, due: Day, last: Day): RefusalReason {
  const why = reason === null ? '' : `, and ${reason.code} stood against it to the end`;
  return {
    code: 'expired',
    evidence: `the step was due on ${spokenDay(due)} and could be made up until ${spokenDay(last)}${why}`,
  };
}

function actOf(wish: StepWish, evidence: Evidence): Act | null {
  const mine = evidence.inEpisode.filter((act) => act.step === wish.step.id && isTheirs(act, wish, evidence));
  return mine.find(isClosed) ?? mine[0] ?? null;
}

/** A deferral holds until its day, except one that somebody can lift at any moment. */
function isWaiting(act: Act | null, today: Day): boolean {
  return act?.status === 'deferred' && act.tryOn !== null && act.tryOn > today && act.code !== 'paused';
}

/** An earlier step that was put off, or that no answer came for, goes first as long as it can be made up. */
function isHeldUp(wish: StepWish, evidence: Evidence): boolean {
  const { inEpisode, today } = evidence;
  const open = wish.before.filter(({ until }) => today <= until).map(({ step }) => step);
  return inEpisode.some((act) => open.includes(act.step) && isTheirs(act, wish, evidence) && !isClosed(act));
}

/** The day for this person: as long after their earlier steps as the playbook says, however late those were. */
function dueFor(wish: StepWish, evidence: Evidence): Day {
  const { inEpisode } = evidence;
  return wish.before.reduce((latest, { step, due }) => {
    // Work for the account keeps its distance from the first of its people who were written to.
    const days = inEpisode
      .filter(
        (one) => one.step === step && isSent(one) && (wish.person === null || isTheirs(one, wish, evidence)),
      )
      .map(({ day }) => day);
    return days.length === 0 ? latest : Math.max(latest, Math.min(...days) + (wish.due - due));
  }, wish.due);
}

function workReasons(wish: StepWish, { paused, sender, today, policy }: Evidence): readonly Open[] {
  const next = businessDayAfter(policy.calendar, today, 1);
  return [
    ...(paused === null ? [] : [open('paused', paused, today)]),
    ...(sender.address === null ? [open('sender_unavailable', senderEvidence(wish), today + 1)] : []),
    ...(sender.room !== null && sender.room <= 0
      ? [open('sender_cap', 'everybody in the pool has a full day', next)]
      : []),
  ];
}

/** Null = there is nothing to decide for this person. */
function messageReasons(wish: StepWish, evidence: Evidence): readonly Open[] | null {
  const entered = hasEntered(wish, evidence);
  if (entered === 'never') return null;
  const entering = entered === 'not-yet';
  if (entering && isSpare(wish, evidence)) return null;
  return [
    ...(entering
      ? [...wish.entry.map((one) => open(one.code, one.evidence, null)), ...doorReasons(wish, evidence)]
      : []),
    ...protection(wish, evidence, entering),
    ...capReasons(wish, evidence),
    ...timeReasons(evidence),
  ];
}
