import { overLimit, overSearchLimit, type VendorError } from '../errors.js';

/** Requests that an account may make. */
export interface Limits {
  /** Per 10 seconds, rolling. */
  readonly burst: number;
  /** Per calendar day of the account's time zone. */
  readonly daily: number;
  /** Per second, all searches together; exempt from the burst limit. */
  readonly search: number;
  /** Association calls per 10 seconds. */
  readonly associations: number;
}

export const PROFESSIONAL_LIMITS: Limits = { burst: 190, daily: 625_000, search: 5, associations: 150 };

export type QuotaKind = 'normal' | 'search' | 'associations';

interface QuotaAnswer {
  readonly refusal: VendorError | null;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Quota {
  /** Counts one request; a refused one counts for the day, not for the window. */
  readonly take: (kind: QuotaKind) => QuotaAnswer;
  readonly usedToday: () => number;
  readonly limits: Limits;
  /** Next midnight of the account, in milliseconds since 1970. */
  readonly resetsAt: () => number;
}

export interface QuotaOptions {
  readonly limits: Limits;
  readonly portalId: number;
  readonly timeZone: string;
  /** Milliseconds since 1970: the sandbox clock or real time. */
  readonly now: () => number;
}

const BURST_MS = 10_000;
const SECOND_MS = 1_000;

export function startQuota({ limits, portalId, timeZone, now }: QuotaOptions): Quota {
  const windows = {
    normal: startWindow(BURST_MS, limits.burst),
    search: startWindow(SECOND_MS, limits.search),
    associations: startWindow(BURST_MS, limits.associations),
  };
  const dayOf = dayIn(timeZone);
  const today = startDayCount(() => dayOf(now()));
  const take = (kind: QuotaKind): QuotaAnswer => {
    if (today.used() >= limits.daily) {
      return { refusal: overLimit('DAILY', portalId), headers: dailyHeaders(limits, today.used()) };
    }
    today.add();
    const free = windows[kind].take(now());
    const daily = dailyHeaders(limits, today.used());
    const headers = kind === 'search' ? daily : { ...daily, ...burstHeaders(windows[kind]) };
    const refusal = kind === 'search' ? overSearchLimit() : overLimit('TEN_SECONDLY_ROLLING', portalId);
    return { refusal: free ? null : refusal, headers };
  };
  return { take, limits, usedToday: today.used, resetsAt: () => nextMidnight(now(), dayOf) };
}

interface DayCount {
  readonly used: () => number;
  readonly add: () => void;
}

/** Starts anew when the day changes. */
function startDayCount(today: () => string): DayCount {
  let day = '';
  let count = 0;
  const used = (): number => {
    const current = today();
    if (current !== day) count = 0;
    day = current;
    return count;
  };
  return {
    used,
    add: () => {
      count = used() + 1;
    },
  };
}

interface Window {
  readonly size: number;
  readonly take: (at: number) => boolean;
  readonly remaining: () => number;
}

function startWindow(lengthMs: number, size: number): Window {
  let hits: number[] = [];
  return {
    size,
    take: (at) => {
      hits = hits.filter((hit) => hit > at - lengthMs && hit <= at);
      if (hits.length >= size) return false;
      hits.push(at);
      return true;
    },
    remaining: () => size - hits.length,
  };
}

function dailyHeaders(limits: Limits, used: number): Record<string, string> {
  return {
    'X-HubSpot-RateLimit-Daily': String(limits.daily),
    'X-HubSpot-RateLimit-Daily-Remaining': String(Math.max(0, limits.daily - used)),
  };
}

function burstHeaders(window: Window): Record<string, string> {
  return {
    'X-HubSpot-RateLimit-Interval-Milliseconds': String(BURST_MS),
    'X-HubSpot-RateLimit-Max': String(window.size),
    'X-HubSpot-RateLimit-Remaining': String(window.remaining()),
    'X-HubSpot-RateLimit-Secondly': '10',
    'X-HubSpot-RateLimit-Secondly-Remaining': '9',
  };
}

function dayIn(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  return (at) => format.format(at);
}

function nextMidnight(at: number, dayOf: (at: number) => string): number {
  const today = dayOf(at);
  const minute = 60_000;
  let next = Math.floor(at / minute) * minute;
  while (dayOf(next) === today) next += minute;
  return next;
}
