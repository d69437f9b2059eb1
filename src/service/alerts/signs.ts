import type { Instant } from '../../domain/day.js';
import type { Spending } from '../../ports/call-budget.js';
import type { FeedStatus } from '../../ports/change-feed.js';
import type { QueueCounts } from '../../ports/job-queue.js';
import type { RunRecord } from '../../ports/state-store.js';
import type { EngineSeen } from '../engines.js';
import type { AccountAtRisk } from './at-risk.js';

/** What an engine knows without asking the state. */
export interface Heard {
  /** Null = no feed. */
  readonly feed: FeedStatus | null;
  /** Our calls to the CRM in 24 hours and what is ours of them; null = not known yet. */
  readonly budget: Spending | null;
  /** What is wrong with config/ or mappings/, so that nothing runs before it is mended; null = nothing. */
  readonly configuration: string | null;
  /** What tells less than it did, one sentence each. */
  readonly drift: readonly string[];
}

export const NOTHING_HEARD: Heard = { feed: null, budget: null, configuration: null, drift: [] };

/** One look at an org. */
export interface Signs extends Heard {
  /** Real time. */
  readonly now: Instant;
  /** When this org's service began to look; nothing is overdue before it had its time. */
  readonly lookingSince: Instant;
  /** Runs that write, newest first. */
  readonly runs: readonly RunRecord[];
  readonly engines: readonly EngineSeen[];
  readonly queue: QueueCounts;
  readonly deadLetters: number;
  /** Accounts that came into the lowest band since the last look. */
  readonly atRisk: readonly AccountAtRisk[];
}
