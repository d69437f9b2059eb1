import type { Day } from '../domain/day.js';
import type { HealthPolicy } from '../domain/health/model.js';
import { type BacktestReport, backtest } from '../domain/insight/backtest.js';
import { ENOUGH, isEnough } from '../domain/insight/enough.js';
import { casesOf } from '../domain/insight/ranking.js';
import { suggestWeights } from '../domain/insight/suggestion.js';
import { IntegrationError } from '../ports/errors.js';
import type { TreeEnsemble } from '../ports/tree-ensemble.js';
import type { Run } from '../sync/context.js';
import { ceilingOf } from './ceiling.js';
import { type Gathered, gatherOutcomes, type OutcomeQuestion } from './outcomes.js';

/** A report with what its outcomes are. */
export interface Backtested {
  readonly outcomes: Pick<Gathered, 'kind' | 'days' | 'asOf' | 'leftOut'>;
  /** ISO 4217; of the amounts. */
  readonly currency: string;
  readonly report: BacktestReport;
}

/** Looks back on the stored book: what the score said, what came of it, and what could have told. Throws under the floor of outcomes. */
export async function backtestBook(
  run: Run,
  question: OutcomeQuestion,
  ensemble: TreeEnsemble,
): Promise<Backtested> {
  const outcomes = await gatherOutcomes(run, question);
  if (!isEnough(outcomes.examples)) throw tooFew(outcomes, question);
  const { health } = run.settings;
  const { outOfSample } = suggestWeights(outcomes, {
    ...health.coverage,
    today: health.models.at(-1) ?? null,
  });
  const ceiling = await ceilingOf(outcomes, casesOf(outcomes.examples), ensemble);
  const report = backtest(outcomes, {
    suggested: outOfSample,
    ceiling,
    little: ofLittleWeight(outcomes, health),
  });
  const { kind, days, asOf, leftOut } = outcomes;
  return { outcomes: { kind, days, asOf, leftOut }, report, currency: run.org.currency };
}

/** A signal below this share (0-1) of a model hardly moves the score. */
const LITTLE = 0.05;

function ofLittleWeight({ candidates }: Gathered, { models }: HealthPolicy): ReadonlySet<string> {
  const most = new Map<string, number>();
  for (const { dimensions } of models) {
    const whole = sum(dimensions.map(({ weight }) => weight));
    for (const { id, weight, signals } of dimensions) {
      const inside = sum(signals.map((signal) => signal.weight));
      for (const signal of signals) {
        const key = `${id}.${signal.id}`;
        const share = (weight / whole) * (signal.weight / inside);
        most.set(key, Math.max(most.get(key) ?? 0, share));
      }
    }
  }
  return new Set(candidates.map(({ id }) => id).filter((id) => (most.get(id) ?? 0) < LITTLE));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

const KINDS = {
  renewals: 'closed renewals',
  churn: 'accounts whose day of churn is known',
  expression: 'accounts for which the outcome is known',
} as const;

const MAP_OR_NAME = [
  'Map the type, close date and won flag of opportunities, or the day of churn, in mappings/salesforce.yaml, and run `truenorth plan`.',
  'Or name what counts as a loss yourself, with `--as-of` and `--outcome`.',
];

/** What may be asked instead where an outcome was named already. */
function otherwise(mostLost: boolean, among: boolean, asOf: Day | null): readonly string[] {
  return [
    `Ask for another \`--outcome\`: this one holds for nearly ${mostLost ? 'everybody' : 'nobody'} there.`,
    ...(among ? ['Or look at others with `--among`.'] : []),
    asOf === null
      ? 'Or look at another day with `--as-of`.'
      : 'Or look at another day with `--as-of`, or over other `--days`.',
  ];
}

/** The refusal to tell anything from so few outcomes. */
export function tooFew(
  { examples, kind }: Gathered,
  { lostWhen, among, asOf }: OutcomeQuestion,
): IntegrationError {
  const lost = examples.filter((one) => one.lost).length;
  return new IntegrationError({
    kind: 'Config',
    code: 'TOO_FEW_OUTCOMES',
    message: `Too little data: there are ${examples.length} ${KINDS[kind]}, ${lost} of them lost; at least ${ENOUGH.all} are needed, with ${ENOUGH.each} lost and ${ENOUGH.each} kept.`,
    actions: lostWhen === null ? MAP_OR_NAME : otherwise(lost * 2 > examples.length, among !== null, asOf),
    retryable: false,
    provider: 'state',
    operation: 'backtest',
  });
}
