import { type Day, type DayOf, dayOfZone, type Instant } from './day.js';

/** What a clock on the wall shows. */
export interface WallClock {
  readonly day: Day;
  /** Minutes after midnight. */
  readonly minute: number;
}

interface Zone {
  readonly format: Intl.DateTimeFormat;
  readonly dayOf: DayOf;
}

/** Making a formatter costs more than a thousand answers of it. */
const ZONES = new Map<string, Zone>();

/** What the clock shows in an IANA zone; in UTC where the zone is none: a typing error must not stop a run. */
export function localClock(at: Instant, timeZone: string): WallClock {
  const { format, dayOf } = zoneOf(timeZone);
  const [hour = 0, minute = 0] = format.format(at).split(':').map(Number);
  return { day: dayOf(at), minute: (hour % 24) * 60 + minute };
}

function zoneOf(timeZone: string): Zone {
  const known = ZONES.get(timeZone);
  if (known !== undefined) return known;
  const zone = openZone(timeZone) ?? openZone('UTC');
  if (zone === null) throw new Error('This runtime knows no time zones.');
  ZONES.set(timeZone, zone);
  return zone;
}

function openZone(timeZone: string): Zone | null {
  try {
    const format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
    });
    return { format, dayOf: dayOfZone(timeZone) };
  } catch {
    return null;
  }
}
