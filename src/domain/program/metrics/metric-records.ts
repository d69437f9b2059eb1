import { rounded } from '../../facts/aggregate.js';
import { wilson } from '../../insight/intervals.js';
import { UNASSIGNED } from '../../tier/tier.js';
import { ALL } from '../metric-ids.js';
import type { ProgramPolicy } from '../program-policy.js';
import type { MetricBook } from './book.js';
import type { Cell } from './cell.js';
import { economicsOf, type ProgramLift, type Served } from './economics.js';
import { periodsOfOnlyLosses } from './only-losses.js';
import { expectedLoss } from './outlook.js';
import type { Period } from './period.js';
import { type Bar, isEnough, isFew, type MetricRecord, recordOf, type Told } from './record.js';
import { totalOf } from './tally.js';
import { timeOf } from './time.js';

export interface RecordQuestion {
  readonly book: MetricBook;
  readonly policy: ProgramPolicy;
  readonly mapped: ReadonlySet<string>;
  readonly lift: ProgramLift | null;
}

/** Attributes without which past renewals are not known. */
export const OUTCOME_NEEDS = [
  'opportunity.type',
  'opportunity.closed',
  'opportunity.won',
  'opportunity.closeOn',
];

/** Every number of the book with its target: what was counted, and what follows from it. */
export function metricRecords({ book, policy, mapped, lift }: RecordQuestion): readonly MetricRecord[] {
  const cells = book.cells();
  const bar = { floor: policy.floor, onlyLosses: periodsOfOnlyLosses(cells) };
  const counted = cells
    .filter(({ rule }) => rule.metric !== 'cost')
    .map((cell) => toldOf(cell, book.usageFrom(), bar));
  const due = cells.filter(({ rule }) => rule.metric === 'renewals-due');
  const outlook = OUTCOME_NEEDS.every((name) => mapped.has(name)) ? expectedLoss(due, book.outcomes()) : [];
  const told = [...counted, ...outlook, ...economics(cells, policy, lift), ...timeOf(counted, policy)];
  return told.map((one) => recordOf(one, policy.targets[one.metric] ?? null));
}

function toldOf(cell: Cell, usageFrom: number | null, bar: Bar): Told {
  const { rule, period, group, tally } = cell;
  const total = totalOf(tally, rule, usageFrom);
  const enough = isEnough(cell, total, bar);
  const few = isFew(rule, total);
  return { metric: rule.metric, period, group, total, enough, few, interval: intervalOf(cell) };
}

/** Of a share of cases that is told by outcomes. */
function intervalOf({ rule: { shape, atLeast }, tally: { part, whole } }: Cell): MetricRecord['interval'] {
  if (shape !== 'share' || atLeast === 0 || whole === 0) return null;
  const { low, high } = wilson(part, whole);
  return { low: rounded(low * 100, 1), high: rounded(high * 100, 1) };
}

/** Costs are those of today's program: told only of periods that run. */
function economics(
  cells: readonly Cell[],
  { staffing }: ProgramPolicy,
  lift: ProgramLift | null,
): readonly Told[] {
  const whole = cells.filter(({ group }) => group.segment === ALL && group.band === ALL);
  const running = new Map(
    whole.filter(({ rule }) => rule.metric === 'cost').map(({ period }) => [period.name, period] as const),
  );
  return [...running.values()].flatMap((period) =>
    economicsOf({ period, served: servedIn(period, whole), staffing, lift }),
  );
}

function servedIn(period: Period, whole: readonly Cell[]): ReadonlyMap<string, Served> {
  const of = (metric: Cell['rule']['metric'], tier: string): number | null => {
    const cell = whole.find(
      ({ rule, period: { name }, group }) =>
        rule.metric === metric && name === period.name && group.tier === tier,
    );
    return cell === undefined ? null : totalOf(cell.tally, cell.rule, null).value;
  };
  // Nobody looks after an account without a tier: it has no cost.
  const tiers = new Set(
    whole.map(({ group }) => group.tier).filter((tier) => tier !== ALL && tier !== UNASSIGNED),
  );
  return new Map(
    [...tiers].map((tier) => {
      const [accounts, sends, revenue] = [of('accounts', tier), of('cost', tier), of('revenue', tier)];
      return [tier, { accounts: accounts ?? 0, sends: sends ?? 0, revenue }] as const;
    }),
  );
}
