import type { AccountSubject, FactBasis } from '../facts/basis.js';
import { deriveFacts } from '../facts/derive.js';
import type { Fact, Facts } from '../facts/fact.js';
import type { CrmRow, RecordKind } from '../facts/record.js';
import type { Pulse } from '../health/assessment.js';
import { latestPulse } from '../health/latest-pulse.js';
import { type Cut, type RowAsOf, rowAsOf, type StampedRow, type Standing } from './as-of.js';
import { isOutcome, withoutLost } from './lost-facts.js';

declare const AS_OF: unique symbol;

/**
 * What was known of an account at the end of a day. Only `knownAt` makes one, and only from rows that it has cut
 * off there: whatever takes one cannot look ahead.
 */
export interface KnownAt {
  readonly [AS_OF]: true;
  /** The last day that was looked at. */
  readonly day: number;
  readonly facts: Facts;
  readonly pulse: Pulse | null;
}

/** An account with its rows as they are now. */
export interface StampedSubject {
  readonly account: StampedRow;
  readonly rows: Readonly<Partial<Record<Exclude<RecordKind, 'account'>, readonly StampedRow[]>>>;
}

/** What was known at the end of the day of `basis`, whose feeds and rates must end there, too; null = the account was not there yet. */
export function knownAt(subject: StampedSubject, basis: FactBasis): KnownAt | null {
  const cut: Cut = { day: basis.today, dayOf: basis.dayOf };
  const account = rowAsOf(subject.account, 'account', cut);
  if (account === null) return null;
  const lost = new Map<Standing, Set<string>>();
  const note = (kind: RecordKind, { standing, lost: names }: RowAsOf): void => {
    for (const name of names) lost.set(standing, (lost.get(standing) ?? new Set()).add(`${kind}.${name}`));
  };
  note('account', account);
  const rows: Partial<Record<Exclude<RecordKind, 'account'>, CrmRow[]>> = {};
  for (const kind of Object.keys(subject.rows) as Exclude<RecordKind, 'account'>[]) {
    const known = (subject.rows[kind] ?? []).flatMap((row) => rowAsOf(row, kind, cut) ?? []);
    for (const one of known) note(kind, one);
    rows[kind] = known.map(({ row }) => row);
  }
  const cutOff: AccountSubject = { account: account.row, rows };
  const derived = deriveFacts(cutOff, withoutLost(basis, lost));
  const own = basis.custom.filter(({ outcome }) => outcome === true).map(({ name }) => `custom.${name}`);
  const outcomes = [...Object.keys(derived).filter(isOutcome), ...own];
  const facts = { ...derived, ...Object.fromEntries(outcomes.map((id) => [id, UNKNOWN])) };
  return { day: basis.today, facts, pulse: latestPulse(rows.pulse, basis) } as unknown as KnownAt;
}

const UNKNOWN: Fact = { value: null, asOf: null };

/** The same, with facts that are known from elsewhere as of that day or before, in the place of unknown ones. */
export function alsoKnown(known: KnownAt, facts: Facts): KnownAt {
  const filled = Object.entries(facts).filter(
    ([id, { asOf }]) => known.facts[id]?.value === null && asOf !== null && asOf <= known.day,
  );
  return filled.length === 0 ? known : { ...known, facts: { ...known.facts, ...Object.fromEntries(filled) } };
}
