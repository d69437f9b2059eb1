import { Cron } from 'croner';
import type { Instant } from '../domain/day.js';
import { SCHEDULED_TASKS, type ScheduledTask } from '../ports/service-names.js';
import type { ServiceSettings } from '../ports/settings.js';

/** Slot (instant at which it was due) of the last time each task was started; absent = never. */
export type Slots = Readonly<Partial<Record<ScheduledTask, Instant>>>;

export interface DueTask {
  readonly task: ScheduledTask;
  readonly slot: Instant;
  /** `full:2026-11-26T01:00:00.000Z`: the same slot is the same job, whoever asks for it. */
  readonly id: string;
  /** This task, and those that are done with it: their slots are `slot`s of their own, and done as well. */
  readonly done: Slots;
}

type Schedule = ServiceSettings['schedule'];

/** A run that does more does these, too. */
const COVERS: Readonly<Partial<Record<ScheduledTask, readonly ScheduledTask[]>>> = {
  full: ['incremental'],
  reconciliation: ['incremental'],
};

/** A service that starts for the first time begins with a run that reads everything, what people did included. */
const FIRST_RUN: readonly ScheduledTask[] = ['incremental', 'readBack'];

/** What a service that starts for the first time takes as done: nothing is caught up on but a first run. */
export function startingSlots(now: Instant): Slots {
  const rest = SCHEDULED_TASKS.filter((task) => !FIRST_RUN.includes(task));
  return Object.fromEntries(rest.map((task) => [task, now]));
}

/** First instant after `after` that a cron expression names in an IANA zone; null = never. */
export function nextTime(cron: string, zone: string, after: Instant): Instant | null {
  return pattern(cron, zone).nextRun(new Date(after))?.getTime() ?? null;
}

/** Latest instant, `now` included, that a cron expression names in an IANA zone; null = never before. */
export function latestTime(cron: string, zone: string, now: Instant): Instant | null {
  const inclusive = new Date(Math.floor(now / 1000) * 1000 + 1000);
  return pattern(cron, zone).previousRuns(1, inclusive)[0]?.getTime() ?? null;
}

/**
 * What is due: each task at most once and for its latest slot, however many were missed. One that is done
 * by another due task is left to it.
 */
export function dueTasks(schedule: Schedule, last: Slots, now: Instant, zone: string): readonly DueTask[] {
  const slots = new Map<ScheduledTask, Instant>();
  for (const task of SCHEDULED_TASKS) {
    const cron = schedule[task];
    const slot = cron === null ? null : latestTime(cron, zone, now);
    const done = last[task];
    if (slot !== null && (done === undefined || done < slot)) slots.set(task, slot);
  }
  const covered = new Set([...slots.keys()].flatMap((task) => COVERS[task] ?? []));
  return [...slots].filter(([task]) => !covered.has(task)).map(([task, slot]) => dueTask(task, slot, slots));
}

/** When the next task is due; null when none ever is. */
export function nextDue(schedule: Schedule, now: Instant, zone: string): Instant | null {
  const times = SCHEDULED_TASKS.flatMap((task) => {
    const cron = schedule[task];
    return (cron === null ? null : nextTime(cron, zone, now)) ?? [];
  });
  return times.length === 0 ? null : Math.min(...times);
}

function dueTask(task: ScheduledTask, slot: Instant, slots: ReadonlyMap<ScheduledTask, Instant>): DueTask {
  const along = (COVERS[task] ?? []).flatMap((other): readonly (readonly [ScheduledTask, Instant])[] => {
    const found = slots.get(other);
    return found === undefined ? [] : [[other, found]];
  });
  const id = `${task}:${new Date(slot).toISOString()}`;
  return { task, slot, id, done: Object.fromEntries([[task, slot], ...along]) };
}

/** In UTC where the zone is none: a typing error in the org must not stop the service. */
function pattern(cron: string, zone: string): Cron {
  return new Cron(cron, { mode: '5-part', timezone: knownZone(zone), paused: true });
}

function knownZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
