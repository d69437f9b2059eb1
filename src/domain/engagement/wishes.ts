import { type Day, formatDay } from '../day.js';
import type { FactBasis } from '../facts/basis.js';
import type { Facts } from '../facts/fact.js';
import type { CrmRow } from '../facts/record.js';
import type { RefusalReason } from './codes.js';
import { goalUntil, moveOn } from './course.js';
import { type AccountStanding, entryReasons } from './entry.js';
import type { Episode } from './episode.js';
import { type HexHash, heldOut, hexId } from './holdout.js';
import type { MomentReading } from './moments.js';
import { choosePersons, type Person } from './person.js';
import type { Playbook } from './playbook.js';
import type { EngagementPolicy } from './policy.js';
import { ACCOUNT_SUBJECT, type Subject, subjectsOf } from './subjects.js';
import { type Edge, readTrigger, type TriggerState } from './trigger.js';
import type { Wish } from './wish.js';
import { leaveWishes, refusalWish, replyWishes, stepWishes, workWishes } from './wishing.js';

/** What an account remembers of a playbook, for one subject. */
export interface SubjectMemory {
  readonly trigger: TriggerState | null;
  /** The latest episode, running or not. */
  readonly episode: Episode | null;
}

/** By playbook id, then by subject. */
export type PlaybookMemory = Readonly<Record<string, SubjectMemory>>;

export interface EngagementQuestion {
  readonly facts: Facts;
  readonly persons: readonly Person[];
  readonly moments: readonly MomentReading[];
  readonly rows: Readonly<Partial<Record<string, readonly CrmRow[]>>>;
  readonly base: Readonly<Record<string, PlaybookMemory>>;
  readonly account: string;
  readonly tier: string;
  readonly phase: string | null;
  readonly band: string;
  readonly coverage: number;
  /**
   * True where our work is on the record but nobody here remembers it: whatever holds already was
   * acted on by another state, or will wait for its next edge.
   */
  readonly armOnly: boolean;
  /** True when the account has never been assessed before today. */
  readonly unseen: boolean;
}

export interface EngagementRules {
  readonly playbooks: readonly Playbook[];
  readonly policy: EngagementPolicy;
  /** An earlier version of a playbook, for episodes that began on it; null = no longer to be had. */
  readonly earlier: (playbook: string, version: string) => Playbook | null;
  /** Version of whatever a playbook's trigger reads beside the CRM's facts: models, tiers, moments. */
  readonly baseline: (playbook: Playbook) => string;
  readonly basis: FactBasis;
  readonly contentHash: HexHash;
  readonly salt: string;
  /** Playbooks that this state read on an earlier day: what is new to those is new to the world, not to us. */
  readonly known: ReadonlySet<string>;
  /** Ids of episodes and accounts that somebody stopped by hand. */
  readonly stopped: ReadonlySet<string>;
}

export interface EngagementAnswer {
  readonly wishes: readonly Wish[];
  readonly memory: Readonly<Record<string, PlaybookMemory>>;
  /** Episodes that are new or still of interest, as they stand today. */
  readonly episodes: readonly (Episode & { readonly goalUntil: Day | null })[];
  /** Next day on which time alone can change something. */
  readonly dueOn: Day | null;
}

/** Reads every playbook for one account: its triggers, its running episodes, and what they ask for today. */
export function engage(question: EngagementQuestion, rules: EngagementRules): EngagementAnswer {
  const wishes: Wish[] = [];
  // What a run does not look at (a playbook taken out for a day) is remembered as it was.
  const memory: Record<string, PlaybookMemory> = { ...question.base };
  const episodes: EngagementAnswer['episodes'][number][] = [];
  for (const playbook of rules.playbooks) {
    const read = readPlaybook(playbook, question, rules);
    memory[playbook.id] = read.memory;
    wishes.push(...read.wishes);
    episodes.push(...read.episodes);
  }
  const running = episodes.some(({ ended }) => ended === null);
  const watched = episodes.some(
    ({ goalOn, goalUntil: until }) => goalOn === null && until !== null && until >= rules.basis.today,
  );
  return { wishes, memory, episodes, dueOn: running || watched ? rules.basis.today + 1 : null };
}

