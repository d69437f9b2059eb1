const DAY_MS = 86_400_000;

/** Days since 1970-01-01, UTC. */
export function dayNumber(at: number): number {
  return Math.floor(at / DAY_MS);
}

/** `YYYY-MM-DD` of a day number. */
export function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** An instant as stored: whole seconds, as Salesforce keeps them. */
export function instantOf(at: number): string {
  return new Date(Math.floor(at / 1000) * 1000).toISOString();
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
  return new Date(day * DAY_MS).getUTCMonth() + 1;
}

/** The next day on which `years` whole years after `start` have passed, on or after `from`. */
export function nextAnniversary(start: number, from: number): number {
  const begun = new Date(start * DAY_MS);
  const year = new Date(from * DAY_MS).getUTCFullYear();
  const inYear = (y: number): number =>
    Math.floor(Date.UTC(y, begun.getUTCMonth(), begun.getUTCDate()) / DAY_MS);
  const thisYear = inYear(year);
  return thisYear >= from ? thisYear : inYear(year + 1);
}
