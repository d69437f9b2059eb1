import { type Day, formatDay } from '../../day.js';

/** Of how many accounts each signal said nothing, on a day on which all were assessed. */
export interface MissingDay {
  readonly day: Day;
  /** Version of the model: under another one other signals are asked for. */
  readonly model: string;
  readonly accounts: number;
  /** 0-1, by signal id. */
  readonly shares: Readonly<Record<string, number>>;
}

/** A signal that is missing now beside how it was. */
export interface MissingSignal {
  readonly signal: string;
  /** As people know it; its id where no model of today reads it. */
  readonly label: string;
  /** 0-1. */
  readonly now: number;
  /** Middle of the days before; null where there are too few of them. */
  readonly before: number | null;
  /** How many days that middle rests on. */
  readonly days: number;
  readonly rose: boolean;
}

const DAILY = 90;
const MOST_DAYS = 130;
/** What is compared with: long enough ago to stand still while something breaks, and not last season. */
const [FROM, UNTIL] = [42, 7];
const LEAST_DAYS = 3;

/** The days with one more: each of the last 90, before that the first of each month, at most 130. */
export function withDay(days: readonly MissingDay[], one: MissingDay): readonly MissingDay[] {
  const others = days.filter(({ day }) => day !== one.day);
  const all = [...others, one].toSorted((a, b) => a.day - b.day);
  const months = new Set<string>();
  const kept = all.filter(({ day }) => {
    const month = formatDay(day).slice(0, 7);
    const first = !months.has(month);
    months.add(month);
    return first || day > one.day - DAILY;
  });
  return kept.slice(-MOST_DAYS);
}

/** What signals are called, by id, and by how much (a share, 0-1) a missing one must have risen to be told. */
export interface MissingRules {
  readonly rise: number;
  readonly labels: ReadonlyMap<string, string>;
}

/** Each signal of the newest day beside the same model's days of one to six weeks before it. */
export function missingNow(
  days: readonly MissingDay[],
  { rise, labels }: MissingRules,
): readonly MissingSignal[] {
  const now = days.at(-1);
  if (now === undefined) return [];
  const earlier = days.filter(
    ({ day, model }) => model === now.model && day >= now.day - FROM && day <= now.day - UNTIL,
  );
  return Object.entries(now.shares)
    .map(([signal, share]) => {
      const shares = earlier.flatMap((one) => one.shares[signal] ?? []);
      const before = shares.length < LEAST_DAYS ? null : middleOf(shares);
      return {
        signal,
        label: labels.get(signal) ?? signal,
        now: share,
        before,
        days: shares.length,
        rose: before !== null && share - before > rise,
      };
    })
    .toSorted((a, b) => b.now - a.now || (a.signal < b.signal ? -1 : 1));
}

function middleOf(shares: readonly number[]): number {
  const sorted = shares.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return ((low ?? 0) + (high ?? 0)) / 2;
}
