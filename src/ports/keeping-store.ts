import type { Day } from '../domain/day.js';

/** What grows with time and may be let go of. */
export const PRUNED_KINDS = [
  'history',
  'episodes',
  'decisions',
  'engagement',
  'tasks',
  'deadLetters',
  'runs',
] as const;
export type PrunedKind = (typeof PRUNED_KINDS)[number];

/** A person by everything that names them. Never logged. */
export interface PersonTraces {
  /** 18-character contact ids. */
  readonly contacts: readonly string[];
  /** Keyed hashes of their addresses: they stay where a key needs them, and suppress. */
  readonly persons: readonly string[];
  /**
   * What stands for each word that names them (address, full name, contact id), found without regard to case;
   * no word is shorter than 5 characters.
   */
  readonly words: ReadonlyMap<string, string>;
}

/** How many places name a person, by kind of place. */
export type TraceCounts = Readonly<Record<string, number>>;

/** How long things are kept, and how somebody is forgotten. */
export interface KeepingStore {
  /**
   * Takes out at most `limit` of what is older than a day; fewer than `limit` means that no more is. Episodes
   * that run or whose goal still counts stay, and of the history the last entry before the day of each account.
   * Of decisions only particulars go: key, status, person and day stay for ever.
   */
  readonly prune: (kind: PrunedKind, before: Day, limit: number) => Promise<number>;
  /** Where somebody is named; changes nothing. */
  readonly traces: (who: PersonTraces) => Promise<TraceCounts>;
  /**
   * Takes somebody out of everything and suppresses them for ever. Can be repeated, and goes on where an
   * earlier one was cut off. Returns what `traces` would have said.
   */
  readonly forget: (who: PersonTraces) => Promise<TraceCounts>;
  /** Gives room back to the disk, and leaves nothing of what was taken out in the files. */
  readonly compact: () => Promise<void>;
}
