import type { Day } from '../domain/day.js';
import { deriveFacts } from '../domain/facts/derive.js';
import type { Condition } from '../domain/facts/fact.js';
import { inOrgCurrency } from '../domain/facts/money.js';
import { categoryOf, flagOf, numberOf, textOf } from '../domain/facts/row-values.js';
import { type ExamineRules, examine, type ShownThen } from '../domain/insight/examine.js';
import type { Example, Outcomes } from '../domain/insight/example.js';
import { knownAt, type StampedSubject } from '../domain/insight/known-at.js';
import type { AccountBundle, StateStore } from '../ports/state-store.js';
import { PAGE, type Run } from '../sync/context.js';
import { everyKind } from '../sync/every-kind.js';
import { type BasisAt, basisAt } from './basis-at.js';
import { candidatesOf, withoutNames } from './candidates.js';
import { type BookOutcome, customerAt, leftWithoutDay, outcomeBy } from './outcome-kind.js';

/** Which outcomes are looked back on. */
export interface OutcomeQuestion {
  /** Days between a cut-off and its outcome, or for which outcomes are waited for. */
  readonly days: number;
  /** All accounts at the end of this day; null = each renewal, `days` before its close. */
  readonly asOf: Day | null;
  /** Lost, by the facts of the day `days` after the cut-off; null = by renewals, else by the day of churn. */
  readonly lostWhen: Condition | null;
  /** Who is looked at, by the facts of the cut-off; null = every customer. */
  readonly among: Condition | null;
}

/** What counts as an outcome: closed renewals, the day on which customers left, or an expression. */
export type OutcomeKind = BookOutcome | 'expression';

/** Why an account, or a renewal of one, is no outcome that is looked at. */
export type LeftOutReason =
  | 'churnedWithoutDay'
  | 'noRenewal'
  | 'outcomeUnknown'
  | 'noCustomerYet'
  | 'hadLeft'
  | 'notAmong';

/** How many were left out, by reason; absent = none. */
export type LeftOut = Readonly<Partial<Record<LeftOutReason, number>>>;

/** Outcomes, and how they were found. */
export interface Gathered extends Outcomes {
  readonly leftOut: LeftOut;
  readonly kind: OutcomeKind;
  readonly days: number;
  readonly asOf: Day | null;
}

/** All outcomes of the stored book, with what was known at each cut-off. */
export async function gatherOutcomes(run: Run, question: OutcomeQuestion): Promise<Gathered> {
  const { days, asOf } = question;
  const known = { ...run, basisAt: basisAt(run) };
  if (question.lostWhen !== null) {
    const byExpression = await gather(known, question, expressionOutcomes(known, question));
    return { ...byExpression, kind: 'expression', days, asOf };
  }
  const renewals = await gather(known, question, renewalOutcomes(run, question));
  if (outcomeBy(renewals.examples, run) === 'renewals') return { ...renewals, kind: 'renewals', days, asOf };
  const left = await gather(known, question, churnOutcomes(asOf ?? run.today - days, days));
  return { ...left, kind: 'churn', days, asOf: asOf ?? run.today - days };
}

/** What came of an account after a cut-off. */
interface Outcome {
  readonly cut: Day;
  readonly lost: boolean;
  /** Of the renewal; null = the account's revenue stands for it. */
  readonly amount: number | null;
}

type OutcomesOf = (subject: StampedSubject) => Promise<readonly Outcome[] | LeftOutReason>;
type Looking = Run & { readonly basisAt: BasisAt };

async function gather(
  run: Looking,
  { among }: OutcomeQuestion,
  outcomesOf: OutcomesOf,
): Promise<Outcomes & Pick<Gathered, 'leftOut'>> {
  const candidates = candidatesOf(run.settings, await run.basisAt(run.today));
  const { health: policy, tiers, program } = run.settings;
  const rules = { policy, candidates, tiers, segmentBy: program.segmentBy?.fact ?? null };
  const examples: Example[] = [];
  const leftOut: Partial<Record<LeftOutReason, number>> = {};
  const leave = (reason: LeftOutReason): void => {
    leftOut[reason] = (leftOut[reason] ?? 0) + 1;
  };
  const pages = run.state.assessments.bundles({ which: 'all', day: run.today, after: null }, PAGE);
  for await (const page of pages)
    for (const bundle of page) {
      const outcomes = await outcomesOf(subjectOf(run, bundle));
      if (typeof outcomes === 'string') leave(outcomes);
      else if (outcomes.length > 0)
        examples.push(...(await examplesOf(run, { bundle, outcomes, among, leave }, rules)));
    }
  return { ...withoutNames({ candidates, examples }), leftOut };
}

