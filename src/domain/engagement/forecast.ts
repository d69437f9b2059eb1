import type { Day } from '../day.js';
import type { Facts } from '../facts/fact.js';
import { type Act, isSent } from '../settle/act.js';
import {
  decide,
  type ForecastQuestion,
  type ForecastRules,
  type ForeseenStart,
  type Going,
  leave,
  type PutOff,
  type Walk,
} from './foresee.js';
import type { PersonRule, Playbook } from './playbook.js';
import { isBusinessDay } from './send-time.js';
import { periodOf } from './trigger.js';
import type { Wish } from './wish.js';
import { type EngagementAnswer, type EngagementQuestion, type EngagementRules, engage } from './wishes.js';

/** Something that is done, or goes on, in the coming days. */
export interface Foreseen {
  readonly act: Act;
  /** Days on which it still touches the person, up to the last day; none for a task. */
  readonly touches: readonly Day[];
  /** Who sends or does it; null where it was begun already. */
  readonly by: PersonRule | null;
}

export interface AccountForecast {
  readonly foreseen: readonly Foreseen[];
  readonly putOff: readonly PutOff[];
  readonly starts: readonly ForeseenStart[];
}

/** What is the same for every account of a forecast. Numbers that are counted down fall by one a day. */
export function forecastRules(engagement: EngagementRules, until: Day): ForecastRules {
  const { today } = engagement.basis;
  const days = Array.from({ length: Math.max(0, until - today + 1) }, (_, index) => today + index);
  const timed = new Map<string, ReadonlySet<Day> | null>();
  for (const { id, trigger } of engagement.playbooks) {
    const { every, countdown } = trigger;
    if (countdown !== null) timed.set(id, null);
    else if (every !== null)
      timed.set(id, new Set([today, ...days.filter((day) => periodOf(every, day).start === day)]));
  }
  const playbooks = engagement.playbooks.map((playbook) => falling(playbook, today));
  return {
    engagement,
    until,
    timed,
    playbooks: new Map(playbooks.map((playbook) => [playbook.id, playbook])),
    priorities: new Map(playbooks.map(({ id, priority }) => [id, priority])),
    groups: new Map(playbooks.flatMap(({ id, rest }) => (rest === null ? [] : [[id, rest.group]]))),
  };
}

function falling(playbook: Playbook, today: Day): Playbook {
  const { countdown } = playbook.trigger;
  if (countdown === null) return playbook;
  const { of } = countdown;
  const evaluate = (facts: Facts, day: Day): number | null => {
    const left = of.evaluate(facts, today);
    return left === null ? null : left - (day - today);
  };
  return {
    ...playbook,
    trigger: { ...playbook.trigger, countdown: { ...countdown, of: { ...of, evaluate } } },
  };
}

/**
 * What the coming days bring one account, as far as time alone brings it: the days of running episodes,
 * marks and periods, gone through with today's facts by the rules that a run decides by.
 */
export function forecastAccount(asked: ForecastQuestion, rules: ForecastRules): AccountForecast {
  const walk: Walk = {
    memory: asked.question.base,
    acts: new Map(asked.acts.map((act) => [act.key, act])),
    planned: new Map(),
    episodes: new Set(episodesIn(asked.question.base)),
    putOff: [],
    starts: [],
  };
  // Work is taken to be closed in time: nothing escalates, and no episode waits for it.
  const question = { ...asked.question, rows: { ...asked.question.rows, task: [] } };
  for (let day = rules.engagement.basis.today; day <= rules.until; day += 1) {
    const playbooks = [...rules.playbooks.values()].filter((one) => stirs(one, day, { walk, asked, rules }));
    if (playbooks.length === 0) continue;
    const answer = engage({ ...question, base: walk.memory }, onDay(rules, playbooks, day));
    walk.memory = answer.memory;
    noteStarts(walk, answer, day);
    for (const wish of inOrder(answer.wishes)) {
      if (wish.kind === 'leave') leave(walk, wish, day);
      else decide(wish, day, { walk, asked, rules });
    }
  }
  return { foreseen: foreseenIn(walk, rules), putOff: walk.putOff, starts: walk.starts };
}

function* episodesIn(memory: EngagementQuestion['base']): Generator<string> {
  for (const subjects of Object.values(memory))
    for (const { episode } of Object.values(subjects)) if (episode !== null) yield episode.id;
}

/** Whether a playbook can do anything on this day: it is running, or its time has come. */
function stirs(playbook: Playbook, day: Day, { walk, asked, rules }: Going): boolean {
  const subjects = Object.values(walk.memory[playbook.id] ?? {});
  if (subjects.some(({ episode }) => episode !== null && episode.ended === null && !episode.heldOut))
    return true;
  const periods = rules.timed.get(playbook.id);
  if (periods !== null) return periods?.has(day) ?? false;
  const { per, countdown } = playbook.trigger;
  if (per !== 'account' || day === rules.engagement.basis.today) return true;
  const left = countdown?.of.evaluate(asked.question.facts, day) ?? null;
  return left !== null && (countdown?.marks.includes(Math.ceil(left)) ?? false);
}

function onDay({ engagement }: ForecastRules, playbooks: readonly Playbook[], day: Day): EngagementRules {
  return { ...engagement, playbooks, basis: { ...engagement.basis, today: day } };
}

function noteStarts(walk: Walk, { episodes }: EngagementAnswer, day: Day): void {
  for (const { id, playbook, heldOut, refused } of episodes) {
    if (walk.episodes.has(id)) continue;
    walk.episodes.add(id);
    const outcome = heldOut ? 'held-out' : refused === null ? 'begins' : 'refused';
    walk.starts.push({ day, playbook, outcome, code: refused?.code ?? null });
  }
}

/** As a run settles: leaves, then by priority, by what is due longest, by rank. */
function inOrder(wishes: readonly Wish[]): readonly Wish[] {
  const order = (wish: Wish): readonly number[] =>
    wish.kind === 'leave' ? [0, 0, 0, 0] : [1, -wish.priority, wish.due, wish.rank];
  return [...wishes].sort((a, b) => {
    const [x, y] = [order(a), order(b)];
    const at = x.findIndex((value, index) => value !== y[index]);
    return at < 0 ? 0 : (x[at] ?? 0) - (y[at] ?? 0);
  });
}

/** Of what is under way only what is still to come; today's touches of it have been. */
function foreseenIn({ acts, planned }: Walk, { engagement, until }: ForecastRules): readonly Foreseen[] {
  const { today } = engagement.basis;
  return [...acts.values()].filter(isSent).flatMap((act) => {
    const by = planned.get(act.key) ?? null;
    const from = by === null ? today + 1 : today;
    const last = Math.min(until, act.leftOn ?? until);
    const touches = act.touchDays.filter((day) => day >= from && day <= last);
    return by === null && touches.length === 0 ? [] : [{ act, touches, by }];
  });
}

/** How many a daily limit makes wait, by day: what is above it goes first on the next business day. */
export function waitingFor(
  asked: ReadonlyMap<Day, number>,
  perDay: number,
  {
    calendar,
    from,
    until,
  }: { readonly calendar: EngagementRules['policy']['calendar'] } & Record<'from' | 'until', Day>,
): ReadonlyMap<Day, number> {
  const waiting = new Map<Day, number>();
  let left = 0;
  for (let day = from; day <= until; day += 1) {
    left += asked.get(day) ?? 0;
    if (!isBusinessDay(calendar, day)) continue;
    left = Math.max(0, left - perDay);
    if (left > 0) waiting.set(day, left);
  }
  return waiting;
}
