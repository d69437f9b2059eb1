import type { Day } from '../../day.js';
import {
  type Count,
  type Estimate,
  meanDifference,
  newcombe,
  OUTCOME_FLOOR,
  type Sums,
} from '../intervals.js';

/** What became of an account in the window after a move: its own, or that of the account that it is like. */
export interface Aftermath {
  /** Renewals that were closed in the window, and how many of them were won. */
  readonly renewals: Count;
  /** True when an expansion was won in it. */
  readonly expanded: boolean;
  /** Score at its end less score at its beginning; null = not shown at either. */
  readonly scoreChange: number | null;
  /** Yearly revenue as it was known on the day of the move; null = it was not. */
  readonly revenue: number | null;
}

export interface MovedPair {
  readonly moved: Aftermath;
  readonly like: Aftermath;
}

/** Days after a move in which is looked at what became of it. */
const AFTER_DAYS = 365;

/** The window after a move, up to today: `(from, to]`. */
export function windowAfter(day: Day, today: Day): { readonly from: Day; readonly to: Day } {
  return { from: day, to: Math.min(today, day + AFTER_DAYS) };
}

/** What was measured of the moves between two tiers. Each difference is moved less like; null = too little data. */
export interface MoveEffect {
  readonly pairs: number;
  readonly retention: Compared<Count>;
  readonly growth: Compared<Count>;
  readonly score: Compared<{ readonly n: number }>;
  /** Added cost of one account and year; null = config/program.yaml does not say. */
  readonly addedCost: number | null;
  /** Revenue kept by an account and year (difference in retention times mean revenue) less the added cost; null = one of them is not known. */
  readonly worth: Estimate | null;
}

export interface Compared<T> {
  readonly moved: T;
  readonly like: T;
  readonly difference: Estimate | null;
}

/** Moved accounts against those that were like them and were not moved. */
export function moveEffect(pairs: readonly MovedPair[], addedCost: number | null): MoveEffect {
  const sides = { moved: pairs.map(({ moved }) => moved), like: pairs.map(({ like }) => like) };
  const enough = pairs.length >= OUTCOME_FLOOR;
  const retention = sharesOf({ moved: renewalsOf(sides.moved), like: renewalsOf(sides.like) }, enough);
  const growth = sharesOf({ moved: expandedOf(sides.moved), like: expandedOf(sides.like) }, enough);
  const score = { moved: scoresOf(sides.moved), like: scoresOf(sides.like) };
  const scored = enough && Math.min(score.moved.n, score.like.n) >= OUTCOME_FLOOR;
  return {
    pairs: pairs.length,
    retention,
    growth,
    score: {
      moved: { n: score.moved.n },
      like: { n: score.like.n },
      difference: scored ? meanDifference(score.moved, score.like) : null,
    },
    addedCost,
    worth: worthOf(retention.difference, sides.moved, addedCost),
  };
}

function renewalsOf(side: readonly Aftermath[]): Count {
  return {
    n: side.reduce((sum, { renewals }) => sum + renewals.n, 0),
    reached: side.reduce((sum, { renewals }) => sum + renewals.reached, 0),
  };
}

function expandedOf(side: readonly Aftermath[]): Count {
  return { n: side.length, reached: side.filter(({ expanded }) => expanded).length };
}

function scoresOf(side: readonly Aftermath[]): Sums {
  const changes = side.flatMap(({ scoreChange }) => scoreChange ?? []);
  return {
    n: changes.length,
    sum: changes.reduce((sum, change) => sum + change, 0),
    squares: changes.reduce((sum, change) => sum + change ** 2, 0),
  };
}

function sharesOf(counts: { readonly moved: Count; readonly like: Count }, enough: boolean): Compared<Count> {
  const told = enough && Math.min(counts.moved.n, counts.like.n) >= OUTCOME_FLOOR;
  return { ...counts, difference: told ? newcombe(counts.moved, counts.like) : null };
}

function worthOf(
  difference: Estimate | null,
  moved: readonly Aftermath[],
  addedCost: number | null,
): Estimate | null {
  const known = moved.flatMap(({ revenue }) => revenue ?? []);
  if (difference === null || addedCost === null || known.length === 0) return null;
  const revenue = known.reduce((sum, one) => sum + one, 0) / known.length;
  const worth = (share: number): number => share * revenue - addedCost;
  return { value: worth(difference.value), low: worth(difference.low), high: worth(difference.high) };
}

/** A renewal or an expansion that was closed. */
export interface ClosedDeal {
  readonly on: Day;
  readonly type: 'renewal' | 'expansion';
  readonly won: boolean;
}

/** A score as it was shown from a day on; null = none was. */
export interface ShownScore {
  readonly day: Day;
  readonly score: number | null;
}

/** What became of an account in a window. `shown` in any order. */
export function aftermathOf(
  deals: readonly ClosedDeal[],
  shown: readonly ShownScore[],
  {
    window: { from, to },
    revenue,
  }: { readonly window: ReturnType<typeof windowAfter>; readonly revenue: number | null },
): Aftermath {
  const within = deals.filter(({ on }) => on > from && on <= to);
  const renewals = within.filter(({ type }) => type === 'renewal');
  const [before, after] = [scoreOn(shown, from), scoreOn(shown, to)];
  return {
    renewals: { n: renewals.length, reached: renewals.filter(({ won }) => won).length },
    expanded: within.some(({ type, won }) => type === 'expansion' && won),
    scoreChange: before === null || after === null ? null : after - before,
    revenue,
  };
}

function scoreOn(shown: readonly ShownScore[], day: Day): number | null {
  const upTo = shown.filter((one) => one.day <= day);
  return (
    upTo.reduce<ShownScore | null>((best, one) => (best === null || one.day > best.day ? one : best), null)
      ?.score ?? null
  );
}
