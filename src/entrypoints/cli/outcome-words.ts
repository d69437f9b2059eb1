import { formatDay, spokenDay } from '../../domain/day.js';
import type { BacktestReport } from '../../domain/insight/backtest.js';
import type { Gathered, LeftOutReason } from '../../insight/outcomes.js';
import { count } from './numbers.js';
import type { OutcomeFlags } from './outcome-question.js';

/** Outcomes that were looked back on, and from when to when their cut-offs lie. */
export interface LookedBack {
  readonly outcomes: Pick<Gathered, 'kind' | 'days' | 'asOf' | 'leftOut'>;
  readonly cuts: BacktestReport['cuts'];
}

/** What counts as an outcome here, and of which days: `Closed renewals; scores of 90 days before each close, …`. */
export function outcomesInWords({ outcomes: { kind, days, asOf }, cuts }: LookedBack): string {
  const when =
    asOf === null
      ? `scores of ${days} days before each close, cut off from ${spokenDay(cuts.first)} to ${spokenDay(cuts.last)}`
      : `scores at the end of ${spokenDay(asOf)}, outcomes of the ${days} days after`;
  const what = {
    renewals: 'Closed renewals',
    churn: 'Customers by the day on which they left',
    expression: 'Accounts by the outcome that was given',
  }[kind];
  return `${what}; ${when}`;
}

const LEFT_OUT: Readonly<Record<LeftOutReason, string>> = {
  churnedWithoutDay: 'marked as churned, without a day',
  noRenewal: 'no renewal closed in these days',
  outcomeUnknown: 'the outcome that was given is not known of them',
  noCustomerYet: 'no customer yet at the cut-off',
  hadLeft: 'had left by the cut-off',
  notAmong: 'not among those asked for',
};

/** Who is looked at nowhere, and why: `Left out: 27 (marked as churned, without a day).`; null = nobody. */
export function leftOutInWords({ outcomes: { leftOut } }: Pick<LookedBack, 'outcomes'>): string | null {
  const reasons = Object.entries(leftOut) as readonly (readonly [LeftOutReason, number])[];
  if (reasons.length === 0) return null;
  return `Left out: ${reasons.map(([reason, n]) => `${count(n)} (${LEFT_OUT[reason]})`).join(', ')}.`;
}

/** How outcomes without a score are counted: `1,526 of 7,043 outcomes have no score …`. */
export function withoutScoreInWords({ n, withoutScore }: Pick<BacktestReport, 'n' | 'withoutScore'>): string {
  const have = withoutScore === 1 ? 'has' : 'have';
  return `${count(withoutScore)} of ${count(n)} outcomes ${have} no score, as too little was known. Where AUC and lift of the score are told, they stand at the mean of those who have one.`;
}

/** The same for programs: part of the contract of each `--json`. */
export function outcomesAnswer({ outcomes: { kind, days, asOf }, cuts }: LookedBack, flags: OutcomeFlags) {
  return {
    kind,
    days,
    asOf: asOf === null ? null : formatDay(asOf),
    outcome: flags.outcome,
    among: flags.among,
    from: formatDay(cuts.first),
    to: formatDay(cuts.last),
  };
}
