import type { Clock } from '../ports/clock.js';
import type { Digest } from '../ports/digest.js';
import type { JobQueue } from '../ports/job-queue.js';
import type { Log } from '../ports/log.js';
import type { ServiceStore } from '../ports/service-store.js';
import type { Settings } from '../ports/settings.js';
import type { StateStore } from '../ports/state-store.js';

/**
 * What the front of the service (API and console) works with, for one org. It reads the state, and asks for
 * work through the queue; it never talks to the CRM or to a marketing tool itself.
 */
export interface Desk {
  /** Short name of the org. */
  readonly org: string;
  readonly settings: () => Settings;
  readonly state: StateStore;
  readonly store: ServiceStore;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly log: Log;
  readonly digest: Digest;
}

/** Who asks, and the thread by which all that follows is found again. */
export interface Asker {
  /** `user:name`, `token:id`, `cli:name` or `schedule`. */
  readonly who: string;
  readonly trace: string;
}
