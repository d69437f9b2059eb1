import type { HealthAssessment } from '../domain/health/assessment.js';

/** Share (0-1) of accounts of which a signal of their model says nothing, by signal id. */
export type MissingShares = Readonly<Record<string, number>>;

export interface MissingCount {
  readonly add: (health: Pick<HealthAssessment, 'signals'>) => void;
  readonly shares: () => MissingShares;
}

/** Counts over the book in which signals are missing or too old: a feed that died shows here on the day it grows stale. */
export function countMissing(): MissingCount {
  const asked = new Map<string, number>();
  const missing = new Map<string, number>();
  const more = (counts: Map<string, number>, id: string): void =>
    void counts.set(id, (counts.get(id) ?? 0) + 1);
  return {
    add: ({ signals }) => {
      for (const { id, state } of signals) {
        more(asked, id);
        if (state !== 'present') more(missing, id);
      }
    },
    shares: () => Object.fromEntries([...asked].map(([id, count]) => [id, (missing.get(id) ?? 0) / count])),
  };
}
