import type { Day } from '../day.js';
import type { Facts } from '../facts/fact.js';
import type { CrmRow } from '../facts/record.js';
import { numberOf, textOf } from '../facts/row-values.js';
import type { Ended, Episode, ExitReason } from './episode.js';
import type { Person } from './person.js';
import type { Playbook } from './playbook.js';
import { overOn, type Schedule, scheduleOf } from './schedule.js';
import { ESCALATION, workOf } from './work.js';

/** What an episode is moved on by, on one day. */
export interface DayOfEpisode {
  readonly facts: Facts;
  readonly today: Day;
  readonly tier: string;
  readonly phase: string | null;
  readonly persons: readonly Person[];
  /** Events and tasks of the account. */
  readonly rows: Readonly<Partial<Record<string, readonly CrmRow[]>>>;
  /** Why it is to end whatever its facts say: stopped by hand, its playbook taken away, its subject gone; null = it is not. */
  readonly stopped: Extract<ExitReason, 'stopped' | 'subject-gone'> | null;
  /** Days of an unclosed task until it escalates; twice that until it is given up. */
  readonly escalateAfter: number;
}

export interface Moved {
  readonly episode: Episode;
  readonly schedule: Schedule;
}

/** Moves an episode on by what the day brought: goal, exits, branch, steps, end. Pure, and idempotent within the day. */
export function moveOn(playbook: Playbook, before: Episode, day: DayOfEpisode): Moved {
  const watched = withGoal(playbook, before, day);
  if (watched.ended !== null) return { episode: watched, schedule: scheduleOf(playbook, watched, day) };
  const without = { ...watched, out: personsOut(watched, day) };
  const exit = exitOf(playbook, without, day);
  if (exit !== null) return stopAt(playbook, { ...without, ended: { on: day.today, by: exit } }, day);
  const sided = { ...without, side: sideOf(playbook, without, day) };
  const schedule = scheduleOf(playbook, sided, day);
  const episode = { ...sided, cleared: schedule.cleared, let: schedule.let };
  const ended = naturalEnd(playbook, { episode, schedule }, day);
  return { episode: { ...episode, ended }, schedule };
}

function stopAt(playbook: Playbook, episode: Episode, day: DayOfEpisode): Moved {
  return { episode, schedule: scheduleOf(playbook, episode, day) };
}

/** Last day on which the goal counts; null without a goal. */
export function goalUntil(playbook: Playbook, episode: Pick<Episode, 'edge'>): Day | null {
  return playbook.goal === null ? null : episode.edge + playbook.goal.withinDays;
}

/**
 * A goal is reached on a day after the episode was seen to begin, by the treated and the held out alike; one
 * that held already has to be lost first, or the playbook would end before it has done anything.
 */
function withGoal(playbook: Playbook, episode: Episode, { facts, today }: DayOfEpisode): Episode {
  const until = goalUntil(playbook, episode);
  const counts = until !== null && today <= until && today > episode.seenOn && episode.refused === null;
  if (!counts || episode.goalOn !== null) return episode;
  const holds = playbook.goal?.when.evaluate(facts, today) ?? null;
  if (episode.goalHeld === true) return holds === false ? { ...episode, goalHeld: false } : episode;
  return holds === true ? { ...episode, goalOn: today } : episode;
}

function exitOf(playbook: Playbook, episode: Episode, day: DayOfEpisode): ExitReason | null {
  const { exits, trigger } = playbook;
  const { facts, today } = day;
  if (day.stopped !== null) return day.stopped;
  if (episode.goalOn === today) return 'goal';
  if (facts['account.churned']?.value === true && !playbook.ignore.includes('churned')) return 'churned';
  if (exits.tierChanged && day.tier !== episode.tier) return 'tier-changed';
  if (exits.phaseChanged && day.phase !== null && day.phase !== episode.phase) return 'phase-changed';
  if (exits.when?.evaluate(facts, today) === true) return 'exit-condition';
  if (exits.conditionGone && trigger.when.evaluate(facts, today) === false) return 'condition-gone';
  return null;
}

const PERSON_EXITS: Readonly<Record<string, ExitReason>> = {
  replied: 'replied',
  responded: 'replied',
  'meeting-booked': 'meeting-booked',
  unsubscribed: 'unsubscribed',
  bounced: 'bounced',
};

/** Who answered, left or can't be reached since the edge has no further automated step. */
function personsOut(episode: Episode, { rows, persons, today }: DayOfEpisode): Episode['out'] {
  const out: Record<string, Ended> = { ...episode.out };
  const events = [...(rows.engagement ?? [])].sort(
    (a, b) => (numberOf(a, 'at') ?? 0) - (numberOf(b, 'at') ?? 0),
  );
  for (const event of events) {
    const by = PERSON_EXITS[textOf(event, 'kind') ?? ''];
    const on = numberOf(event, 'on');
    const person = textOf(event, 'person');
    if (by === undefined || person === null || on === null || on < episode.edge || on > today) continue;
    out[person] ??= { on, by };
    const now = persons.find(({ contactIds }) => contactIds.includes(textOf(event, 'contactId') ?? ''));
    // Under a new address, too; unless it is the old one that can't be reached.
    if (now !== undefined && by !== 'bounced') out[now.person] ??= { on, by };
  }
  for (const person of persons) if (person.left) out[person.person] ??= { on: today, by: 'left-company' };
  return out;
}

/** Days after which an unanswerable branch is taken as not holding. */
const BRANCH_PATIENCE = 3;

function sideOf({ branch }: Playbook, episode: Episode, { facts, today }: DayOfEpisode): Episode['side'] {
  if (branch === null || episode.side !== null) return episode.side;
  const due = episode.edge + branch.day - 1;
  if (today < due) return null;
  const holds = branch.when.evaluate(facts, today);
  if (holds === null && today <= due + BRANCH_PATIENCE) return null;
  return holds === true ? 'then' : 'else';
}

/** Over when the last step is, and nobody is still to do a task of it; a task that nobody closes ends it as abandoned. */
function naturalEnd(playbook: Playbook, { episode, schedule }: Moved, day: DayOfEpisode): Ended | null {
  const undecided = playbook.branch !== null && episode.side === null;
  if (!schedule.settled || undecided) return null;
  const over = Math.max(
    schedule.steps.reduce((latest, step) => Math.max(latest, overOn(step)), episode.edge),
    unfoldsUntil(episode, day.rows.engagement ?? []),
  );
  if (day.today <= over) return null;
  // An escalation is about work, no work of its own: with that it ends.
  const work = workOf(episode.id, day.rows.task ?? [], day).filter(({ step }) => !step.endsWith(ESCALATION));
  if (work.some(({ state }) => state === 'open' || state === 'late')) return null;
  return { on: day.today, by: work.some(({ state }) => state === 'abandoned') ? 'abandoned' : 'completed' };
}

/** The day after the last touch of whatever was sent: a sequence may take longer than the playbook says. */
function unfoldsUntil(episode: Episode, events: readonly CrmRow[]): Day {
  const sent = events.filter((event) => textOf(event, 'episode') === episode.id);
  return sent.reduce((latest, event) => Math.max(latest, (numberOf(event, 'until') ?? 0) + 1), episode.edge);
}
