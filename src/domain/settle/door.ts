import { CHANNELS } from '../engagement/channel.js';
import { CODES } from '../engagement/codes.js';
import type { Playbook } from '../engagement/playbook.js';
import type { StepWish } from '../engagement/wish.js';
import { type Act, isActive, isSent } from './act.js';
import type { Evidence } from './evidence.js';
import { type Open, open } from './open-reason.js';

/** Of this person under any address or contact they have or had; for a step of the account, of the account. */
export function isTheirs(act: Act, { person }: StepWish, { persons }: Pick<Evidence, 'persons'>): boolean {
  if (person === null) return act.person === '-';
  return act.person === person.key || persons.has(act.person) || act.contact === person.contactId;
}

/**
 * `yes`: an earlier step reached them. `never`: they were turned away at the door, or others went in without
 * them. `not-yet`: this is their first step.
 */
export function hasEntered(wish: StepWish, evidence: Evidence): 'yes' | 'not-yet' | 'never' {
  const earlier = evidence.inEpisode.filter(
    (act) => act.step !== wish.step.id && act.person !== '-' && CHANNELS[act.channel].reaches === 'person',
  );
  const mine = earlier.filter((act) => isTheirs(act, wish, evidence));
  // A playbook of higher priority took them over: this one does not come back.
  if (mine.some(({ leftBy }) => leftBy === 'outranked')) return 'never';
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
export function isSpare(wish: StepWish, evidence: Evidence): boolean {
  const { inEpisode, playbook } = evidence;
  if (wish.refused !== null) return false;
  const others = new Set(
    inEpisode
      .filter(
        (act) =>
          act.person !== '-' && !isTheirs(act, wish, evidence) && (isSent(act) || act.status === 'deferred'),
      )
      .map(({ person }) => person),
  );
  return others.size >= playbook.audience.maxPersons;
}

/** What is asked once, when a person comes in: other episodes, other playbooks, rests. */
export function doorReasons(wish: StepWish, evidence: Evidence): readonly Open[] {
  const { toPerson, playbook, today, priorities } = evidence;
  const found: Open[] = [];
  const others = toPerson.filter((act) => act.episode !== wish.episode);
  const same = others.filter((act) => act.playbook === wish.playbook && !isOwed(act));
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
  return found;
}

function isResting(
  act: Act,
  rest: NonNullable<Playbook['rest']>,
  { groups, today }: Pick<Evidence, 'groups' | 'today'>,
): boolean {
  return groups.get(act.playbook) === rest.group && isSent(act) && today - act.day < rest.days;
}

/** An answer or a word about late work goes by the playbook's name and is no episode of it. */
function isOwed({ step }: Act): boolean {
  return step === 'reply' || step.endsWith('-escalation');
}

/** Triggers can forget or be read anew; the ledger does not. */
function isCooling(wish: StepWish, { toPerson, toAccount, playbook, today }: Evidence): boolean {
  const { per, reenter } = playbook.trigger;
  if (per === 'request' || per === 'moment') return false;
  const earlier = (per === 'account' ? [...toPerson, ...toAccount] : toPerson).filter(
    (act) => act.playbook === wish.playbook && act.episode !== wish.episode && isSent(act) && !isOwed(act),
  );
  return earlier.some(({ day, episode }) => {
    if (reenter === 'never') return true;
    if (reenter === 'always') return day >= today;
    return today - beganOn(earlier, episode) < reenter.afterDays;
  });
}

/** Counted from the first step, as the trigger counts from the day on which it fired. */
function beganOn(acts: readonly Act[], episode: string): number {
  return Math.min(...acts.filter((act) => act.episode === episode).map(({ day }) => day));
}
