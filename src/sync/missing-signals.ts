import type { HealthAssessment } from '../domain/health/assessment.js';

/** Share (0-1) of accounts of which a signal of their model says nothing, by signal id. */
export type MissingShares = Readonly<Record<string, number>>;

/** How many accounts were asked for a signal, and of how many it said nothing, by signal id. */
export type MissingCounts = Readonly<Record<string, readonly [asked: number, missing: number]>>;

export interface MissingCount {
  readonly add: (health: Pick<HealthAssessment, 'signals'>) => void;
  readonly counts: () => MissingCounts;
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
    counts: () => Object.fromEntries([...asked].map(([id, count]) => [id, [count, missing.get(id) ?? 0]])),
  };
}

/** The shares over the whole book, from the counts of its parts. */
export function sharesOf(parts: readonly MissingCounts[]): MissingShares {
  const all = Map.groupBy(
    parts.flatMap((part) => Object.entries(part)),
    ([id]) => id,
  );
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  return Object.fromEntries(
    [...all].map(([id, counts]) => {
      const asked = sum(counts.map(([, [count]]) => count));
      const missing = sum(counts.map(([, [, count]]) => count));
      return [id, missing / asked];
    }),
  );
}
