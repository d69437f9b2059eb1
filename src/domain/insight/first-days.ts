import type { Day, DayOf } from '../day.js';
import { earliestOf } from '../facts/aggregate.js';
import type { AccountSubject } from '../facts/book.js';
import type { CrmRow } from '../facts/record.js';
import { categoryOf, flagOf, numberOf, textOf } from '../facts/row-values.js';
import { FEATURE_DAYS, type NewCustomer, USE_DAYS } from './milestones.js';

/** An account as its first days are read. */
export interface FirstDaysQuestion {
  readonly subject: AccountSubject;
  readonly dayZero: Day;
  readonly segment: string;
  /** Day on which each moment of onboarding was first seen done, by id. */
  readonly moments: Readonly<Record<string, Day>>;
  readonly today: Day;
  readonly dayOf: DayOf;
  /** True = renewals do not tell who stayed: still a customer a year after day 0 did, whoever left before it did not. */
  readonly byChurn: boolean;
}

/** What is known of a customer's first days and of what came of it; null = the first renewal is still to come. */
export function newCustomerOf(question: FirstDaysQuestion): NewCustomer | null {
  const { subject, dayZero, segment, moments } = question;
  const outcome = question.byChurn ? firstYear(question) : firstOutcome(question);
  if (outcome === null) return null;
  const seen = Object.entries(moments).map(([id, day]) => [`moment:${id}`, day] as const);
  return {
    account: subject.account.id,
    segment,
    dayZero,
    outcome,
    firstOn: { ...firstsOf(question), ...Object.fromEntries(seen) },
    counts: countsOf(subject.rows.usage ?? [], dayZero),
  };
}

/** The first renewal that was closed after day 0, or the day on which it left where that came first. */
function firstOutcome({ subject, dayZero, today }: FirstDaysQuestion): NewCustomer['outcome'] | null {
  const later = (day: Day | null): day is Day => day !== null && day > dayZero && day <= today;
  const outcomes = (subject.rows.opportunity ?? []).flatMap((row) => {
    const [on, won] = [numberOf(row, 'closeOn'), flagOf(row, 'won')];
    const closed = flagOf(row, 'closed') === true && categoryOf(row, 'type') === 'renewal';
    return closed && won !== null && later(on) ? [{ on, lost: !won }] : [];
  });
  const leftOn = numberOf(subject.account, 'churnedOn');
  const left = later(leftOn) ? [{ on: leftOn, lost: true }] : [];
  // Of two on one day the won one counts: somebody stayed.
  return [...outcomes, ...left].sort((a, b) => a.on - b.on || Number(a.lost) - Number(b.lost))[0] ?? null;
}

const YEAR = 365;

function firstYear({ subject, dayZero, today }: FirstDaysQuestion): NewCustomer['outcome'] | null {
  const [leftOn, end] = [numberOf(subject.account, 'churnedOn'), dayZero + YEAR];
  if (leftOn !== null && leftOn <= dayZero) return null;
  if (leftOn !== null && leftOn <= Math.min(end, today)) return { on: leftOn, lost: true };
  return end <= today ? { on: end, lost: false } : null;
}

function firstsOf({ subject: { account, rows }, today, dayOf }: FirstDaysQuestion): NewCustomer['firstOn'] {
  const usage = rows.usage ?? [];
  const past = (rows.activity ?? []).filter((row) => flagOf(row, 'done') !== false);
  const opened = (rows.case ?? []).map((row) => numberOf(row, 'openedAt'));
  const firsts = {
    'first-use': firstDay(usage.filter((row) => numberOf(row, 'count') !== 0)),
    'first-value': firstDay(usage.filter((row) => (numberOf(row, 'keyActions') ?? 0) > 0)),
    'criteria-agreed': numberOf(account, 'criteriaAgreedOn'),
    meeting: firstDay(past.filter((row) => categoryOf(row, 'kind') === 'meeting' && isHeld(row))),
    training: firstDay(past.filter((row) => categoryOf(row, 'kind') === 'training' && isHeld(row))),
    case: earliestOf(opened.map((at) => (at === null ? null : dayOf(at)))),
  };
  return Object.fromEntries(
    Object.entries(firsts).flatMap(([name, day]) => (day === null || day > today ? [] : [[name, day]])),
  );
}

function isHeld(row: CrmRow): boolean {
  return categoryOf(row, 'outcome') === 'held';
}

function firstDay(rows: readonly CrmRow[]): Day | null {
  return earliestOf(rows.map((row) => numberOf(row, 'on')));
}

function countsOf(usage: readonly CrmRow[], dayZero: Day): NewCustomer['counts'] {
  const by = (days: number): readonly CrmRow[] =>
    usage.filter((row) => (numberOf(row, 'on') ?? Infinity) <= dayZero + days);
  const actions = USE_DAYS.map((days) => {
    const sum = by(days).reduce((total, row) => total + (numberOf(row, 'keyActions') ?? 0), 0);
    return [`key-actions@${days}`, sum] as const;
  });
  const used = by(FEATURE_DAYS).filter((row) => numberOf(row, 'count') !== 0);
  const features = new Set(used.map((row) => textOf(row, 'feature')).filter((name) => name !== null)).size;
  return Object.fromEntries([...actions, [`features@${FEATURE_DAYS}`, features]]);
}
