import type { AccountState } from '../domain/assess-account.js';
import type { Moment } from '../domain/engagement/moment.js';
import { type Cohort, momentTimes, type WatchedCustomer } from '../domain/program/moment-times.js';
import type { StateStore } from '../ports/state-store.js';
import { PAGE } from './context.js';
import { notedFirstLook } from './rules.js';
import type { StoredResult } from './stored-result.js';

export interface MomentSheet {
  readonly cohorts: readonly Cohort[];
  /** Customers who began before anybody watched: when they did what cannot be told. */
  readonly unwatched: number;
}

/** Reads every account's log of moments. Only customers who began while we watched are measured. */
export async function measureMoments(state: StateStore, moments: readonly Moment[]): Promise<MomentSheet> {
  const first = await notedFirstLook(state.notes);
  const watched: WatchedCustomer[] = [];
  let unwatched = 0;
  for await (const page of state.assessments.bundles({ which: 'all', day: 0, after: null }, PAGE)) {
    for (const { assessed } of page) {
      const dayZero = (assessed?.result as StoredResult | undefined)?.dayZero ?? null;
      if (assessed === null || dayZero === null) continue;
      if (first === null || dayZero < first) unwatched += 1;
      else watched.push({ dayZero, done: (assessed.state as AccountState).moments });
    }
  }
  return { cohorts: momentTimes(watched, moments), unwatched };
}
