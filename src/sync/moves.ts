import { type MoveLog, recentMoves } from '../domain/tier/moves.js';
import type { Run } from './context.js';

const MOVES = 'tier-moves';

/** Moves granted within the window: what the cap has spent, and what an interrupted run had granted. */
export async function recentlyMoved(run: Run): Promise<MoveLog> {
  const kept = ((await run.state.notes.get(MOVES)) ?? {}) as MoveLog;
  return recentMoves(kept, run.settings.tiers.calm, run.today);
}

export async function keepMoves(run: Run, moves: MoveLog): Promise<void> {
  await run.state.notes.set(MOVES, moves);
}
