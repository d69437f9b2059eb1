import type { Day } from '../../day.js';
import { type TierId, UNASSIGNED } from '../../tier/tier.js';

/** What was shown of an account on a day. */
export interface ShownOnDay {
  readonly account: string;
  readonly day: Day;
  readonly tier: TierId;
}

/** An account that went from one tier to another. */
export interface TierMove {
  readonly account: string;
  readonly day: Day;
  readonly from: TierId;
  readonly to: TierId;
}

/** Moves as history tells them, fed in the order in which they came. First assignments are no moves. */
export function moveLog(): {
  readonly add: (shown: ShownOnDay) => void;
  readonly moves: () => readonly TierMove[];
} {
  const last = new Map<string, TierId>();
  const moves: TierMove[] = [];
  return {
    add: ({ account, day, tier }) => {
      const before = last.get(account);
      last.set(account, tier);
      if (before === undefined || before === tier || before === UNASSIGNED || tier === UNASSIGNED) return;
      moves.push({ account, day, from: before, to: tier });
    },
    moves: () => moves,
  };
}

/** An account that was not moved, and could be held beside one that was. */
export interface Stayer {
  readonly account: string;
  readonly tier: TierId;
  readonly since: Day;
  readonly measure: number;
}

/** A move with an account like it that was not moved. */
export interface MatchedMove {
  readonly move: TierMove;
  readonly like: string;
}

/** Farthest from the line that counts as near: half of it, and twice. */
const NEAR = 2;

export interface MatchQuestion {
  readonly moves: readonly TierMove[];
  readonly stayers: readonly Stayer[];
  /** The line between two tiers; null = none. */
  readonly lineBetween: (a: TierId, b: TierId) => number | null;
}

/**
 * For each move an account that was in the same tier on its day, was never moved, and lies closest to the line between
 * the two tiers; each serves once. Moves for which nobody is left are left out.
 */
export function matchedMoves({ moves, stayers, lineBetween }: MatchQuestion): readonly MatchedMove[] {
  const kinds = Map.groupBy(moves, ({ from, to }) => `${from}\n${to}`);
  const taken = new Set<string>();
  return [...kinds.values()].flatMap((kind) => {
    const { from, to } = kind[0] ?? { from: '', to: '' };
    const line = lineBetween(from, to);
    if (line === null || !(line > 0)) return [];
    const near = nearest(
      stayers.filter(({ tier }) => tier === from),
      line,
    );
    return [...kind]
      .sort((a, b) => a.day - b.day || (a.account < b.account ? -1 : 1))
      .flatMap((move) => {
        const like = near.find(({ account, since }) => since <= move.day && !taken.has(account));
        if (like === undefined) return [];
        taken.add(like.account);
        return [{ move, like: like.account }];
      });
  });
}

function nearest(stayers: readonly Stayer[], line: number): readonly Stayer[] {
  const distance = ({ measure }: Stayer): number =>
    measure > 0 ? Math.abs(Math.log(measure / line)) : Infinity;
  return stayers
    .filter((one) => distance(one) <= Math.log(NEAR))
    .sort((a, b) => distance(a) - distance(b) || (a.account < b.account ? -1 : 1));
}
