import { type Day, spokenDay } from '../day.js';
import { CHANNELS, type Touches } from '../engagement/channel.js';
import { CODES, firstReason, type RefusalReason } from '../engagement/codes.js';
import {
  type ConsentQuestion,
  consentReasons,
  type MarketingConsent,
  NOT_TOLD,
} from '../engagement/consent.js';
import type { Playbook } from '../engagement/playbook.js';
import type { Cap, EngagementPolicy } from '../engagement/policy.js';
import { businessDayAfter, mayStart } from '../engagement/send-time.js';
import { firstFit, fits, touchDays } from '../engagement/touches.js';
import type { StepWish } from '../engagement/wish.js';
import { type Act, isActive, isClosed, isSent } from './act.js';

/** Everything beside the wish that decides it. Plain values: the same evidence gives the same decision. */
export interface Evidence {
  readonly today: Day;
  readonly policy: EngagementPolicy;
  readonly playbook: Pick<Playbook, 'trigger' | 'audience' | 'ignore' | 'rest'>;
  /** Priority of other playbooks by id. */
  readonly priorities: ReadonlyMap<string, number>;
  /** Group within which playbooks rest together, by playbook id. */
  readonly groups: ReadonlyMap<string, string>;
  /** All that was decided in this episode, this run included. */
  readonly inEpisode: readonly Act[];
  /** What was sent to this person (under any address or contact) by any playbook. */
  readonly toPerson: readonly Act[];
  /** What was sent to anybody of this account (or of one merged into it). */
  readonly toAccount: readonly Act[];
  readonly consent: readonly MarketingConsent[];
  /** Any other contact row of the person, in any account, and what was merged into them. */
  readonly elsewhere: { readonly optedOut: boolean; readonly bounced: boolean };
  /** Day on which a tool last sent them a marketing mail that none of our acts explains; null = none. */
  readonly otherMailOn: Day | null;
  /** False where a legal basis is required for the country and none is on record. */
  readonly basis: boolean;
  readonly touches: Touches;
  /** In words, why sending is stopped for this playbook or channel; null = it is not. */
  readonly paused: string | null;
  /** Test mode leaves this address out. */
  readonly listed: boolean;
  /** The contact's own clock. */
  readonly clock: { readonly day: Day; readonly minute: number };
  readonly sender: {
    /** Null = nobody can be named. */
    readonly address: string | null;
    /** Messages in this name today, this run included. */
    readonly used: number;
    /** What the vendor still takes from it today; null = no such limit. */
    readonly room: number | null;
  };
}

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
  if (refused !== null) return { verdict: 'refuse', reason: refused };
  const due = dueFor(wish, evidence);
  if (due > evidence.today) return DROP;
  if (isWaiting(key, evidence.today)) return DROP;
  const message = CHANNELS[wish.step.channel].reaches === 'person';
  const reasons =
    message && wish.person !== null ? messageReasons(wish, evidence) : workReasons(wish, evidence);
  if (reasons === null) return DROP;
  const asked = reasons.filter((reason) => !evidence.playbook.ignore.includes(reason.code));
  return concluded(wish, evidence, { reason: worst(asked), due });
}

/** What is final goes before what may pass; among equals the documented order. */
function worst(reasons: readonly Open[]): Open | null {
  const final = firstReason(reasons.filter(({ tryOn }) => tryOn === null));
  return reasons.find((reason) => reason === (final ?? firstReason(reasons))) ?? null;
}

