import { type Day, formatDay } from '../day.js';
import type { Facts } from '../facts/fact.js';
import type { Playbook } from './playbook.js';

/** What a playbook remembers of a subject's trigger. */
export interface TriggerState {
  /** What it was read under; another one re-baselines and does not fire. */
  readonly version: string;
  /** Last known answer; an unknown answer leaves it as it was. */
  readonly held: boolean;
  readonly since: Day;
  readonly firedOn: Day | null;
  /** The mark reached or the period seen; null for a plain condition, and above every mark. */
  readonly place: number | string | null;
}

/** Why an edge starts an episode, or does not. */
export type EdgeVerdict = 'fires' | 'missed' | 'cooldown' | 'armed' | 're-baselined';

export interface Edge {
  readonly day: Day;
  readonly mark: number | null;
  readonly verdict: EdgeVerdict;
}

export interface TriggerReading {
  readonly state: TriggerState | null;
  readonly edge: Edge | null;
  /** Marks that were crossed at once with the one of the edge. */
  readonly missedMarks: readonly number[];
}

export interface TriggerQuestion {
  readonly facts: Facts;
  /** What was known before this day; null = first sight. */
  readonly before: TriggerState | null;
  /** The playbook's version, and that of the models whose answers it reads. */
  readonly version: string;
  readonly today: Day;
}

const NOTHING: Pick<TriggerReading, 'edge' | 'missedMarks'> = { edge: null, missedMarks: [] };

/**
 * Reads a trigger on its edge. An unknown answer keeps everything as it was: no fire, no re-arm.
 */
export function readTrigger(playbook: Playbook, question: TriggerQuestion): TriggerReading {
  const { countdown, every, when } = playbook.trigger;
  const holds = when.evaluate(question.facts, question.today);
  if (holds === null) return { ...NOTHING, state: question.before };
  if (countdown !== null) return readCountdown(playbook, question, holds);
  if (every !== null) return readPeriod(playbook, question, holds);
  return readCondition(playbook, question, holds);
}

function readCondition(playbook: Playbook, question: TriggerQuestion, holds: boolean): TriggerReading {
  const { before, today, version } = question;
  const known = knownState(question);
  if (!holds) {
    const still = known !== null && !known.held;
    return { ...NOTHING, state: still ? known : state(question, { held: false, since: today, place: null }) };
  }
  if (known?.held) return { ...NOTHING, state: known };
  const told = playbook.trigger.edge?.evaluate(question.facts, today) ?? null;
  const day = told === null ? today : Math.min(told, today);
  const edge: Edge = { day, mark: null, verdict: verdictOf(playbook, question, day) };
  return {
    state: {
      version,
      held: true,
      since: day,
      firedOn: edge.verdict === 'fires' ? today : (before?.firedOn ?? null),
      place: null,
    },
    edge,
    missedMarks: [],
  };
}

/** The lowest mark that the number has fallen to; above every mark, and below zero, there is none. */
function readCountdown(playbook: Playbook, question: TriggerQuestion, holds: boolean): TriggerReading {
  const { facts, today } = question;
  const { countdown } = playbook.trigger;
  const left = holds ? (countdown?.of.evaluate(facts, today) ?? null) : null;
  if (holds && left === null) return { ...NOTHING, state: question.before };
  const marks = [...(countdown?.marks ?? [])].sort((a, b) => a - b);
  const reached = left === null || left < 0 ? null : (marks.find((mark) => left <= mark) ?? null);
  const known = knownState(question);
  const from = typeof known?.place === 'number' ? known.place : null;
  if (known !== null && from === reached) return { ...NOTHING, state: known };
  const after = { held: reached !== null, since: today, place: reached };
  if (left === null || reached === null || (from !== null && reached > from))
    return { ...NOTHING, state: state(question, after) };
  const day = today - (reached - left);
  const verdict = verdictOf(playbook, question, day);
  const passed = marks.filter((mark) => mark > reached && (from === null || mark < from));
  const moved = state(question, { ...after, since: day });
  return {
    state: verdict === 'fires' ? { ...moved, firedOn: today } : moved,
    edge: { day, mark: reached, verdict },
    missedMarks: known === null ? [] : passed,
  };
}

function readPeriod(playbook: Playbook, question: TriggerQuestion, holds: boolean): TriggerReading {
  const { today } = question;
  const { name, start } = periodOf(playbook.trigger.every ?? 'month', today);
  const known = knownState(question);
  if (known?.place === name) return { ...NOTHING, state: known };
  if (!holds) {
    const armed = state(question, { held: false, since: today, place: null });
    return { ...NOTHING, state: known ?? armed };
  }
  const verdict = verdictOf(playbook, question, start);
  const seen = state(question, { held: true, since: start, place: name });
  return {
    state: verdict === 'fires' ? { ...seen, firedOn: today } : seen,
    edge: { day: start, mark: null, verdict },
    missedMarks: [],
  };
}

/** Weeks begin on Monday. */
export function periodOf(
  every: 'week' | 'month' | 'quarter' | 'year',
  day: Day,
): { readonly name: string; readonly start: Day } {
  if (every === 'week') {
    // 1970-01-01 was a Thursday: three days after a Monday.
    const start = day - ((((day + 3) % 7) + 7) % 7);
    return { name: `week of ${formatDay(start)}`, start };
  }
  const date = new Date(day * 86_400_000);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const first = every === 'month' ? month : every === 'quarter' ? month - (month % 3) : 0;
  const start = Date.UTC(year, first, 1) / 86_400_000;
  return { name: `${every} from ${formatDay(start)}`, start };
}

/** The state, when it was read under this version. */
function knownState({ before, version }: TriggerQuestion): TriggerState | null {
  return before !== null && before.version === version ? before : null;
}

function state(
  { before, version }: TriggerQuestion,
  now: Pick<TriggerState, 'held' | 'since' | 'place'>,
): TriggerState {
  return { version, firedOn: before?.firedOn ?? null, ...now };
}

function verdictOf(playbook: Playbook, question: TriggerQuestion, day: Day): EdgeVerdict {
  const { onFirstSight, fireWithin, reenter } = playbook.trigger;
  const { before, today } = question;
  const known = knownState(question);
  if (known === null && before !== null) return 're-baselined';
  if (known === null && onFirstSight === 'arm') return 'armed';
  if (today - day > fireWithin) return 'missed';
  const firedOn = known?.firedOn ?? null;
  if (firedOn === null || reenter === 'always') return 'fires';
  if (reenter === 'never') return 'cooldown';
  return today - firedOn >= reenter.afterDays ? 'fires' : 'cooldown';
}
