import { type Day, formatDay } from '../../day.js';
import { quarterOf } from '../../tier/lines.js';

/** A month (`2026-11`) or a quarter (`2026-Q4`) in the org's time zone. */
export interface Period {
  readonly kind: 'month' | 'quarter';
  readonly name: string;
  readonly start: Day;
  /** Its last day. */
  readonly end: Day;
  /** The day as of which it is told: its end once it is over, else today. */
  readonly asOf: Day;
  readonly state: 'over' | 'running' | 'ahead';
}

const MS_PER_DAY = 86_400_000;

/** A day in calendar parts; months count from 0. */
function partsOf(day: Day): { readonly year: number; readonly month: number; readonly date: number } {
  const date = new Date(day * MS_PER_DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), date: date.getUTCDate() };
}

function firstOf(year: number, month: number): Day {
  return Date.UTC(year, month, 1) / MS_PER_DAY;
}

/** The period that lies `steps` after the one that holds today; negative = before it. */
export function periodAt(kind: Period['kind'], today: Day, steps: number): Period {
  const { year, month } = partsOf(today);
  const length = kind === 'month' ? 1 : 3;
  const first = month - (month % length) + steps * length;
  const [start, end] = [firstOf(year, first), firstOf(year, first + length) - 1];
  const text = formatDay(start);
  return {
    kind,
    name: kind === 'month' ? text.slice(0, 7) : quarterOf(text),
    start,
    end,
    asOf: Math.min(end, today),
    state: end < today ? 'over' : start <= today ? 'running' : 'ahead',
  };
}

/** What is told each day: the month and the quarter before, and those that run. */
export function toldPeriods(today: Day): readonly Period[] {
  return [-1, 0].flatMap((steps) => [periodAt('month', today, steps), periodAt('quarter', today, steps)]);
}

/** The quarter that runs and the three after it. */
export function quartersAhead(today: Day): readonly Period[] {
  return [0, 1, 2, 3].map((steps) => periodAt('quarter', today, steps));
}

/** The same date a year earlier; 28 February for the 29th. */
export function yearBefore(day: Day): Day {
  const { year, month, date } = partsOf(day);
  const last = firstOf(year - 1, month + 1) - 1;
  return Math.min(firstOf(year - 1, month) + date - 1, last);
}

/** True when the day lies in the period and not after the day as of which it is told. */
export function falls(day: Day | null, { start, asOf }: Period): boolean {
  return day !== null && day >= start && day <= asOf;
}
