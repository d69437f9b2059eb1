import { type Day, formatDay } from '../../day.js';
import { periodAt } from '../../program/metrics/period.js';
import type { MetricRecord } from '../../program/metrics/record.js';
import type { MetricBasis, MetricSubject } from '../../program/metrics/subject.js';
import type { ProgramPolicy } from '../../program/program-policy.js';
import type { FigureSection, FigureTable } from '../figure.js';
import { answerBreakdown } from './answers.js';
import { answersTable } from './answers-table.js';
import { type Breakdown, openBreakdown } from './breakdown.js';
import { churnBreakdowns } from './churn.js';
import { headToHead, openHeadToHead } from './head-to-head.js';
import { hoursBreakdown } from './hours.js';
import { type LiftOfPlaybook, liftTable } from './lift-table.js';
import { currentRecords, tierOrder, tierTable } from './record-tables.js';
import { supportBreakdowns } from './support.js';
import { timeTable } from './time-table.js';

/** What the tables of a report are made of, beside what was counted. */
export interface ReportBasis {
  readonly records: readonly MetricRecord[];
  readonly lifts: readonly LiftOfPlaybook[];
  readonly policy: ProgramPolicy;
  /** Ids of tiers in their own order. */
  readonly tiers: readonly string[];
}

/** A report that is fed one account at a time. */
export interface OpenReport {
  readonly add: (subject: MetricSubject) => void;
  readonly sections: (basis: ReportBasis) => readonly FigureSection[];
}

/** Everything that the report counts beside the numbers of the program. */
export function openReport(basis: MetricBasis): OpenReport {
  const { today, mapped } = basis.facts;
  const quarters = openHeadToHead(basis);
  const open = (of: readonly Breakdown[]) => of.map((one) => openBreakdown(one, basis));
  const churn = open(churnBreakdowns(today));
  const support = open(supportBreakdowns(today, mapped));
  const hours = open(hoursBreakdown(today, mapped));
  const answers = open([answerBreakdown(today)]);
  const all = [...churn, ...support, ...hours, ...answers];
  return {
    add: (subject) => {
      quarters.add(subject);
      for (const one of all) one.add(subject);
    },
    sections: (given) => {
      const { floor } = given.policy;
      const tables = (of: typeof all) => of.flatMap((one) => one.table(floor) ?? []);
      const tiers = tierOrder(given.tiers, given.records);
      return sectionsOf(given, {
        tiers,
        today,
        quarters: headToHead(quarters, tiers, floor),
        churn: tables(churn),
        support: tables(support).map((table) => inTierOrder(table, tiers)),
        hours: tables(hours)[0] ?? null,
        answers: tables(answers)[0] ?? null,
      });
    },
  };
}

function inTierOrder(table: FigureTable, tiers: readonly string[]): FigureTable {
  if (table.rowHead !== 'Tier') return table;
  return { ...table, rows: table.rows.toSorted((a, b) => tiers.indexOf(a.id) - tiers.indexOf(b.id)) };
}

interface Counted {
  readonly tiers: readonly string[];
  readonly today: Day;
  readonly quarters: readonly FigureTable[];
  readonly churn: readonly FigureTable[];
  readonly support: readonly FigureTable[];
  readonly hours: FigureTable | null;
  readonly answers: FigureTable | null;
}

function sectionsOf(given: ReportBasis, counted: Counted): readonly FigureSection[] {
  const { records, policy, lifts } = given;
  const table = tablesOf(given, counted);
  const section = (id: string, title: string, tables: readonly (FigureTable | null)[]): FigureSection => ({
    id,
    title,
    tables: tables.filter((one) => one !== null),
  });
  const lift = liftTable(lifts, `episodes to ${formatDay(counted.today)}`);
  return [
    section('coverage', 'Whom the program serves', [table.coverage]),
    section('engagement', 'Who answers', [
      table.engagement,
      answersTable(counted.answers, policy.generalMarketing),
    ]),
    section('retention', 'Who stays and who grows', [...counted.quarters, table.leading]),
    section('churn', 'Who left, and why', records.length === 0 ? [] : counted.churn),
    section('support', 'What support was asked', counted.support),
    section('cost', 'What it costs', [table.cost, timeTable(counted.hours, counted.tiers, policy)]),
    section('worth', 'What it brings', [table.worth, lift]),
  ];
}

function tablesOf({ records }: ReportBasis, { tiers, today }: Counted) {
  const running = periodAt('quarter', today, 0).name;
  const of = (id: string, title: string, metrics: Parameters<typeof tierTable>[0]['metrics']) =>
    tierTable({ id, title, metrics, period: 'quarter', chart: null }, tiers, { records, running });
  return {
    coverage: of('coverage', 'Coverage by tier', [
      'accounts',
      'revenue',
      'coverage-score',
      'coverage-person',
    ]),
    engagement: of('engagement', 'Engagement by tier', ['engagement', 'content', 'reply-rate']),
    leading: of('leading', 'Leading signs, because renewals come late', [
      ...(['health', 'onboarding-completed', 'time-to-first-value', 'csat', 'nps'] as const),
    ]),
    cost: withCostRemark(
      of('cost', 'Cost by tier', ['cost', 'cost-per-account', 'revenue-per-person']),
      records,
    ),
    worth: of('worth', 'Break-even, measured lift and return', [
      'break-even-lift',
      'measured-lift',
      'return',
    ]),
  };
}

const NO_COSTS =
  'Costs are not said for every tier: fill in people and costs under tiers in config/program.yaml to have cost, break-even lift and return.';

function withCostRemark(table: FigureTable | null, records: readonly MetricRecord[]): FigureTable | null {
  const whole = records.some(({ metric, group }) => metric.id === 'cost' && group.tier === 'All');
  if (whole) return table;
  const empty = { id: 'cost', title: 'Cost by tier', rowHead: 'Tier', columns: [], rows: [], chart: null };
  return { ...(table ?? empty), remarks: [NO_COSTS] };
}

/** The few numbers that a leader asks for first, over all tiers; what is not told is left out. */
export function headlines(records: readonly MetricRecord[], today: Day): readonly MetricRecord[] {
  const find = currentRecords(records, 'quarter', periodAt('quarter', today, 0).name);
  const ids = [
    'accounts',
    'revenue',
    'health',
    'engagement',
    'retention',
    'retention-net',
    'churn',
    'return',
  ] as const;
  return ids.flatMap((id) => find(id, 'All') ?? []);
}
