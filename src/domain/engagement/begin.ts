import { formatDay, spokenDay } from '../day.js';
import type { RefusalReason } from './codes.js';
import { type AccountStanding, entryReasons } from './entry.js';
import type { Episode } from './episode.js';
import { heldOut, hexId } from './holdout.js';
import { choosePersons } from './person.js';
import type { Playbook } from './playbook.js';
import type { About } from './question.js';
import type { Edge, TriggerReading, TriggerState } from './trigger.js';
import type { StepWish } from './wish.js';
import { refusalWish } from './wishing.js';

/** Whom a playbook is not meant for has not entered it: the edge is spent, and nothing has to be re-armed. */
export function unfired(state: TriggerState | null, before: TriggerState | null): TriggerState | null {
  return state === null ? null : { ...state, firedOn: before?.firedOn ?? null };
}

/** Short, as every account keeps one for every playbook: twelve digits tell versions apart. */
export function versionOf({ playbook, rules }: About): string {
  return `${playbook.version.slice(0, 12)}${rules.baseline(playbook)}`;
}

/** Days after day 0 in which an account that appears counts as a new customer, not as one that we overlooked. */
const NEW_CUSTOMER_DAYS = 30;

/**
 * A request, a moment or a person that appears in an account that we know is new: nothing held of it before.
 * So is a customer who has just begun. Everything else that is seen for the first time may have held for long.
 */
export function neverHeld(about: About): TriggerState | null {
  const { playbook, question, rules } = about;
  const { today } = rules.basis;
  if (question.armOnly || !rules.known.has(playbook.id)) return null;
  const dayZero = question.facts['journey.dayZero']?.value;
  const begun = typeof dayZero === 'number' && today - dayZero <= NEW_CUSTOMER_DAYS;
  const fresh = question.unseen ? begun : question.base[playbook.id] !== undefined;
  if (!fresh) return null;
  return { version: versionOf(about), held: false, since: today, firedOn: null, place: null };
}

export function armed(playbook: Playbook): Playbook {
  return { ...playbook, trigger: { ...playbook.trigger, onFirstSight: 'arm' } };
}

export function isAudience({ playbook, subject, rules }: About): boolean {
  const { when } = playbook.audience;
  return when === null || when.evaluate(subject.facts, rules.basis.today) === true;
}

export function begin(about: About, edge: Edge, alreadyRunning: boolean): Episode {
  const { playbook, subject, question, rules } = about;
  const { today } = rules.basis;
  const out = isHeldOut(about);
  const reasons = entryReasons(playbook, standing(about, { out, alreadyRunning, edge }));
  const refused = reasons.find(({ code }) => code !== 'holdout') ?? null;
  // Asked in order: who is refused for something that comes before the hold-out is no part of the measurement.
  const first = reasons[0] ?? null;
  const held = first?.code === 'holdout';
  const never = held ? null : refused;
  return {
    id: hexId(rules.contentHash, [playbook.id, question.account, subject.key, formatDay(edge.day)]),
    playbook: playbook.id,
    version: playbook.version,
    subject: subject.key,
    edge: edge.day,
    seenOn: today,
    mark: edge.mark,
    heldOut: held,
    refused: never,
    side: null,
    let: {},
    cleared: {},
    goalOn: null,
    goalHeld: playbook.goal?.when.evaluate(subject.facts, today) === true,
    ended: never === null ? null : { on: today, by: 'refused' },
    out: {},
    tier: question.tier,
    phase: question.phase,
  };
}

/** Reasons of the account that turn its people away at their first step, whenever that comes. */
export function doorReasons(about: About): readonly RefusalReason[] {
  const now = { out: false, alreadyRunning: false, edge: null };
  return entryReasons(about.playbook, standing(about, now)).filter(({ code }) => code !== 'no_contact');
}

/**
 * Edges that were seen too late to be acted on: each leaves a refusal. A period is different: whoever comes to it
 * after its first days has lost nothing.
 */
export function missedWishes(about: About, { edge, missedMarks }: TriggerReading): readonly StepWish[] {
  if (edge === null || about.playbook.trigger.every !== null || !isAudience(about)) return [];
  const late =
    edge.verdict === 'missed' ? [refusalWish(about, begin(about, edge, false), lateFor(about, edge))] : [];
  const passed = missedMarks.map((mark) => {
    const day = edge.day - (mark - (edge.mark ?? mark));
    return refusalWish(about, begin(about, { day, mark, verdict: 'missed' }, false), passedBy(mark, edge));
  });
  return [...late, ...passed];
}

function lateFor({ playbook }: About, { day }: Edge): RefusalReason {
  const within = playbook.trigger.fireWithin;
  const evidence = `the trigger is of ${spokenDay(day)}, more than ${within} days before it was seen`;
  return { code: 'expired', evidence };
}

function passedBy(mark: number, edge: Edge): RefusalReason {
  const evidence = `the mark of ${mark} days was passed together with that of ${edge.mark}, which is acted on`;
  return { code: 'expired', evidence };
}

export function heldOutReason({ playbook }: About): RefusalReason {
  return { code: 'holdout', evidence: `hold-out of ${Math.round(playbook.holdout * 100)} %` };
}

function isHeldOut({ playbook, question, rules }: About): boolean {
  const { salt, contentHash: hash, policy } = rules;
  const { account } = question;
  if (playbook.holdout <= 0) return false;
  return (
    heldOut(hash, { salt, playbook: playbook.id, account, share: playbook.holdout }) ||
    heldOut(hash, { salt, playbook: 'program', account, share: policy.programHoldout })
  );
}

function standing(
  { playbook, subject, question }: About,
  now: { readonly out: boolean; readonly alreadyRunning: boolean; readonly edge: Edge | null },
): AccountStanding {
  const chosen = choosePersons(playbook, subject.persons);
  return {
    facts: subject.facts,
    reachable: chosen.length,
    band: question.band,
    coverage: question.coverage,
    heldOut: now.out,
    alreadyRunning: now.alreadyRunning,
    cooling: now.edge?.verdict === 'cooldown',
  };
}
