import type { TierLine } from '../../tier/lines.js';
import { type BookEntry, type CutQuestion, type CutResult, cutResult, tierUnder } from './cuts.js';
import { roundLine } from './draw-cuts.js';
import { knownSum } from './known-sum.js';
import { naturalBreaks } from './natural-breaks.js';

/** What it would be to serve more accounts personally (down-market), or fewer (up-market). */
export interface MarketMove {
  readonly direction: 'up-market' | 'down-market';
  /** The tier whose line is moved. */
  readonly tier: string;
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** Accounts that would change tier by it, and their revenue; null = of none is it known. */
  readonly accounts: number;
  readonly revenue: number | null;
  /** Measures between which they lie: at least `low`, below `high`. */
  readonly low: number;
  readonly high: number;
  /** Difference of people and of a year's cost over all tiers; null = config/program.yaml does not say. */
  readonly people: number | null;
  readonly costPerYear: number | null;
  /** Share of the accounts and revenue that the tier covers afterwards, 0-1. */
  readonly accountShare: number;
  readonly revenueShare: number | null;
}

/** The book is cut this much finer than there are tiers, to find the break next to a line. */
const FINER = 3;

/**
 * Each line moved to the next natural break above it and below it, one at a time: who moves, what it costs, what it
 * covers. Lines as they hold now; accounts that a lock or an override holds stay where they are.
 */
export function marketMoves(lines: readonly TierLine[], question: CutQuestion): readonly MarketMove[] {
  const measures = question.entries.flatMap(({ measure }) => measure ?? []);
  const breaks = naturalBreaks(measures, question.tiers.length * FINER).map(roundLine);
  const now = cutResult(cutOf(lines), question);
  return lines.flatMap(({ tier, from }, at) => {
    if (from === null || !Number.isFinite(from)) return [];
    const moves = (to: number): boolean => someoneBetween(question.entries, from, to);
    const above = breaks
      .filter((one) => one > from && one < (lines[at - 1]?.from ?? Infinity))
      .findLast(moves);
    const below = breaks.filter((one) => one < from && one > (lines[at + 1]?.from ?? -Infinity)).find(moves);
    const move = { lines, at, from, tier, now };
    return [
      ...(above === undefined ? [] : [moved({ ...move, to: above }, question)]),
      ...(below === undefined ? [] : [moved({ ...move, to: below }, question)]),
    ];
  });
}

function someoneBetween(entries: readonly BookEntry[], a: number, b: number): boolean {
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  return entries.some(
    ({ fixed, measure }) => fixed === null && measure !== null && measure >= low && measure < high,
  );
}

interface Move {
  readonly lines: readonly TierLine[];
  readonly at: number;
  readonly tier: string;
  readonly from: number;
  readonly to: number;
  readonly now: CutResult;
}

function moved({ lines, at, tier, from, to, now }: Move, question: CutQuestion): MarketMove {
  const drawn = lines.map((line, place) => (place === at ? { ...line, from: to } : line));
  const then = cutResult(cutOf(drawn), question);
  const movers = question.entries.filter((entry) => tierUnder(lines, entry) !== tierUnder(drawn, entry));
  const own = then.tiers.find((one) => one.tier === tier);
  return {
    direction: to > from ? 'up-market' : 'down-market',
    tier,
    label: own?.label ?? tier,
    from,
    to,
    accounts: movers.length,
    revenue: knownSum(movers.map(({ revenue }) => revenue)),
    low: Math.min(from, to),
    high: Math.max(from, to),
    people: less(peopleIn(then), peopleIn(now)),
    costPerYear: less(then.costPerYear, now.costPerYear),
    accountShare: own?.accountShare ?? 0,
    revenueShare: own?.revenueShare ?? null,
  };
}

/** Lines that are looked at as they are, not as accounts are tiered now. */
function cutOf(lines: readonly TierLine[]) {
  return { id: 'natural-breaks', label: '', lines } as const;
}

function peopleIn({ tiers }: CutResult): number | null {
  const known = tiers.map(({ staff }) => staff.peopleNeeded).filter((people) => people !== null);
  return known.length === 0 ? null : known.reduce((sum, people) => sum + people, 0);
}

function less(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}
