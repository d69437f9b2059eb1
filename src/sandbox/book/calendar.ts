const DAY_MS = 86_400_000;

/** Days since 1970-01-01, UTC. */
export function dayNumber(at: number): number {
  return Math.floor(at / DAY_MS);
}

const { floor } = Math;
const TWO = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
/** Dates already written out, by day number: a book of ten years has few. */
const written = new Map<number, string>();

/** `YYYY-MM-DD` of a day number. */
export function dateOf(day: number): string {
  const known = written.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * DAY_MS).toISOString().slice(0, 10);
  written.set(day, text);
  return text;
}

/** An instant as stored: whole seconds, as Salesforce keeps them. By hand, since a million rows have three million. */
export function instantOf(at: number): string {
  const day = floor(at / DAY_MS);
  const seconds = floor((at - day * DAY_MS) / 1000);
  const hour = floor(seconds / 3600);
  const minute = floor(seconds / 60) - hour * 60;
  const second = seconds - hour * 3600 - minute * 60;
  return `${dateOf(day)}T${TWO[hour]}:${TWO[minute]}:${TWO[second]}.000Z`;
}

/** The instant of a day number plus a share (0 <= share < 1) of that day, in milliseconds. */
export function momentOf(day: number, share: number): number {
  return day * DAY_MS + Math.floor(share * DAY_MS);
}

/** Monday of the week of a day number. 1970-01-01 was a Thursday. */
export function mondayOf(day: number): number {
  return day - ((((day + 3) % 7) + 7) % 7);
}

export function monthOf(day: number): number {
  return Number(dateOf(day).slice(5, 7));
}

/** The next day on which `years` whole years after `start` have passed, on or after `from`. */
export function nextAnniversary(start: number, from: number): number {
  const [, month = '', date = ''] = dateOf(start).split('-');
  const year = Number(dateOf(from).slice(0, 4));
  const inYear = (y: number): number => floor(Date.UTC(y, Number(month) - 1, Number(date)) / DAY_MS);
  const thisYear = inYear(year);
  return thisYear >= from ? thisYear : inYear(year + 1);
}