type PlaybookRead = Pick<EngagementAnswer, 'wishes' | 'episodes'> & { readonly memory: PlaybookMemory };

function readPlaybook(
  playbook: Playbook,
  question: EngagementQuestion,
  rules: EngagementRules,
): PlaybookRead {
  const before = question.base[playbook.id] ?? {};
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
  forgetGone(after, new Set(subjects.map(({ key }) => key)), rules.basis.today);
  return { wishes, episodes, memory: after };
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

interface About {
  readonly playbook: Playbook;
  readonly subject: Subject;
  readonly question: EngagementQuestion;
  readonly rules: EngagementRules;
}

interface SubjectRead {
  readonly memory: SubjectMemory;
  readonly wishes: readonly Wish[];
  /** An earlier episode that gave way to a new one today: how it ended is told once more. */
  readonly past?: Episode | null;
}

function readSubject(about: About, before: SubjectMemory): SubjectRead {
  const { playbook, subject, question, rules } = about;
  const { today } = rules.basis;
  const reading = readTrigger(question.armOnly ? armed(playbook) : playbook, {
    facts: subject.facts,
    before: before.trigger ?? neverHeld(about),
    version: versionOf(about),
    today,
  });
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

/** Whom a playbook is not meant for has not entered it: the edge is spent, and nothing has to be re-armed. */
function unfired(state: TriggerState | null, before: TriggerState | null): TriggerState | null {
  return state === null ? null : { ...state, firedOn: before?.firedOn ?? null };
}

/** Short, as every account keeps one for every playbook: twelve digits tell versions apart. */
function versionOf({ playbook, rules }: About): string {
  return `${playbook.version.slice(0, 12)}${rules.baseline(playbook)}`;
}

/** Days after day 0 in which an account that appears counts as a new customer, not as one that we overlooked. */
const NEW_CUSTOMER_DAYS = 30;

/**
 * A request, a moment or a person that appears in an account that we know is new: nothing held of it before.
 * So is a customer who has just begun. Everything else that is seen for the first time may have held for long.
 */
function neverHeld(about: About): TriggerState | null {
  const { playbook, question, rules } = about;
  const { today } = rules.basis;
  if (question.armOnly || !rules.known.has(playbook.id)) return null;
  const dayZero = question.facts['journey.dayZero']?.value;
  const begun = typeof dayZero === 'number' && today - dayZero <= NEW_CUSTOMER_DAYS;
  const fresh = question.unseen ? begun : question.base[playbook.id] !== undefined;
  if (!fresh) return null;
  return { version: versionOf(about), held: false, since: today, firedOn: null, place: null };
}

function armed(playbook: Playbook): Playbook {
  return { ...playbook, trigger: { ...playbook.trigger, onFirstSight: 'arm' } };
}

function isAudience({ playbook, subject, rules }: About): boolean {
  const { when } = playbook.audience;
  return when === null || when.evaluate(subject.facts, rules.basis.today) === true;
}

function begin(about: About, edge: Edge, alreadyRunning: boolean): Episode {
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

function heldOutReason({ playbook }: About): RefusalReason {
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
  now: { readonly out: boolean; readonly alreadyRunning: boolean; readonly edge: Edge },
): AccountStanding {
  const chosen = choosePersons(playbook, subject.persons);
  return {
    facts: subject.facts,
    reachable: chosen.length,
    band: question.band,
    coverage: question.coverage,
    heldOut: now.out,
    alreadyRunning: now.alreadyRunning,
    cooling: now.edge.verdict === 'cooldown',
  };
}

/** What the episode asks for today, by the playbook that it began on. */
function courseOf(
  about: About,
  before: Episode,
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
    stopped: rules.stopped.has(before.id) || rules.stopped.has(question.account),
    escalateAfter: rules.policy.escalation.afterDays,
  });
  if (episode.refused !== null || episode.heldOut) return { episode, wishes: [] };
  const within = { playbook, subject, account: question.account, episode, schedule, today };
  const wishes = [
    ...(episode.ended === null ? stepWishes(within) : []),
    ...replyWishes(within, rules.policy),
    ...workWishes(within, question.rows.task ?? [], rules.policy),
    ...leaveWishes(within),
  ];
  return { episode, wishes };
}
