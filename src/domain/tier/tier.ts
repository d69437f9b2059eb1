import type { Day } from '../day.js';
import type { Condition, Expression } from '../facts/fact.js';

/** A tier's id as configured (`high-touch`, `hybrid`, `digital`), or `unassigned` when revenue is unknown. */
export type TierId = string;
export const UNASSIGNED = 'unassigned';

export interface Tier {
  readonly id: TierId;
  readonly label: string;
}

export type TierPolicy =
  | {
      readonly kind: 'thresholds';
      /** In order; the first that holds wins; the last has no line and serves everyone else. */
      readonly rules: readonly {
        readonly tier: TierId;
        readonly atLeast: number | null;
        readonly when: Condition | null;
      }[];
    }
  | {
      readonly kind: 'pareto';
      /** Cumulative share of the measure (0-1) at which each tier ends; the last tier takes the rest. */
      readonly cuts: readonly { readonly tier: TierId; readonly upToShare: number | null }[];
    }
  | {
      readonly kind: 'capacity';
      /** In the order in which they are filled; the last has no places of its own and takes the rest. */
      readonly fill: readonly { readonly tier: TierId; readonly places: TierPlaces | null }[];
      /** Measure that one person answers for, outside of which it is worth a word. */
      readonly perPerson: { readonly warnBelow: number; readonly warnAbove: number };
    };

/** How many accounts the people of a tier can look after. */
export interface TierPlaces {
  readonly count: number;
  readonly people: number;
  /** What sets the limit: accounts a person, or hours. */
  readonly by: 'accounts' | 'hours';
}

export interface CalmRules {
  /** Share past the line that a move needs, 0.1 = 10 %. */
  readonly margin: number;
  /** Days in a tier before a move. */
  readonly minDwell: number;
  /** Share past the line at which the dwell does not matter. */
  readonly farPast: number;
  /** Share of accounts that may move per `maxMovesDays`, at least one. */
  readonly maxMoves: number;
  readonly maxMovesDays: number;
}

export interface TierRules {
  /** From the most personal contact to the most scaled. The order carries no rank of worth. */
  readonly tiers: readonly Tier[];
  /** The number that lines are drawn on, usually yearly revenue in the org's currency. */
  readonly measure: Expression<number>;
  readonly measureLabel: string;
  readonly overrides: readonly {
    readonly id: string;
    readonly label: string;
    readonly when: Condition;
    readonly tier: TierId;
  }[];
  readonly policy: TierPolicy;
  readonly calm: CalmRules;
}

/** What an account's facts ask for, before moves are counted over the whole book. */
export interface TierWish {
  readonly target: TierId;
  readonly by: 'lock' | 'override' | 'policy' | 'unassigned';
  /** In words, for the account record. */
  readonly reason: string;
  /** Why the current tier stands until the move is made; empty when there is nothing to wait for. */
  readonly reasonMeanwhile: string;
  readonly measure: number | null;
  /** How far past the line the measure is, as a share of the line; null when no line was crossed. */
  readonly past: number | null;
  /** `stay`: already there. `free`: lock, override or first assignment, not counted. `counted`: needs a place under the cap. `dwell`: too early. */
  readonly move: 'stay' | 'free' | 'counted' | 'dwell';
}

/** Where a tier's lines lie this quarter. Frozen, so that one large deal elsewhere moves nobody. */
export interface TierLines {
  readonly quarter: string;
  /** Lowest measure of each tier, in the order of `tiers`; null = no lower line. */
  readonly lines: readonly { readonly tier: TierId; readonly from: number | null }[];
  /** What somebody should know of how they came out, one sentence each. */
  readonly remarks: readonly string[];
}

/** The tier that an account has, and why. */
export interface TierState {
  readonly tier: TierId;
  readonly since: Day;
  readonly reason: string;
  readonly by: TierWish['by'];
  /** A move that dwell or the cap holds back, or null. */
  readonly waitingFor: TierId | null;
}
