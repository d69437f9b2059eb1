import { formatDay, parseDay } from '../../../src/domain/day.js';

/** Day 0 of every story: a Monday. Day 21 is the first of June, day 51 the first of July. */
const FIRST = parseDay('2026-05-11') ?? 0;
const HOUR_MS = 3_600_000;

/** `YYYY-MM-DD` of a day of the story; days before the first run are negative. */
export function on(day: number): string {
  return formatDay(FIRST + day);
}

/** A moment of a day of the story, UTC. */
export function at(day: number, hour: number): number {
  return (FIRST + day) * 24 * HOUR_MS + hour * HOUR_MS;
}

/** The day of the story that a date, a moment or a number of days lies on. */
export function dayOf(told: string | number): number {
  return (typeof told === 'number' ? told : (parseDay(told.slice(0, 10)) ?? Number.NaN)) - FIRST;
}
