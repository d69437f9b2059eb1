/** Calendar arithmetic in a time zone, with nothing but Intl. */
export interface LocalDay {
  readonly year: number;
  /** 1..12 */
  readonly month: number;
  readonly day: number;
}

export interface LocalTime extends LocalDay {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** What the wall clock shows there. */
export function localTime(ms: number, timeZone: string): LocalTime {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(ms)
      .map((part) => [part.type, Number(part.value)]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return {
    year: of('year'),
    month: of('month'),
    day: of('day'),
    hour: of('hour'),
    minute: of('minute'),
    second: of('second'),
  };
}

/** When that day begins there, ms since 1970. Months and days may run over (month 13 = January). */
export function startOfDay(day: LocalDay, timeZone: string): number {
  const asUtc = Date.UTC(day.year, day.month - 1, day.day);
  // Two rounds settle the offset on both sides of a clock change.
  const first = asUtc - offsetAt(asUtc, timeZone);
  return asUtc - offsetAt(first, timeZone);
}

function offsetAt(ms: number, timeZone: string): number {
  const local = localTime(ms, timeZone);
  const shown = Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute, local.second);
  return shown - Math.floor(ms / 1000) * 1000;
}

/** `2025-01-31`; days and months may run over. */
export function isoDay(day: LocalDay): string {
  return new Date(Date.UTC(day.year, day.month - 1, day.day)).toISOString().slice(0, 10);
}

export function plusDays(day: LocalDay, days: number): LocalDay {
  const at = new Date(Date.UTC(day.year, day.month - 1, day.day + days));
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
}

/** 0 = Sunday. */
export function weekDay(day: LocalDay): number {
  return new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay();
}
