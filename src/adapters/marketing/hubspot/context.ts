import type { Budgets } from '../../../ports/call-budget.js';
import type { Clock } from '../../../ports/clock.js';
import type { Log } from '../../../ports/log.js';
import type { HubspotClient, Limits } from './client.js';
import type { Paths } from './paths.js';

/** What each part of the adapter works with. */
export interface Context {
  readonly client: HubspotClient;
  readonly paths: Paths;
  readonly stamps: Stamps;
  readonly budgets: Budgets;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: Limits;
}

/** Names of the unique properties that hold Salesforce ids. */
export interface Stamps {
  readonly contact: string;
  readonly company: string;
}

/** HubSpot's own limit for every batch of records. */
export const BATCH_SIZE = 100;
/** The same where former values are read (words of a refusal, PipedreamHQ/pipedream#8462, seen 2026-11-22). */
export const HISTORY_BATCH_SIZE = 50;
export const CONTACT_TYPE = '0-1';

export function chunksOf<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  const chunks: (readonly T[])[] = [];
  for (let at = 0; at < all.length; at += size) chunks.push(all.slice(at, at + size));
  return chunks;
}
