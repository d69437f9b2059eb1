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

/** Moves, gathered from history and from how accounts stand now. */
export interface MoveLog {
  /** A row of history; rows of an account come in their order. */
  readonly add: (shown: ShownOnDay) => void;
  /**
   * How an account stands today. History is written when a score or a band changes, so that a move may show in it
   * late or not yet: since when the present tier holds is what counts. True = the account was ever moved.
   */
  readonly settle: (account: string, now: { readonly tier: TierId; readonly since: Day }) => boolean;
  readonly moves: () => readonly TierMove[];
}

/** An empty log. First assignments are no moves. Memory: a tier for each account, and the moves. */
export function moveLog(): MoveLog {
  const last = new Map<string, TierId>();
  const moves = new Map<string, TierMove[]>();
  const note = (move: TierMove): void => {
    if (move.from === UNASSIGNED || move.to === UNASSIGNED) return;
    moves.set(move.account, [...(moves.get(move.account) ?? []), move]);
  };
  return {
    add: ({ account, day, tier }) => {
      const before = last.get(account);
      last.set(account, tier);
      if (before !== undefined && before !== tier) note({ account, day, from: before, to: tier });
    },
    settle: (account, { tier, since }) => {
      const before = last.get(account);
      const own = moves.get(account) ?? [];
      const latest = own.at(-1);
      if (before !== undefined && before !== tier) note({ account, day: since, from: before, to: tier });
      else if (latest?.to === tier && since < latest.day)
        moves.set(account, [...own.slice(0, -1), { ...latest, day: since }]);
      return moves.has(account);
    },
    moves: () => [...moves.values()].flat(),
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
