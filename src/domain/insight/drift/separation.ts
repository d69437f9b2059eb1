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

/** One renewal with the score (0-100) that was shown before it. Renewals of one account are not independent. */
export interface ScoredRenewal {
  readonly account: string;
  readonly closedOn: Day;
  readonly lost: boolean;
  readonly score: number;
}

/** Points that are fed one renewal at a time. Memory: three values for each renewal of the quarters. */
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
    return { quarter: name, asOf, from: yearBefore(asOf), renewals: [] as ScoredRenewal[] };
  });
  return {
    add: (renewal) => {
      for (const { from, asOf, renewals } of open)
        if (renewal.closedOn > from && renewal.closedOn <= asOf) renewals.push(renewal);
    },
    points: () => open.map(({ quarter, asOf, renewals }) => ({ quarter, asOf, ...separationOf(renewals) })),
  };
}

/** Ends of the quarters that are over and that the points of so many quarters look back on, newest first. */
export function quarterEnds(today: Day, quarters: number): readonly Day[] {
  return Array.from({ length: quarters + 3 }, (_, back) => periodAt('quarter', today, -back - 1).end);
}

function separationOf(
  renewals: readonly ScoredRenewal[],
): Pick<SeparationPoint, 'outcomes' | 'lost' | 'auc'> {
  const [outcomes, lost] = [renewals.length, renewals.filter((one) => one.lost).length];
  const told = outcomes >= OUTCOME_FLOOR && Math.min(lost, outcomes - lost) >= LEAST_OF_EACH;
  return { outcomes, lost, auc: told ? areaOf(renewals) : null };
}

/** How often a customer who stayed had the higher score. */
function areaOf(renewals: readonly ScoredRenewal[]): Estimate | null {
  const cases = renewals.map(({ account, lost }) => ({ event: !lost, cluster: account, fold: 0 }));
  return aucOf(
    renewals.map(({ score }) => score),
    cases,
  );
}

/** The newest point of a quarter that is over against the latest one with none of its outcomes, and the difference with its 95 % interval. */
export interface SeparationChange {
  readonly before: SeparationPoint;
  readonly now: SeparationPoint;
  readonly difference: Estimate;
  /** True when the whole interval lies below zero. */
  readonly fell: boolean;
}

/**
 * Null while there are no two points of different renewals in quarters that are over. A quarter is judged when it is
 * over, and not each day: who asks daily is told of a fall by luck sooner or later. The points are independent, so
 * that the interval of the difference is made of theirs (Zou and Donner 2008, Statistics in Medicine 27).
 */
export function separationChange(points: readonly SeparationPoint[], today: Day): SeparationChange | null {
  const told = points
    .filter(({ auc, asOf }) => auc !== null && isOver(asOf, today))
    .toSorted((a, b) => a.asOf - b.asOf);
  const now = told.at(-1);
  if (now?.auc == null) return null;
  const before = told.findLast(({ asOf }) => asOf <= yearBefore(now.asOf));
  if (before?.auc == null) return null;
  const value = now.auc.value - before.auc.value;
  const low = value - Math.hypot(now.auc.value - now.auc.low, before.auc.high - before.auc.value);
  const high = value + Math.hypot(now.auc.high - now.auc.value, before.auc.value - before.auc.low);
  return { before, now, difference: { value, low, high }, fell: high < 0 };
}

function isOver(asOf: Day, today: Day): boolean {
  return asOf < today && periodAt('quarter', asOf, 0).end === asOf;
}
