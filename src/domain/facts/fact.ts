import type { Day } from '../day.js';
import type { RecordKind } from './record.js';

/** What a fact's value is made of. Days are numbers (days since 1970-01-01). Null = nobody knows. */
export type FactValue = number | string | boolean | null;

/** A fact with the day it was true at; `asOf` null when the fact is unknown. */
export interface Fact {
  readonly value: FactValue;
  readonly asOf: Day | null;
}

export type FactType = 'number' | 'text' | 'boolean' | 'day';

/** `kind.attribute`, as in the catalogue of attributes: `case.priority`. */
export type AttributeName = `${RecordKind}.${string}`;

/** What the catalogue says of a fact: for type checks, messages, `init` and generated documentation. */
export interface FactDefinition {
  readonly type: FactType;
  /** Plain words, lower case, no full stop: `critical cases open`. */
  readonly label: string;
  /** `cases`, `days`, `%`, `money` (in the org's currency) …; null for texts, booleans and days. */
  readonly unit: string | null;
  /** Attributes (`kind.attribute`) that must be mapped for it to be known. */
  readonly needs: readonly AttributeName[];
  /** Other complete sets, each of which serves as well where `needs` is not mapped. */
  readonly orNeeds?: readonly (readonly AttributeName[])[];
  /** True when it counts an age or a window that is not in its name (`cases.openedLast30` is). */
  readonly timed?: true;
  /** True for outcomes (churn): readable by eligibility and reports, never by a signal or a guard. */
  readonly outcome?: true;
}

/**
 * The facts of one account by dotted id (`cases.open`, `account.seats`, `custom.contract`).
 * Every catalogue id and every mapped custom id is present; unknown ones hold a null value.
 */
export type Facts = Readonly<Record<string, Fact>>;

/**
 * A compiled, type-checked expression over facts. Three-valued: touching an unknown fact gives
 * null, unless the answer does not depend on it. `today` is the local day of the assessment.
 */
export interface Expression<T extends number | string | boolean = number | string | boolean> {
  /** The text as written in config. */
  readonly source: string;
  /** Ids of the facts it reads, sorted. */
  readonly facts: readonly string[];
  readonly evaluate: (facts: Facts, today: Day) => T | null;
}
export type Condition = Expression<boolean>;
