import type { Day } from '../domain/day.js';
import type { Episode } from '../domain/engagement/episode.js';

export interface StoredEpisode extends Episode {
  readonly account: string;
  /** Last day on which its goal counts; null without a goal. */
  readonly goalUntil: Day | null;
}

export interface EpisodeStore {
  readonly ofAccount: (account: string) => Promise<readonly StoredEpisode[]>;
  /** Pages by (account, edge, id). `running`: only those that have not ended and were not refused. */
  readonly list: (
    filter: { readonly playbook: string | null; readonly running: boolean },
    pageSize: number,
  ) => AsyncIterable<readonly StoredEpisode[]>;
}
