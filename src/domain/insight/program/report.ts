import { type Day, formatDay } from '../../day.js';
import type { MetricBook } from '../../program/metrics/book.js';
import { periodAt } from '../../program/metrics/period.js';
import type { MetricRecord } from '../../program/metrics/record.js';
import type { MetricBasis, MetricSubject } from '../../program/metrics/subject.js';
import type { ProgramPolicy } from '../../program/program-policy.js';
import type { FigureSection, FigureTable } from '../figure.js';
import { answersTable } from './answers-table.js';
import { headToHead, openHeadToHead } from './head-to-head.js';
import { type LiftOfPlaybook, liftTable } from './lift-table.js';
import { currentRecords, tierOrder, tierTable } from './record-tables.js';
import { splitTables } from './split-table.js';
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
  const quarters = openHeadToHead(basis);
  return {
    add: quarters.add,
    sections: (given) => sectionsOf(given, { today: basis.facts.today, quarters }),
  };
}

interface Counted {
  readonly today: Day;
  readonly quarters: MetricBook;
}

function sectionsOf(given: ReportBasis, { today, quarters }: Counted): readonly FigureSection[] {
  const { records, policy, lifts } = given;
  const tiers = tierOrder(given.tiers, records);
  const at = { records, running: periodAt('quarter', today, 0).name };
  const table = tierTables(tiers, at);
  const find = currentRecords(records, 'quarter', at.running);
  const section = (id: string, title: string, tables: readonly (FigureTable | null)[]): FigureSection => ({
    id,
    title,
    tables: tables.filter((one) => one !== null),
  });
  return [
    section('coverage', 'Whom the program serves', [table.coverage]),
    section('engagement', 'Who answers', [table.engagement, answersTable(find, policy.generalMarketing)]),
    section('retention', 'Who stays and who grows', [
      ...headToHead(quarters, tiers, policy.floor),
      table.leading,
    ]),
    section('churn', 'Who left, and why', splitTables('churn-by-', 'bars', at)),
    section('support', 'What support was asked', [...splitTables('support-by-', null, at), table.support]),
    section('cost', 'What it costs', [table.cost, timeTable(find, tiers)]),
    section('worth', 'What it brings', [
      unlessEmpty(table.worth),
      liftTable(lifts, `episodes to ${formatDay(today)}`),
    ]),
  ];
}

/** Null where nothing at all stands behind any of its numbers: what is lacking is said elsewhere. */
function unlessEmpty(table: FigureTable | null): FigureTable | null {
  const cells = (table?.rows ?? []).flatMap((row) => row.cells);
  return cells.some((cell) => cell !== null && (cell.value !== null || cell.n > 0)) ? table : null;
}

function tierTables(
  tiers: readonly string[],
  at: { readonly records: readonly MetricRecord[]; readonly running: string },
) {
  const of = (id: string, title: string, metrics: Parameters<typeof tierTable>[0]['metrics']) =>
    tierTable({ id, title, metrics, period: 'quarter', chart: null }, tiers, at);
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
    support: of('support-by-tier', 'Support by tier', [
      ...(['cases-opened-90', 'cases-resolved-90', 'resolution-time-90', 'cases-satisfied-90'] as const),
    ]),
    cost: withCostRemark(
      of('cost', 'Cost by tier', ['cost', 'cost-per-account', 'revenue-per-person']),
      at.records,
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
