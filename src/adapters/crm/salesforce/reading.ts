import type { Clock } from '../../../ports/clock.js';
import type { Log } from '../../../ports/log.js';
import type { Client } from './client.js';
import type { Catalogue } from './describe.js';
import type { RetryPolicy } from './retry.js';

/** What every read and write of records needs. */
export interface Reading {
  readonly client: Client;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly log: Log;
  readonly retry: RetryPolicy;
  /** Longest wait for an answer, or for the next piece of one. */
  readonly timeoutMs: number;
  readonly apiVersion: string;
}
