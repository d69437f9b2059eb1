import type { Day } from '../day.js';
import { startOf } from './acted.js';
import {
  armed,
  begin,
  doorReasons,
  heldOutReason,
  isAudience,
  missedWishes,
  neverHeld,
  unfired,
  versionOf,
} from './begin.js';
import { type DayOfEpisode, goalUntil, moveOn } from './course.js';
import type { Episode } from './episode.js';
import type { Playbook } from './playbook.js';
import type {
  About,
  EngagementAnswer,
  EngagementQuestion,
  EngagementRules,
  PlaybookMemory,
  PlaybookRead,
  SubjectMemory,
} from './question.js';
import { ACCOUNT_SUBJECT, type Subject, subjectsOf } from './subjects.js';
import { readTrigger, type TriggerReading } from './trigger.js';
import type { Wish } from './wish.js';
import { LEAVE_ECHO_DAYS, leaveWishes, refusalWish, stepWishes } from './wishing.js';

export function readPlaybook(
  playbook: Playbook,
  question: EngagementQuestion,
  rules: EngagementRules,
): PlaybookRead {
  const before = startOf(question.base[playbook.id] ?? {}, question, {
    id: playbook.id,
    today: rules.basis.today,
  });
  const after: Record<string, SubjectMemory> = { ...before };
  const wishes: Wish[] = [];
  const episodes: EngagementAnswer['episodes'][number][] = [];
  const subjects = subjectsOf(playbook.trigger.per, question, rules.basis);
  const about = (subject: Subject): About => ({ playbook, subject, question, rules });
  for (const subject of subjects) {
    const read = readSubject(about(subject), before[subject.key] ?? NO_MEMORY);
    wishes.push(...read.wishes);
    if (read.memory.trigger !== null || read.memory.episode !== null) after[subject.key] = read.memory;
    for (const episode of [read.past ?? null, read.memory.episode])
      if (episode !== null) episodes.push(ofInterest(playbook, episode));
  }
  const here = new Set(subjects.map(({ key }) => key));
  const gone = Object.fromEntries(Object.entries(before).filter(([key]) => !here.has(key)));
  const ended = endGone({ question, rules, id: playbook.id, by: 'subject-gone' }, gone);
  const memory = { ...after, ...ended.memory };
  forgetGone(memory, here, rules.basis.today);
  return { wishes: [...wishes, ...ended.wishes], episodes: [...episodes, ...ended.episodes], memory };
}

/** Taking a playbook's file away stops what runs of it: nobody stays in a list that nobody looks after. */
export function stoppedPlaybooks(
  question: EngagementQuestion,
  rules: EngagementRules,
): readonly (PlaybookRead & { readonly playbook: string })[] {
  return Object.entries(question.base).flatMap(([id, before]) => {
    if (rules.configured.has(id)) return [];
    const read = endGone({ question, rules, id, by: 'stopped' }, before);
    return read.episodes.length === 0 ? [] : [{ ...read, playbook: id }];
  });
}

interface Gone {
  readonly question: EngagementQuestion;
  readonly rules: EngagementRules;
  /** The playbook's id. */
  readonly id: string;
  readonly by: 'stopped' | 'subject-gone';
}

/** Ends episodes that nothing will move on any more, and goes on asking for their leaves for a while. */
function endGone({ question, rules, id, by }: Gone, memory: PlaybookMemory): PlaybookRead {
  const after: Record<string, SubjectMemory> = { ...memory };
  const wishes: Wish[] = [];
  const episodes: EngagementAnswer['episodes'][number][] = [];
  for (const [key, { trigger, episode }] of Object.entries(memory)) {
    const current = rules.playbooks.find((one) => one.id === id) ?? null;
    const playbook = episode === null ? null : (rules.earlier(id, episode.version) ?? current);
    const over = episode?.ended ?? null;
    if (episode === null || playbook === null) continue;
    if (over !== null && rules.basis.today - over.on > LEAVE_ECHO_DAYS) continue;
    const subject: Subject = { key, facts: question.facts, persons: question.persons };
    const moved = courseOf({ playbook, subject, question, rules }, episode, by);
    after[key] = { trigger, episode: moved.episode };
    wishes.push(...moved.wishes);
    episodes.push(ofInterest(playbook, moved.episode));
  }
  return { memory: after, wishes, episodes };
}

const NO_MEMORY: SubjectMemory = { trigger: null, episode: null };
const KEPT_DAYS = 400;