/** A reason with the day from which it may have passed; null = it is final. */
interface Open extends RefusalReason {
  readonly tryOn: Day | null;
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

function actOf(wish: StepWish, { inEpisode }: Evidence): Act | null {
  const person = wish.person?.key ?? '-';
  const contact = wish.person?.contactId ?? null;
  const mine = inEpisode.filter(
    (act) =>
      act.step === wish.step.id && (act.person === person || (contact !== null && act.contact === contact)),
  );
  return mine.find(isClosed) ?? mine[0] ?? null;
}

/** A deferral holds until its day, except one that somebody can lift at any moment. */
function isWaiting(act: Act | null, today: Day): boolean {
  return act?.status === 'deferred' && act.tryOn !== null && act.tryOn > today && act.code !== 'paused';
}

/** The day for this person: as long after their earlier steps as the playbook says, however late those were. */
function dueFor(wish: StepWish, { inEpisode }: Evidence): Day {
  const person = wish.person?.key ?? '-';
  return wish.before.reduce((latest, { step, due }) => {
    const act = inEpisode.find((one) => one.step === step && one.person === person && isSent(one));
    return act === undefined ? latest : Math.max(latest, act.day + (wish.due - due));
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

function open(code: RefusalReason['code'], evidence: string, tryOn: Day | null): Open {
  return { code, evidence, tryOn };
}

function senderEvidence({ step }: StepWish): string {
  const rule = step.task?.owner ?? step.sender;
  return rule.kind === 'pool'
    ? `nobody of the pool ${rule.pool} is active`
    : `no active ${rule.kind} is known`;
}

/** Null = there is nothing to decide for this person. */
function messageReasons(wish: StepWish, evidence: Evidence): readonly Open[] | null {
  const entered = hasEntered(wish, evidence);
  if (entered === 'never') return null;
  const entering = entered === 'not-yet';
  if (entering && isSpare(wish, evidence)) return null;
  return [
    ...(entering ? entryReasonsOf(wish, evidence) : []),
    ...protection(wish, evidence, entering),
    ...capReasons(wish, evidence),
    ...timeReasons(evidence),
  ];
}

/**
 * `yes`: an earlier step reached them. `never`: they were turned away at the door, or others went in without
 * them. `not-yet`: this is their first step.
 */
function hasEntered(wish: StepWish, { inEpisode }: Evidence): 'yes' | 'not-yet' | 'never' {
  const earlier = inEpisode.filter((act) => act.step !== wish.step.id && act.person !== '-');
  const mine = earlier.filter(
    (act) => act.person === wish.person?.key || act.contact === wish.person?.contactId,
  );
  if (mine.some(isSent)) return 'yes';
  if (mine.some(({ code }) => code !== null && isEntryCode(code))) return 'never';
  if (mine.length === 0 && earlier.some(isSent)) return 'never';
  return 'not-yet';
}

function isEntryCode(code: string): boolean {
  const natures: Readonly<Record<string, { readonly asked: string }>> = CODES;
  return natures[code]?.asked === 'entry';
}

/** Beyond the playbook's number: only wanted where somebody before is not enrolled. */
function isSpare(wish: StepWish, { inEpisode, playbook }: Evidence): boolean {
  if (wish.refused !== null) return false;
  const others = new Set(
    inEpisode
      .filter(
        (act) =>
          act.person !== '-' && act.person !== wish.person?.key && (isSent(act) || act.status === 'deferred'),
      )
      .map(({ person }) => person),
  );
  return others.size >= playbook.audience.maxPersons;
}

function entryReasonsOf(wish: StepWish, evidence: Evidence): readonly Open[] {
  const { toPerson, playbook, today, priorities } = evidence;
  const found: Open[] = [];
  const others = toPerson.filter((act) => act.episode !== wish.episode);
  const same = others.filter((act) => act.playbook === wish.playbook);
  if (same.some((act) => isActive(act, today)))
    found.push(open('duplicate_person', 'the same address is in another episode of this playbook', null));
  const outranked = others.some(
    (act) =>
      act.playbook !== wish.playbook &&
      isActive(act, today) &&
      CHANNELS[act.channel].reaches === 'person' &&
      (priorities.get(act.playbook) ?? Infinity) > wish.priority,
  );
  if (outranked) found.push(open('active_elsewhere', 'a playbook of higher priority has the person', null));
  if (isCooling(wish, evidence))
    found.push(open('cooldown', 'an earlier episode of this playbook is not re-armed yet', null));
  const { rest } = playbook;
  if (rest !== null && others.some((act) => isResting(act, rest, evidence)))
    found.push(open('cooldown', `another of the group ${rest.group} within ${rest.days} days`, null));
  return playbook.ignore.length === 0 ? found : found.filter(({ code }) => !playbook.ignore.includes(code));
}

function isResting(
  act: Act,
  rest: NonNullable<Playbook['rest']>,
  { groups, today }: Pick<Evidence, 'groups' | 'today'>,
): boolean {
  return groups.get(act.playbook) === rest.group && isSent(act) && today - act.day < rest.days;
}

/** Triggers can forget or be read anew; the ledger does not. */
function isCooling(wish: StepWish, { toPerson, toAccount, playbook, today }: Evidence): boolean {
  const { per, reenter } = playbook.trigger;
  if (per === 'request' || per === 'moment') return false;
  const earlier = (per === 'account' ? [...toPerson, ...toAccount] : toPerson).filter(
    (act) => act.playbook === wish.playbook && act.episode !== wish.episode && isSent(act),
  );
  return earlier.some(({ day }) => {
    if (reenter === 'never') return true;
    return reenter === 'always' ? day >= today : today - day < reenter.afterDays;
  });
}

/** What protects the person: asked at every step, and never ignored. */
function protection(wish: StepWish, evidence: Evidence, entering: boolean): readonly Open[] {
  const { elsewhere, consent, basis, listed, today } = evidence;
  const { exclusive, tool } = CHANNELS[wish.step.channel];
  const question = (one: MarketingConsent): ConsentQuestion => ({
    entering,
    exclusive: exclusive && one.tool === tool,
    marketingOnly: wish.step.channel === 'hubspot-list' && one.tool === 'hubspot',
  });
  const told = consent.flatMap((one) => consentReasons(one, question(one)));
  return [
    ...(wish.refused === null ? [] : [open(wish.refused.code, wish.refused.evidence, null)]),
    ...(elsewhere.bounced ? [open('bounced', 'another contact with the same person bounced', null)] : []),
    ...(elsewhere.optedOut
      ? [open('opted_out_crm', 'another contact of the same person opted out', null)]
      : []),
    ...told.map(({ code, evidence: words }) =>
      open(code, words, words === NOT_TOLD || code === 'consent_unknown' ? today + 1 : null),
    ),
    ...(basis
      ? []
      : [open('consent_unknown', 'a legal basis is required for the country and none is on record', null)]),
    ...(listed ? [] : [open('not_listed', 'test mode: the address is not on the list', null)]),
  ];
}

/** No person, account or sender gets past a cap, whatever channel the touches came through. */
function capReasons(wish: StepWish, evidence: Evidence): readonly Open[] {
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
  const next = businessDayAfter(policy.calendar, today, 1);
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

function timeReasons({ paused, clock, policy, today }: Evidence): readonly Open[] {
  return [
    ...(paused === null ? [] : [open('paused', paused, today)]),
    ...(mayStart(policy.calendar, clock)
      ? []
      : [
          open(
            'outside_window',
            'outside the sending days or hours of the contact',
            nextDay(policy, { clock, today }),
          ),
        ]),
  ];
}

/** Later on the same day where the window opens yet; else the next business day. */
function nextDay(policy: EngagementPolicy, { clock, today }: Pick<Evidence, 'clock' | 'today'>): Day {
  const { hours } = policy.calendar;
  const opensYet =
    hours !== null &&
    clock.minute < hours.from &&
    mayStart(policy.calendar, { day: clock.day, minute: hours.from });
  return opensYet ? today : businessDayAfter(policy.calendar, today, 1);
}
