import type { Day } from '../day.js';
import type { Facts, FactValue } from '../facts/fact.js';
import type { SignalReading } from '../health/assessment.js';
import type { Cents, ModelSignal } from '../health/model.js';
import { scoreOn } from './curve.js';

/** A reading before it is known what share of the score it carries. */
export type Reading = Omit<SignalReading, 'dimension' | 'share'>;

/**
 * Reads one signal. It is missing when a fact is unknown or no curve fits, and stale when what it
 * rests on is older than `freshFor` days.
 */
export function readSignal(signal: ModelSignal, facts: Facts, today: Day): Reading {
  const value = signal.value.evaluate(facts, today);
  const asOf = value === null ? null : oldestOf(signal.value.facts, facts, today);
  const read = { id: signal.id, value, asOf };
  if (asOf !== null && isStale(signal, asOf, today)) return { ...read, state: 'stale', score: null };
  const score = curvedScore(signal, value, { facts, today });
  return { ...read, state: score === null ? 'missing' : 'present', score };
}

/** The last day on which a reading as of `asOf` is fresh; null = for ever. */
export function freshUntil(signal: ModelSignal, asOf: Day): Day | null {
  return signal.freshFor === null ? null : asOf + signal.freshFor;
}

function isStale(signal: ModelSignal, asOf: Day, today: Day): boolean {
  const until = freshUntil(signal, asOf);
  return until !== null && today > until;
}

/** A reading is as old as the oldest known fact in it; one that rests on an absence is of today. */
function oldestOf(ids: readonly string[], facts: Facts, today: Day): Day {
  return ids.reduce((oldest, id) => Math.min(oldest, facts[id]?.asOf ?? today), today);
}

interface Around {
  readonly facts: Facts;
  readonly today: Day;
}

function curvedScore(signal: ModelSignal, value: FactValue, { facts, today }: Around): Cents | null {
  if (value === null) return null;
  const chosen = signal.curves.find(({ when }) => when === null || when.evaluate(facts, today) === true);
  return chosen ? scoreOn(chosen.curve, value) : null;
}