/** Requests and moments of long ago need not be remembered for ever. */
function forgetGone(memory: Record<string, SubjectMemory>, here: ReadonlySet<string>, today: Day): void {
  for (const [key, { trigger, episode }] of Object.entries(memory)) {
    const last = Math.max(trigger?.since ?? 0, episode?.ended?.on ?? 0);
    if (!here.has(key) && key !== ACCOUNT_SUBJECT && today - last > KEPT_DAYS) delete memory[key];
  }
}

function ofInterest(playbook: Playbook, episode: Episode): EngagementAnswer['episodes'][number] {
  return { ...episode, goalUntil: goalUntil(playbook, episode) };
}

interface SubjectRead {
  readonly memory: SubjectMemory;
  readonly wishes: readonly Wish[];
  /** An earlier episode that gave way to a new one today: how it ended is told once more. */
  readonly past?: Episode | null;
}

function readSubject(about: About, before: SubjectMemory): SubjectRead {
  const { playbook, subject, question, rules } = about;
  const reading = readTrigger(question.armOnly ? armed(playbook) : playbook, {
    facts: subject.facts,
    before: before.trigger ?? neverHeld(about),
    version: versionOf(about),
    today: rules.basis.today,
  });
  const read = followEdge(about, before, reading);
  return { ...read, wishes: [...read.wishes, ...missedWishes(about, reading)] };
}

function followEdge(about: About, before: SubjectMemory, reading: TriggerReading): SubjectRead {
  const moved = before.episode === null ? null : courseOf(about, before.episode);
  const { edge } = reading;
  const meant = edge !== null && isAudience(about);
  if (edge === null || !meant || !['fires', 'cooldown'].includes(edge.verdict)) {
    const trigger = edge === null || meant ? reading.state : unfired(reading.state, before.trigger);
    return { memory: { trigger, episode: moved?.episode ?? null }, wishes: moved?.wishes ?? [] };
  }
  const running = moved !== null && moved.episode.ended === null;
  const begun = begin(about, edge, running);
  // Facts that tell the day of an edge may tell the same one again: that edge has had its episode.
  if (moved !== null && begun.id === moved.episode.id)
    return { memory: { trigger: reading.state, episode: moved.episode }, wishes: moved.wishes };
  const why = begun.refused ?? (begun.heldOut ? heldOutReason(about) : null);
  const refused = why !== null ? [refusalWish(about, begun, why)] : [];
  // A running episode goes on: the new edge is refused, and said so, beside it.
  if (moved !== null && running)
    return {
      memory: { trigger: reading.state, episode: moved.episode },
      wishes: [...moved.wishes, ...refused],
    };
  const first = courseOf(about, begun);
  const kept = edge.verdict === 'cooldown' ? (moved?.episode ?? null) : first.episode;
  return {
    memory: { trigger: reading.state, episode: kept },
    wishes: [...(moved?.wishes ?? []), ...refused, ...(begun.refused === null ? first.wishes : [])],
    past: kept === moved?.episode ? null : (moved?.episode ?? null),
  };
}

/** What the episode asks for today, by the playbook that it began on. */
function courseOf(
  about: About,
  before: Episode,
  stopped: DayOfEpisode['stopped'] = null,
): { readonly episode: Episode; readonly wishes: readonly Wish[] } {
  const { question, rules, subject } = about;
  const playbook =
    before.version === about.playbook.version
      ? about.playbook
      : (rules.earlier(about.playbook.id, before.version) ?? about.playbook);
  const { today } = rules.basis;
  const { episode, schedule } = moveOn(playbook, before, {
    facts: subject.facts,
    today,
    tier: question.tier,
    phase: question.phase,
    persons: question.persons,
    rows: question.rows,
    stopped: stopped ?? (isStopped(about, before) ? 'stopped' : null),
    escalateAfter: rules.policy.escalation.afterDays,
  });
  if (episode.refused !== null || episode.heldOut) return { episode, wishes: [] };
  const entry = doorReasons({ ...about, playbook });
  const within = { playbook, subject, account: question.account, episode, schedule, today, entry };
  const wishes = [...(isOpen(episode, today) ? stepWishes(within) : []), ...leaveWishes(within)];
  return { episode, wishes };
}
function isStopped({ question, rules }: About, { id }: Episode): boolean {
  return rules.stopped.has(id) || rules.stopped.has(question.account);
}

/** On its last day an episode closes what is still open of its steps. */
function isOpen({ ended }: Episode, today: Day): boolean {
  return ended === null || (ended.on === today && (ended.by === 'completed' || ended.by === 'abandoned'));
}
