import type { Day } from '../../domain/day.js';
import type { HistoryEntry } from '../../ports/state-store.js';

/** An account that came into another band. */
export interface BandMove {
  readonly account: string;
  readonly day: Day;
  readonly from: string;
  readonly to: string;
}

/** The parts of a history entry that tell it. */
interface Kept {
  readonly shown: { readonly band: string };
  readonly record: { readonly base: { readonly band: string } | null };
}

/** A first band is no move, and neither is one that became unknown or known again. */
export function bandMoves(entries: readonly HistoryEntry[]): readonly BandMove[] {
  const moves = entries.flatMap(({ account, day, entry }): readonly BandMove[] => {
    const { shown, record } = entry as Kept;
    const from = record.base?.band ?? 'unknown';
    const told = from !== shown.band && from !== 'unknown' && shown.band !== 'unknown';
    return told ? [{ account, day, from, to: shown.band }] : [];
  });
  // An account that is assessed twice on a day moves once: the last assessment counts.
  return [...new Map(moves.map((move) => [`${move.account}:${move.day}`, move])).values()];
}
