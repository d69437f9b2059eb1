import type { Day } from '../day.js';
import type { Fact, Facts } from '../facts/fact.js';
import type { Moment, MomentPlan } from './moment.js';
import { dayZero, type Phase } from './phase.js';
import { periodOf } from './trigger.js';

/** Day on which each moment (of a period) was first seen done, by key. */
export type MomentLog = Readonly<Record<string, Day>>;

/** One moment of one account, as it stands today. */
export interface MomentReading {
  /** The moment's id; for an ongoing one with the start of its period. */
  readonly key: string;
  readonly moment: Moment;
  readonly periodStart: Day;
  readonly dueOn: Day;
  /** Null = cannot be told. */
  readonly done: boolean | null;
  readonly doneOn: Day | null;
}

export interface MomentQuestion {
  readonly facts: Facts;
  readonly plan: MomentPlan;
  readonly log: MomentLog;
  readonly phase: Phase | null;
  readonly tier: string;
  readonly today: Day;
}

/** The moments that an account is in now: the onboarding set while it onboards, afterwards one of each cadence. */
export function readMoments(question: MomentQuestion): readonly MomentReading[] {
  const { plan, phase, facts, today } = question;
  return plan.moments.flatMap((moment) => {
    if (moment.phase !== phase) return [];
    if (moment.when !== null && moment.when.evaluate(facts, today) !== true) return [];
    return phase === 'onboarding' ? onboarding(moment, question) : ongoing(moment, question);
  });
}

function onboarding(moment: Moment, question: MomentQuestion): readonly MomentReading[] {
  const start = dayZero(question.facts);
  return start === null ? [] : [reading(moment, moment.id, { ...question, start })];
}

function ongoing(moment: Moment, question: MomentQuestion): readonly MomentReading[] {
  const every = moment.cadence[question.tier];
  if (every === undefined) return [];
  const { start } = periodOf(every, question.today);
  return [reading(moment, `${moment.id}@${start}`, { ...question, start })];
}

/** What was done stays done: a condition that falls again does not take it back. */
function reading(
  moment: Moment,
  key: string,
  { facts, log, today, start }: MomentQuestion & { readonly start: Day },
): MomentReading {
  const placed = { key, moment, periodStart: start, dueOn: start + moment.dueDay };
  const logged = log[key];
  if (logged !== undefined) return { ...placed, done: true, doneOn: logged };
  const within = { ...facts, 'moment.periodStart': { value: start, asOf: today } };
  const done = moment.done.evaluate(within, today);
  return { ...placed, done, doneOn: done === true ? today : null };
}

/** The log with what is done today; moments of past periods are let go. */
export function logged(log: MomentLog, readings: readonly MomentReading[], today: Day): MomentLog {
  const kept = Object.entries(log).filter(([key]) => !isOld(key, today));
  const done = readings.flatMap(({ key, doneOn }) => (doneOn === null ? [] : [[key, doneOn] as const]));
  return Object.fromEntries([...kept, ...done]);
}

const KEPT_DAYS = 400;

function isOld(key: string, today: Day): boolean {
  const start = Number(key.split('@')[1] ?? today);
  return today - start > KEPT_DAYS;
}

/** The facts of one moment, for playbooks whose subject is a moment. */
export function momentFacts({ moment, periodStart, dueOn, done, doneOn }: MomentReading, today: Day): Facts {
  const fact = (value: Fact['value']): Fact => ({ value, asOf: value === null ? null : today });
  return {
    'moment.id': fact(moment.id),
    'moment.phase': fact(moment.phase),
    'moment.periodStart': fact(periodStart),
    'moment.dueOn': fact(dueOn),
    'moment.daysLate': fact(today - dueOn),
    'moment.done': fact(done),
    'moment.doneOn': fact(doneOn),
    'moment.required': fact(moment.required),
  };
}

/** True when every required onboarding moment is done; null when there is none, or one can't be told. */
export function allRequiredDone(readings: readonly MomentReading[]): boolean | null {
  const required = readings.filter(({ moment }) => moment.required && moment.phase === 'onboarding');
  if (required.length === 0) return null;
  if (required.some(({ done }) => done === false)) return false;
  return required.every(({ done }) => done === true) ? true : null;
}
