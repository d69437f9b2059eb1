import type { Day } from '../day.js';
import type { EngagementPolicy, Weekday } from './policy.js';

type Calendar = EngagementPolicy['calendar'];

/** 0 = Sunday. 1970-01-01 was a Thursday. */
function weekdayOf(day: Day): Weekday {
  return ((((day + 4) % 7) + 7) % 7) as Weekday;
}

export function isBusinessDay(calendar: Calendar, day: Day): boolean {
  return calendar.businessDays.includes(weekdayOf(day)) && !calendar.holidays.includes(day);
}

/** The `count`-th business day after `day`; for 0 the day itself, or the next business day. */
export function businessDayAfter(calendar: Calendar, day: Day, count: number): Day {
  let found = day;
  let left = count;
  // A calendar without a business day would never end: a year is far enough.
  for (let step = 0; step < 366; step += 1) {
    if (isBusinessDay(calendar, found) && left <= 0) return found;
    found += 1;
    if (isBusinessDay(calendar, found)) left -= 1;
  }
  return found;
}

/** Whether messages may start now for somebody whose clock shows `minute` (after midnight) of `day`. */
export function mayStart(
  calendar: Calendar,
  { day, minute }: { readonly day: Day; readonly minute: number },
): boolean {
  if (!isBusinessDay(calendar, day)) return false;
  const { hours } = calendar;
  return hours === null || (minute >= hours.from && minute < hours.to);
}
