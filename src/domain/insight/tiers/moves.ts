import type { Day } from '../../day.js';
import { type TierId, UNASSIGNED } from '../../tier/tier.js';
import { windowAfter } from './move-effect.js';

/** How an account stood from a day on. */
export interface Stood {
  readonly day: Day;
  readonly tier: TierId;
  /** The number that lines are drawn on, as it was known that day; null = not known, or near no line. */
  readonly measure: number | null;
}

/** What was shown of an account on a day. */
export interface ShownOnDay extends Stood {
  readonly account: string;
}

/** An account that went from one tier to another. */
export interface TierMove {
  readonly account: string;
  readonly day: Day;
  readonly from: TierId;
  readonly to: TierId;
}

/** Moves, gathered from history and from how accounts stand now. */
export interface MoveLog {
  /** A row of history; rows of an account come in their order. */
  readonly add: (shown: ShownOnDay) => void;
  /**
   * How an account stands today. Histories that were begun before moves had rows of their own tell of a move late or
   * not yet: since when the present tier holds is what counts. Returns all moves of the account, oldest first.
   */
  readonly settle: (
    account: string,
    now: { readonly tier: TierId; readonly since: Day },
  ) => readonly TierMove[];
  readonly moves: () => readonly TierMove[];
  /** How each account of the history stood over time. */
  readonly standings: () => readonly Standing[];
}

/** An account over time: what could be held beside one that was moved. */
export interface Standing {
  readonly account: string;
  /** Oldest first. */
  readonly stood: readonly Stood[];
  /** Oldest first. */
  readonly moves: readonly TierMove[];
}

/** An empty log. First assignments are no moves. Memory: tier and measure of each account as often as they changed. */
export function moveLog(): MoveLog {
  const stood = new Map<string, Stood[]>();
  const moves = new Map<string, TierMove[]>();
  const note = (move: TierMove): void => {
    if (move.from === UNASSIGNED || move.to === UNASSIGNED) return;
    moves.set(move.account, [...(moves.get(move.account) ?? []), move]);
  };
  return {
    add: ({ account, day, tier, measure }) => {
      const own = stood.get(account) ?? [];
      const before = own.at(-1);
      if (before?.tier === tier && before.measure === measure) return;
      stood.set(account, own);
      own.push({ day, tier, measure });
      if (before !== undefined && before.tier !== tier) note({ account, day, from: before.tier, to: tier });
    },
    settle: (account, { tier, since }) => {
      const before = stood.get(account)?.at(-1)?.tier;
      const own = moves.get(account) ?? [];
      const latest = own.at(-1);
      if (before !== undefined && before !== tier) note({ account, day: since, from: before, to: tier });
      else if (latest?.to === tier && since < latest.day)
        moves.set(account, [...own.slice(0, -1), { ...latest, day: since }]);
      return moves.get(account) ?? [];
    },
    moves: () => [...moves.values()].flat(),
    standings: () =>
      [...stood].map(([account, own]) => ({ account, stood: own, moves: moves.get(account) ?? [] })),
  };
}

/** A move with an account like it that was not moved. */
export interface MatchedMove {
  readonly move: TierMove;
  readonly like: string;
}

/** Farthest from the line that counts as near: half of it, and twice. */
const NEAR = 2;

/** Whether a measure lies close enough to a line to be held beside those who crossed it. */
export function isNearLine(measure: number, line: number): boolean {
  return distanceTo(line, measure) <= Math.log(NEAR);
}

function distanceTo(line: number, measure: number): number {
  return measure > 0 ? Math.abs(Math.log(measure / line)) : Infinity;
}

export interface MatchQuestion {
  readonly moves: readonly TierMove[];
  readonly standings: readonly Standing[];
  /** Days on which renewals of accounts that were moved were lost. */
  readonly lostOn: ReadonlyMap<string, readonly Day[]>;
  /** The line between two tiers; null = none. */
  readonly lineBetween: (a: TierId, b: TierId) => number | null;
  readonly today: Day;
}

/**
 * For each move an account that was in the same tier on its day, by what was known then lay closest to the line
 * between the two tiers, and was not moved by the end of the window; each serves once. Moves for which nobody is left
 * are left out. Nothing that came after the day chooses, or those who were lost would drop out.
 */
export function matchedMoves(question: MatchQuestion): readonly MatchedMove[] {
  const kinds = Map.groupBy(question.moves, ({ from, to }) => `${from}\n${to}`);
  const taken = new Set<string>();
  return [...kinds.values()].flatMap((kind) => {
    const { from, to } = kind[0] ?? { from: '', to: '' };
    const line = question.lineBetween(from, to);
    if (line === null || !(line > 0)) return [];
    const candidates = question.standings.filter(({ stood }) =>
      stood.some(({ measure }) => measure !== null && isNearLine(measure, line)),
    );
    const days = Map.groupBy(kind.toSorted(byDay), ({ day }) => day);
    return [...days].flatMap(([day, moved]) => {
      const left = candidates.filter(({ account }) => !taken.has(account));
      const near = nearestOn(left, { day, from, line }, question);
      return moved.slice(0, near.length).map((move, nth) => {
        const like = near[nth] ?? '';
        taken.add(like);
        return { move, like };
      });
    });
  });
}

function byDay(a: TierMove, b: TierMove): number {
  return a.day - b.day || (a.account < b.account ? -1 : 1);
}

interface OnDay {
  readonly day: Day;
  readonly from: TierId;
  readonly line: number;
}

/** Accounts that stood in a tier near a line, and were left there; the nearest first. */
function nearestOn(
  standings: readonly Standing[],
  { day, from, line }: OnDay,
  { lostOn, today }: MatchQuestion,
): readonly string[] {
  const end = windowAfter(day, today).to;
  return standings
    .flatMap((one) => {
      const { tier, measure } = standsOn(one, day) ?? { tier: '', measure: null };
      if (tier !== from || measure === null || !isNearLine(measure, line)) return [];
      // Who is lost is often moved for it: a move after the loss is an outcome, and takes nobody out.
      const lost = lostOn.get(one.account)?.filter((on) => on > day) ?? [];
      const upTo = lost.reduce((first, on) => Math.min(first, on), end);
      const moved = one.moves.some((move) => move.day >= day && move.day <= upTo);
      return moved ? [] : [{ account: one.account, away: distanceTo(line, measure) }];
    })
    .toSorted((a, b) => a.away - b.away || (a.account < b.account ? -1 : 1))
    .map(({ account }) => account);
}

/** History may show a move late: one that is dated before it counts. */
function standsOn({ stood, moves }: Standing, day: Day): Stood | null {
  const shown = stood.findLast((one) => one.day <= day);
  if (shown === undefined) return null;
  const moved = moves.findLast((move) => move.day <= day && move.day >= shown.day);
  return moved === undefined ? shown : { ...shown, tier: moved.to };
}
