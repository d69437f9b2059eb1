import type { MessagePort } from 'node:worker_threads';
import type { OrgPlace } from '../connection/org-place.js';

/** What a thread is started with. */
export interface ThreadTask {
  readonly place: OrgPlace;
  /** Where the front asks for jobs that live in the thread; null where they live in Redis. */
  readonly queue: MessagePort | null;
}

/** The only thing that an engine is told: stop, within about `graceMs`. */
export interface ToEngine {
  readonly graceMs: number;
}

export type FromEngine =
  | { readonly kind: 'started' }
  | { readonly kind: 'stopped' }
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly message: string;
      readonly actions: readonly string[];
      readonly retryable: boolean;
    };
