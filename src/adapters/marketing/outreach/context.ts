import type { Clock } from '../../../ports/clock.js';
import type { Log } from '../../../ports/log.js';
import type { OutreachClient } from './client.js';

/** What each part of the adapter works with. */
export interface Context {
  readonly client: OutreachClient;
  readonly clock: Clock;
  readonly log: Log;
}

/** Ids or addresses in one filter: a longer list would not fit into an address of 8,000 characters. */
export const BATCH_SIZE = 50;

export function chunksOf<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, chunk) =>
    all.slice(chunk * size, (chunk + 1) * size),
  );
}
