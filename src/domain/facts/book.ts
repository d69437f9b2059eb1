import type { Day, DayOf } from '../day.js';
import type { FactType, FactValue } from './fact.js';
import type { RateTable } from './money.js';
import type { CrmRow, RecordKind } from './record.js';

/** A field of the org's own on the account: account rows hold it under `custom.<name>`, as does the fact. */
export interface CustomFact {
  readonly name: string;
  readonly type: FactType;
  /** True = what a score must predict and never read. */
  readonly outcome?: boolean;
}

/** What holds for the whole book on one day. */
export interface BookOfDay {
  readonly today: Day;
  readonly dayOf: DayOf;
  /** Mapped attributes as `kind.attribute`. */
  readonly mapped: ReadonlySet<string>;
  /**
   * How far each feed reaches over the whole book; null = it never held a row; absent = as far as
   * today. What is counted from a feed that stopped is as old as its end: stale, not zero.
   */
  readonly feeds: Readonly<Partial<Record<RecordKind, Day | null>>>;
  readonly rates: RateTable | null;
  readonly custom: readonly CustomFact[];
  /** Day on which this state first looked at the book; absent = it always did. */
  readonly watchedFrom?: Day;
  /** Day on which what people did in a channel was first read; null = never; absent = it always was. */
  readonly outcomesFrom?: Day | null;
}

/** A book of a day with what the mapping lets us know worked out once. */
export interface FactBasis extends BookOfDay {
  /** Ids of the built-in facts that can be known at all. */
  readonly derivable: ReadonlySet<string>;
}

/** An account row with everything that belongs to it; a kind that can't be read is absent, not empty. */
export interface AccountSubject {
  readonly account: CrmRow;
  readonly rows: Readonly<Partial<Record<Exclude<RecordKind, 'account'>, readonly CrmRow[]>>>;
}

/** What a group of facts comes to; `asOf` names those that were not true today but at another day. */
export interface Derived<Id extends string> {
  readonly values: Readonly<Record<Id, FactValue>>;
  readonly asOf?: Readonly<Partial<Record<Id, Day | null>>>;
  /** The day at which all others were true; absent = today. */
  readonly otherwiseAsOf?: Day | null;
}