function subjectOf(run: Run, { account, rows }: AccountBundle): StampedSubject {
  return { account, rows: everyKind(rows, run) };
}

interface Found {
  readonly bundle: AccountBundle;
  readonly outcomes: readonly Outcome[];
  readonly among: Condition | null;
  readonly leave: (reason: LeftOutReason) => void;
}

async function examplesOf(
  run: Looking,
  { bundle, outcomes, among, leave }: Found,
  rules: ExamineRules,
): Promise<readonly Example[]> {
  const subject = subjectOf(run, bundle);
  const shown = await historyOf(run.state, bundle.account.id);
  const examples: Example[] = [];
  for (const { cut, lost, amount } of outcomes) {
    const known = customerAt(subject, cut) ?? knownAt(subject, await run.basisAt(cut)) ?? 'noCustomerYet';
    if (typeof known === 'string') {
      leave(known);
      continue;
    }
    if (among !== null && among.evaluate(known.facts, cut) !== true) {
      leave('notAmong');
      continue;
    }
    const examined = examine(known, shown, rules);
    const { id: account } = subject.account;
    const name = textOf(subject.account, 'name') ?? account;
    examples.push({ ...examined, account, name, lost, amount: amount ?? examined.revenue });
  }
  return examples;
}

const MOST_HISTORY = 1_000;

async function historyOf({ assessments }: StateStore, account: string): Promise<readonly ShownThen[]> {
  const history = await assessments.history(account, MOST_HISTORY);
  return history.map(({ day, entry }) => {
    const { record, shown } = entry as {
      readonly record: Pick<ShownThen, 'inputs'>;
      readonly shown: Pick<ShownThen, 'score' | 'band' | 'tier'>;
    };
    return { day, inputs: record.inputs, ...shown };
  });
}

/** Renewals that were closed one way or the other: each of them, or those of an account after a day as one outcome. */
function renewalOutcomes({ today, ...run }: Run, { days, asOf }: OutcomeQuestion): OutcomesOf {
  return async ({ account: _, rows }) => {
    const closed = (rows.opportunity ?? []).flatMap((row) => {
      const [on, won] = [numberOf(row, 'closeOn'), flagOf(row, 'won')];
      const counts = flagOf(row, 'closed') === true && categoryOf(row, 'type') === 'renewal';
      if (!counts || on === null || won === null || on > today) return [];
      const read = { amount: numberOf(row, 'amount'), currency: textOf(row, 'currency') };
      return [{ on, lost: !won, amount: inOrgCurrency(read, run.rates ?? null, on) }];
    });
    if (asOf === null) return closed.map(({ on, lost, amount }) => ({ cut: on - days, lost, amount }));
    const after = closed.filter(({ on }) => on > asOf && on <= asOf + days);
    if (after.length === 0) return 'noRenewal';
    const known = after.flatMap(({ amount }) => amount ?? []);
    const amount = known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0);
    return [{ cut: asOf, lost: after.some(({ lost }) => lost), amount }];
  };
}

/** Who is marked as gone without a day is left out: nobody knows when. */
function churnOutcomes(cut: Day, days: number): OutcomesOf {
  return async ({ account }) => {
    const leftOn = numberOf(account, 'churnedOn');
    if (leftWithoutDay({ account })) return 'churnedWithoutDay';
    return [{ cut, lost: leftOn !== null && leftOn <= cut + days, amount: null }];
  };
}

/** What came afterwards may be known from rows as they are now. */
function expressionOutcomes(run: Looking, { days, asOf, lostWhen }: OutcomeQuestion): OutcomesOf {
  const cut = asOf ?? run.today - days;
  return async (subject) => {
    const facts = deriveFacts(subject, await run.basisAt(cut + days));
    const lost = lostWhen?.evaluate(facts, cut + days) ?? null;
    return lost === null ? 'outcomeUnknown' : [{ cut, lost, amount: null }];
  };
}
