import type { Candidate, Example } from '../../../src/domain/insight/example.js';
import { aSignal, theFact } from '../health/builders.js';

export function aCandidate(id: string, over: Partial<Candidate> = {}): Candidate {
  return {
    id,
    label: `label of ${id}`,
    dimension: 'profile',
    value: theFact(id),
    signal: null,
    inModel: false,
    ...over,
  };
}

/** A candidate whose readings are its scores. */
export function aSignalCandidate(id: string): Candidate {
  return aCandidate(id, { signal: aSignal(id), inModel: true });
}

export function anExample(over: Partial<Example> = {}): Example {
  return {
    account: 'A',
    name: 'Acme',
    cut: 20_000,
    lost: false,
    amount: 1_000,
    segment: 'All',
    tier: 'digital',
    source: 'rebuilt',
    model: 'ongoing',
    score: 5_000,
    band: 'watch',
    cap: null,
    revenue: 1_000,
    existing: null,
    readings: [],
    scores: [],
    ...over,
  };
}

/** Numbers between 0 and 1, the same for the same seed. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
