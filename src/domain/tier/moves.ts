import type { Day } from '../day.js';
import type { CalmRules, TierId } from './tier.js';

/** A move that needs a place under the cap. */
export interface MoveRequest {
  readonly account: string;
  readonly target: TierId;
  /** Share past the line. */
  readonly past: number;
  readonly measure: number;
}

/** Moves made lately, by account: what the cap has already spent. */
export type MoveLog = Readonly<Record<string, { readonly day: Day; readonly target: TierId }>>;

/** Text that sorts requests as they are granted: furthest past first, then the larger measure, then id. */
export function moveOrder(request: MoveRequest): string {
  const falling = (value: number): string =>
    (1e15 - Math.round(Math.min(value, 1e9) * 1e6)).toString().padStart(16, '0');
  return `${falling(request.past)}:${falling(Math.max(0, request.measure))}:${request.account}`;
}

/** How many moves may be made within the window over a book of this size: a share of it, at least one. */
export function moveAllowance(calm: CalmRules, accounts: number): number {
  return Math.max(1, Math.floor(calm.maxMoves * accounts));
}

/** The log without what fell out of the window `(today - maxMovesDays, today]`. */
export function recentMoves(log: MoveLog, calm: CalmRules, today: Day): MoveLog {
  return Object.fromEntries(Object.entries(log).filter(([, { day }]) => day > today - calm.maxMovesDays));
}
