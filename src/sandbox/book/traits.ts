import type { Seeded } from '../seeded.js';
import { dayNumber, mondayOf, monthOf } from './calendar.js';

/** First key of every draw, so that no two questions about an account share a number. */
export const DRAW = {
  size: 1,
  tenure: 2,
  season: 3,
  mood: 4,
  level: 5,
  melon: 6,
  churn: 7,
  churnDay: 8,
  telemetry: 9,
  twin: 10,
  seats: 11,
  account: 20,
  contact: 30,
  case: 40,
  opportunity: 50,
  usage: 60,
  survey: 70,
  activity: 80,
  hubspot: 90,
} as const;

/** What is true of an account behind its rows; every row of the account is coloured by it. */
export interface Traits {
  readonly index: number;
  /** Annual recurring revenue in EUR: heavy-tailed, a few large ones carry most of it. */
  readonly arr: number;
  readonly seats: number;
  /** Day number of the first won deal. */
  readonly start: number;
  /** 0 worst, 1 best: drives usage, cases, surveys, renewals and contacts alike. */
  readonly health: number;
  /** High usage over unhappy people: looks green from outside. */
  readonly watermelon: boolean;
  /** Day number of the end of the contract; null while a customer. */
  readonly churned: number | null;
  readonly telemetry: boolean;
  /** In the middle of a support surge. */
  readonly surge: boolean;
  /** Index of the account that this one doubles; null for nearly all. */
  readonly twinOf: number | null;
}

export interface World {
  readonly random: Seeded;
  readonly accounts: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly today: number;
  /** Monday of the newest complete week. */
  readonly lastWeek: number;
  /** No row is stamped later than this; the first account is stamped exactly then. */
  readonly newest: number;
  readonly traitsOf: (account: number) => Traits;
}

const KEPT = 4096;
const WEEKS_KEPT = 16;

/** The numbers behind all accounts; only the last few thousand are kept at hand. */
export function openWorld(random: Seeded, accounts: number, now: number): World {
  const kept: (Traits | undefined)[] = [];
  const today = dayNumber(now);
  const traitsOf = (account: number): Traits => {
    const hit = kept[account % KEPT];
    if (hit?.index === account) return hit;
    const traits = drawTraits(random, account, today);
    kept[account % KEPT] = traits;
    return traits;
  };
  const newest = Math.floor((now - 3_600_000) / 1000) * 1000;
  return { random, accounts, now, today, lastWeek: mondayOf(today) - 7, newest, traitsOf };
}

function drawTraits(random: Seeded, index: number, today: number): Traits {
  const surge = index % 211 === 5;
  const arr = drawRevenue(random, index);
  const start = drawStart(random, index, today, surge);
  const melon = !surge && random.unit(DRAW.melon, index) < 0.05;
  const health = surge ? 0.35 + random.unit(DRAW.level, index) * 0.3 : drawHealth(random, index);
  return {
    index,
    arr,
    seats: Math.max(1, Math.round((arr / 420) * (0.6 + random.unit(DRAW.seats, index)))),
    start,
    health: melon ? Math.max(health, 0.75) : health,
    watermelon: melon,
    churned: surge ? null : drawChurn(random, { index, health, start, today }),
    telemetry: random.unit(DRAW.telemetry, index) < 0.75,
    surge,
    twinOf: index > 0 && !surge && random.unit(DRAW.twin, index) < 0.012 ? index - 1 : null,
  };
}

/** Pareto with exponent 1.15: about 2 % above 100,000 and 12 % above 25,000 a year. */
function drawRevenue(random: Seeded, index: number): number {
  const tail = 1 - random.unit(DRAW.size, index);
  return Math.round(Math.min(2_500_000, 4_000 * tail ** (-1 / 1.15)) / 12) * 12;
}

/** Most customers came in recent years, and more of them at quarter ends. */
function drawStart(random: Seeded, index: number, today: number, settled: boolean): number {
  const least = settled ? 200 : 12;
  const tenure = least + Math.floor(2_600 * random.unit(DRAW.tenure, index) ** 1.7);
  const start = today - tenure;
  const offSeason = monthOf(start) % 3 !== 0;
  const moved = start + (offSeason && random.unit(DRAW.season, index) < 0.35 ? 31 : 0);
  return Math.min(moved, today - least);
}

/** Three moods: most are well, a good quarter so-so, a fifth in trouble. */
function drawHealth(random: Seeded, index: number): number {
  const mood = random.unit(DRAW.mood, index);
  const level = random.unit(DRAW.level, index);
  if (mood < 0.52) return 0.72 + level * 0.28;
  if (mood < 0.79) return 0.4 + level * 0.32;
  return level * 0.33;
}

interface ChurnQuestion {
  readonly index: number;
  readonly health: number;
  readonly start: number;
  readonly today: number;
}

function drawChurn(random: Seeded, question: ChurnQuestion): number | null {
  const { index, health, start, today } = question;
  const chance = health < 0.4 ? 0.24 : health < 0.72 ? 0.07 : 0.015;
  if (today - start < 240 || random.unit(DRAW.churn, index) >= chance) return null;
  const span = Math.min(540, today - start - 180);
  return today - 2 - Math.floor(random.unit(DRAW.churnDay, index) * span);
}

/** How many weeks of usage telemetry an account has: at most 16, none before its start or after its end. */
export function weeksOfUsage(
  world: World,
  account: number,
): { readonly first: number; readonly count: number } {
  const traits = world.traitsOf(account);
  const first = Math.max(world.lastWeek - 7 * (WEEKS_KEPT - 1), mondayOf(traits.start) + 7);
  // The unhappiest have stopped altogether.
  const quiet = traits.health < 0.12 ? 7 * (2 + (account % 6)) : 0;
  const end = traits.churned === null ? world.lastWeek - quiet : mondayOf(traits.churned) - 7;
  const last = Math.min(world.lastWeek, end);
  const weeks = (last - first) / 7 + 1;
  return { first, count: traits.telemetry && weeks > 0 ? weeks : 0 };
}
