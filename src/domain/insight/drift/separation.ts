import type { Day } from '../../day.js';
import { periodAt, yearBefore } from '../../program/metrics/period.js';
import { aucOf } from '../auc.js';
import { type Estimate, OUTCOME_FLOOR } from '../intervals.js';

/** How well the score told who stays, over the renewals that were closed in the 12 months up to a day. */
export interface SeparationPoint {
  /** `2026-Q4`; the one that runs is told as of today. */
  readonly quarter: string;
  readonly asOf: Day;
  /** Renewals whose score so many days before is known, and how many of them were lost. */
  readonly outcomes: number;
  readonly lost: number;
  /** 0.5 = no better than chance, 1 = always right; null under 30 outcomes, or where too few were lost or kept. */
  readonly auc: Estimate | null;
}

/** One renewal with the score (0-100) that was shown before it. */
export interface ScoredRenewal {
  readonly closedOn: Day;
  readonly lost: boolean;
  readonly score: number;
}

/** Points that are fed one renewal at a time. Memory does not grow with the book: a score is one of 101. */
export interface OpenSeparation {
  readonly add: (renewal: ScoredRenewal) => void;
  readonly points: () => readonly SeparationPoint[];
}

/** With fewer of either kind the interval of an area says nothing. */
const LEAST_OF_EACH = 5;

/** The latest quarters, oldest first, the one that runs among them. */
export function openSeparation(today: Day, quarters: number): OpenSeparation {
  const open = Array.from({ length: quarters }, (_, back) => {
    const { name, asOf } = periodAt('quarter', today, back + 1 - quarters);
    return { quarter: name, asOf, from: yearBefore(asOf), lost: scores(), kept: scores() };
  });
  return {
    add: ({ closedOn, lost, score }) => {
      for (const point of open) {
        if (closedOn <= point.from || closedOn > point.asOf) continue;
        const counts = lost ? point.lost : point.kept;
        const place = Math.min(100, Math.max(0, Math.round(score)));
        counts[place] = (counts[place] ?? 0) + 1;
      }
    },
    points: () => open.map(({ quarter, asOf, lost, kept }) => pointOf({ quarter, asOf }, lost, kept)),
  };
}

function scores(): number[] {
  return new Array<number>(101).fill(0);
}

function pointOf(
  at: Pick<SeparationPoint, 'quarter' | 'asOf'>,
  lost: readonly number[],
  kept: readonly number[],
): SeparationPoint {
  const [leavers, stayers] = [spread(lost), spread(kept)];
  const outcomes = leavers.length + stayers.length;
  const told = outcomes >= OUTCOME_FLOOR && Math.min(leavers.length, stayers.length) >= LEAST_OF_EACH;
  return { ...at, outcomes, lost: leavers.length, auc: told ? areaOf(leavers, stayers) : null };
}

function spread(counts: readonly number[]): readonly number[] {
  return counts.flatMap((count, score) => new Array<number>(count).fill(score));
}

/** How often a customer who stayed had the higher score. */
function areaOf(leavers: readonly number[], stayers: readonly number[]): Estimate | null {
  const all = [...stayers, ...leavers];
  const cases = all.map((_, index) => ({ event: index < stayers.length, cluster: String(index), fold: 0 }));
  return aucOf(all, cases);
}

/** The newest point against the latest one with none of its outcomes, and the difference with its 95 % interval. */
export interface SeparationChange {
  readonly before: SeparationPoint;
  readonly now: SeparationPoint;
  readonly difference: Estimate;
  /** True when the whole interval lies below zero. */
  readonly fell: boolean;
}

/**
 * Null while there are no two points of different renewals. The points are independent, so that the interval of the
 * difference is made of theirs (Zou and Donner 2008, Statistics in Medicine 27).
 */
export function separationChange(points: readonly SeparationPoint[]): SeparationChange | null {
  const told = points.filter(({ auc }) => auc !== null).toSorted((a, b) => a.asOf - b.asOf);
  const now = told.at(-1);
  if (now?.auc == null) return null;
  const before = told.findLast(({ asOf }) => asOf <= yearBefore(now.asOf));
  if (before?.auc == null) return null;
  const value = now.auc.value - before.auc.value;
  const low = value - Math.hypot(now.auc.value - now.auc.low, before.auc.high - before.auc.value);
  const high = value + Math.hypot(now.auc.high - now.auc.value, before.auc.value - before.auc.low);
  return { before, now, difference: { value, low, high }, fell: high < 0 };
}
