/**
 * A calendar day in the org's time zone, as whole days since 1970-01-01.
 * All domain time is days: nothing in the domain depends on the time of day.
 */
export type Day = number;

/** An instant, as milliseconds since 1970-01-01T00:00:00Z. Becomes a `Day` only through `DayOf`. */
export type Instant = number;

/** Which local calendar day an instant falls on, in the org's time zone. */
export type DayOf = (instant: Instant) => Day;

const MS_PER_DAY = 86_400_000;

/** The day of a `YYYY-MM-DD` text, or null when the text is no calendar day. */
export function parseDay(text: string): Day | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return formatDay(ms / MS_PER_DAY) === text ? ms / MS_PER_DAY : null;
}

/** `YYYY-MM-DD`, the form in which days are stored, exchanged and hashed. */
export function formatDay(day: Day): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12 Nov 2026`, the form in which people read days. */
export function spokenDay(day: Day): string {
  const date = new Date(day * MS_PER_DAY);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** True when `day` lies in the window `(today - days, today]`. */
export function within(day: Day | null, today: Day, days: number): boolean {
  return day !== null && day > today - days && day <= today;
}

/**
 * A `DayOf` for an IANA time zone. Offsets change only on quarter hours, so one look-up serves
 * each quarter hour met; a book of years stays within some ten thousand entries.
 */
export function dayOfZone(timeZone: string): DayOf {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const known = new Map<number, Day>();
  return (instant) => {
    const quarter = Math.floor(instant / 900_000);
    const found = known.get(quarter);
    if (found !== undefined) return found;
    const day = parseDay(format.format(quarter * 900_000)) ?? Math.floor(instant / MS_PER_DAY);
    known.set(quarter, day);
    return day;
  };
}
