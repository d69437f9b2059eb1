import type { Spending } from '../ports/call-budget.js';
import type { ChangeFeed } from '../ports/change-feed.js';
import type { Clock } from '../ports/clock.js';
import type { JobQueue } from '../ports/job-queue.js';
import type { Log } from '../ports/log.js';
import type { Messenger } from '../ports/messenger.js';
import type { ServiceStore } from '../ports/service-store.js';
import type { StateStore } from '../ports/state-store.js';
import type { Tools } from '../sync/context.js';

/** What an engine works with, for one org: everything that touches the world, opened once and kept. */
export interface EngineParts {
  /** Short name of the org. */
  readonly org: string;
  readonly state: StateStore;
  readonly store: ServiceStore;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly log: Log;
  readonly messengers: readonly Messenger[];
  /** Null where it is switched off or the CRM has none. */
  readonly feed: ChangeFeed | null;
  /** Where people reach the service, without a trailing slash; null = not told. */
  readonly publicUrl: string | null;
  /** What a run works with, with config/ and mappings/ as they are now. Throws `ConfigError` where they are wrong. */
  readonly tools: () => Promise<Tools>;
  /** Our requests to the CRM in 24 hours, of all engines; null before it told how many there are. */
  readonly spending: () => Promise<Spending | null>;
  /** This process on this machine, as a holder of leases. */
  readonly holder: string;
  readonly holderIsGone: (holder: string) => boolean;
  /** Real time for leases and the schedule, whatever the clock of runs says. */
  readonly realNow: () => number;
  readonly newRunId: () => string;
}
