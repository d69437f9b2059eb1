import type { FactDefinition, FactType } from '../../domain/facts/fact.js';

/** Facts that an expression may read, by dotted id, and the ones it must not although they exist. */
export interface Vocabulary {
  readonly facts: Readonly<Record<string, FactDefinition>>;
  /** Fact id -> why it can't be read here, in words. */
  readonly refused: Readonly<Record<string, string>>;
  /** Texts that a fact can have, where we give the names ourselves: a comparison with another is a slip. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/** Our type names in CEL. Days are counted, so that `today - cases.surgeOn` is a number of days. */
export const CEL_TYPES: Readonly<Record<FactType, 'double' | 'string' | 'bool'>> = {
  number: 'double',
  day: 'double',
  text: 'string',
  boolean: 'bool',
};

/** Functions on days, beside `has(fact)`, which is true when the fact is known. */
export const DAY_FUNCTIONS: Readonly<Record<string, (day: number, today: number) => number>> = {
  daysSince: (day, today) => today - day,
  daysUntil: (day, today) => day - today,
};

export const TEXT_METHODS: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  contains: (text, part) => text.includes(part),
  startsWith: (text, part) => text.startsWith(part),
  endsWith: (text, part) => text.endsWith(part),
};

/** Splits facts into what may be read and outcomes, which must never feed a score. */
export function withoutOutcomes(facts: Readonly<Record<string, FactDefinition>>): Omit<Vocabulary, 'values'> {
  const entries = Object.entries(facts);
  const why = 'it is an outcome, which a score must predict and therefore never read';
  return {
    facts: Object.fromEntries(entries.filter(([, fact]) => fact.outcome !== true)),
    refused: Object.fromEntries(entries.filter(([, fact]) => fact.outcome === true).map(([id]) => [id, why])),
  };
}
